using System.Diagnostics;
using System.Runtime.InteropServices;
using Xunit;

namespace ChainWatch.TestNodes;

/// <summary>
/// The pinned npm packages that the tests run against. One set is anvil (an EVM node) with solc (the Solidity compiler), the
/// other is bcoin (a Bitcoin node). Each is installed when it is first asked for.
/// </summary>
public sealed class NodeTools
{
    private static readonly NpmPackages AnvilPackages = new(
        "anvil-1.7.1-solc-0.8.37",
        """{"private":true,"dependencies":{"@foundry-rs/anvil":"1.7.1","solc":"0.8.37"}}""");

    // bcoin asks for an old leveldown that would be compiled here; this one brings its binaries along.
    private static readonly NpmPackages BcoinPackages = new(
        "bcoin-1.0.2",
        """{"private":true,"dependencies":{"bcoin":"1.0.2"},"overrides":{"leveldown":"5.6.0"}}""",
        "--ignore-scripts");

    private static readonly Lazy<(NodeTools? Tools, string? Problem)> Shared = new(FindAnvil);
    private static readonly Lazy<(NodeTools? Tools, string? Problem)> SharedBcoin = new(() => Find(BcoinPackages));

    private NodeTools(string folder) => Folder = folder;

    /// <summary>Why anvil and solc are absent here; null where they are there. The first call installs them.</summary>
    public static string? SkipReason => Shared.Value.Problem;

    /// <summary>Why bcoin is absent here; null where it is there. The first call installs it.</summary>
    public static string? BcoinSkipReason => SharedBcoin.Value.Problem;

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

    /// <summary>Anvil and solc.</summary>
    /// <exception cref="SkipException">They are absent; the test is skipped with the reason.</exception>
    public static NodeTools Require() => Shared.Value.Tools ?? throw new SkipException($"real nodes are absent here: {SkipReason}");

    /// <summary>Bcoin.</summary>
    /// <exception cref="SkipException">It is absent; the test is skipped with the reason.</exception>
    public static NodeTools RequireBcoin() => SharedBcoin.Value.Tools ?? throw new SkipException($"a real Bitcoin node is absent here: {BcoinSkipReason}");

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

    private static (NodeTools?, string?) FindAnvil()
    {
        (NodeTools? tools, string? problem) = Find(AnvilPackages);
        return tools is null || File.Exists(tools.AnvilPath) ? (tools, problem) : (null, $"npm has no anvil for {Platform}");
    }

    private static (NodeTools? Tools, string? Problem) Find(NpmPackages packages)
    {
        (string? folder, string? problem) = packages.Find();
        return (folder is null ? null : new NodeTools(folder), problem);
    }
}
