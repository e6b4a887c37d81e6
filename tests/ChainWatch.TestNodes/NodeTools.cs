using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Xunit;

namespace ChainWatch.TestNodes;

/// <summary>
/// The pinned npm packages that the tests run against: anvil (an EVM node) and solc (the Solidity compiler). Installed once
/// for each user, into a folder named after the versions; <c>CHAINWATCH_TEST_TOOLS</c> names another parent folder.
/// </summary>
public sealed class NodeTools
{
    private const string Packages = """{"private":true,"dependencies":{"@foundry-rs/anvil":"1.7.1","solc":"0.8.37"}}""";
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);
    private static readonly Lazy<(NodeTools? Tools, string? Problem)> Shared = new(Find);

    private NodeTools(string folder) => Folder = folder;

    /// <summary>Why the tools are absent here; null where they are there. The first call installs them.</summary>
    public static string? SkipReason => Shared.Value.Problem;

    /// <summary>The folder that holds <c>node_modules</c>.</summary>
    public string Folder { get; }

    /// <summary>The anvil program of this platform.</summary>
    public string AnvilPath => Path.Combine(Folder, "node_modules", "@foundry-rs", $"anvil-{Platform}", "bin", OperatingSystem.IsWindows() ? "anvil.exe" : "anvil");

    private static string Platform
    {
        get
        {
            string system = OperatingSystem.IsWindows() ? "win32" : OperatingSystem.IsMacOS() ? "darwin" : "linux";
            return $"{system}-{(RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "arm64" : "amd64")}";
        }
    }

    /// <summary>The tools.</summary>
    /// <exception cref="SkipException">They are absent; the test is skipped with the reason.</exception>
    public static NodeTools Require() => Shared.Value.Tools ?? throw new SkipException($"real nodes are absent here: {SkipReason}");

    /// <summary>Runs a script of this project with <c>node</c>, feeding it standard input, and returns what it prints.</summary>
    /// <param name="script">The script's resource name.</param>
    /// <param name="input">Its standard input.</param>
    public async Task<string> RunScriptAsync(string script, string input)
    {
        string code = Resource(script);
        ProcessStartInfo start = new("node") { WorkingDirectory = Folder, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("-e");
        start.ArgumentList.Add(code);
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{script} failed: {await errors}");
    }

    /// <summary>The text of an embedded file.</summary>
    internal static string Resource(string name)
    {
        using Stream stream = typeof(NodeTools).Assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"no resource {name}");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }

    private static (NodeTools?, string?) Find()
    {
        try
        {
            string parent = Environment.GetEnvironmentVariable("CHAINWATCH_TEST_TOOLS") is { Length: > 0 } named
                ? named
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "chainwatch-test-tools");
            string version = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(Packages)))[..12];
            NodeTools tools = new(Path.Combine(Path.GetFullPath(parent), $"anvil-1.7.1-solc-0.8.37-{version}"));
            if (!Directory.Exists(tools.Folder))
            {
                Directory.CreateDirectory(parent);
                using FileStream held = HoldLock(Path.Combine(parent, ".lock"));
                if (!Directory.Exists(tools.Folder))
                {
                    Install(tools.Folder);
                }
            }

            return File.Exists(tools.AnvilPath) ? (tools, null) : (null, $"npm has no anvil for {Platform}");
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or Win32Exception or InvalidOperationException)
        {
            return (null, problem.Message.ReplaceLineEndings(" "));
        }
    }

    // Two test processes that start at once: one installs, the other waits.
    private static FileStream HoldLock(string path)
    {
        for (Stopwatch waited = Stopwatch.StartNew(); ;)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited.Elapsed < InstallLimit)
            {
                Thread.Sleep(100);
            }
        }
    }

    // Into a folder of its own, then renamed: a folder of the final name is always whole.
    private static void Install(string folder)
    {
        string temporary = $"{folder}.{Environment.ProcessId}.tmp";
        Directory.CreateDirectory(temporary);
        try
        {
            File.WriteAllText(Path.Combine(temporary, "package.json"), Packages);
            ProcessStartInfo start = new(OperatingSystem.IsWindows() ? "npm.cmd" : "npm") { WorkingDirectory = temporary, RedirectStandardOutput = true, RedirectStandardError = true };
            Array.ForEach(["install", "--no-audit", "--no-fund"], start.ArgumentList.Add);
            using Process npm = Process.Start(start)!;
            Task<string> errors = npm.StandardError.ReadToEndAsync();
            _ = npm.StandardOutput.ReadToEndAsync();
            if (!npm.WaitForExit(InstallLimit))
            {
                npm.Kill(entireProcessTree: true);
                throw new InvalidOperationException($"npm install took longer than {InstallLimit.TotalMinutes} minutes");
            }

            if (npm.ExitCode != 0)
            {
                throw new InvalidOperationException($"npm install failed: {errors.Result.Trim()}");
            }

            Directory.Move(temporary, folder);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }
}
