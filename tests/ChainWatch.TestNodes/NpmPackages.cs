using System.ComponentModel;
using System.Diagnostics;
using System.Security.Cryptography;

namespace ChainWatch.TestNodes;

/// <summary>
/// A pinned set of npm packages, installed once for each user, into a folder named after the versions;
/// <c>CHAINWATCH_TEST_TOOLS</c> names another parent folder.
/// </summary>
/// <param name="name">The versions, as the folder's name shows them.</param>
/// <param name="packages">The text of package.json.</param>
/// <param name="options">More options of npm install.</param>
internal sealed class NpmPackages(string name, string packages, params string[] options)
{
    private static readonly TimeSpan InstallLimit = TimeSpan.FromMinutes(5);

    /// <summary>Installs the set where it is not there yet.</summary>
    /// <returns>The folder that holds <c>node_modules</c>, or why there is none.</returns>
    public (string? Folder, string? Problem) Find()
    {
        try
        {
            string parent = Environment.GetEnvironmentVariable("CHAINWATCH_TEST_TOOLS") is { Length: > 0 } named
                ? named
                : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "chainwatch-test-tools");
            string version = Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(packages)))[..12];
            string folder = Path.Combine(Path.GetFullPath(parent), $"{name}-{version}");
            if (!Directory.Exists(folder))
            {
                Directory.CreateDirectory(parent);
                using FileStream held = HoldLock(Path.Combine(parent, ".lock"));
                if (!Directory.Exists(folder))
                {
                    Install(folder);
                }
            }

            return (folder, null);
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
    private void Install(string folder)
    {
        string temporary = $"{folder}.{Environment.ProcessId}.tmp";
        Directory.CreateDirectory(temporary);
        try
        {
            File.WriteAllText(Path.Combine(temporary, "package.json"), packages);
            ProcessStartInfo start = new(OperatingSystem.IsWindows() ? "npm.cmd" : "npm") { WorkingDirectory = temporary, RedirectStandardOutput = true, RedirectStandardError = true };
            Array.ForEach(["install", "--no-audit", "--no-fund", .. options], start.ArgumentList.Add);
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
