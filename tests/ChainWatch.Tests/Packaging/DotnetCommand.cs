using System.Diagnostics;

namespace ChainWatch.Tests.Packaging;

/// <summary>Runs the .NET SDK's command line as a user would.</summary>
internal static class DotnetCommand
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <summary>The command's output; an exit code other than 0 is a failed assertion that shows what was printed.</summary>
    public static async Task<string> RunAsync(string workingDirectory, params string[] arguments)
    {
        (int exitCode, string output, string error) = await TryAsync(workingDirectory, arguments);
        exitCode.ShouldBe(0, $"dotnet {string.Join(' ', arguments)}\n{output}\n{error}");
        return output;
    }

    /// <summary>The command's exit code, and what it printed.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> TryAsync(string workingDirectory, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = workingDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        // What the test host's own build set must not reach the child's.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        using CancellationTokenSource timeout = new(Timeout);
        try
        {
            await process.WaitForExitAsync(timeout.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} took longer than {Timeout}");
        }

        return (process.ExitCode, await output, await error);
    }
}
