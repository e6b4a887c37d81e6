using System.Diagnostics;
using ChainWatch.Tests.Packaging;

namespace ChainWatch.Console.Tests;

/// <summary>The dotnet tool as its users get it: packed, installed from the packed file alone, run.</summary>
public class InstalledToolTests
{
    private const string Version = "0.0.0-installed";

    [Fact]
    public async Task Tool_InstalledFromItsPackage_Answers()
    {
        using Files files = new();
        string feed = files["feed"];
        string configuration = AppContext.BaseDirectory.Contains($"{Path.DirectorySeparatorChar}Release{Path.DirectorySeparatorChar}", StringComparison.Ordinal) ? "Release" : "Debug";
        await DotnetCommand.RunAsync(files[""], "pack", Path.Combine(Files.Repository, "samples", "ChainWatch.Console"), "--no-build", "-c", configuration, "-o", feed, $"-p:PackageVersion={Version}");
        files.Write("nuget.config", $"""<configuration><packageSources><clear /><add key="packed" value="{feed}" /></packageSources></configuration>""");
        await DotnetCommand.RunAsync(files[""], "tool", "install", "ChainWatch.Console", "--version", Version, "--tool-path", files["tool"], "--configfile", files["nuget.config"], "--no-cache");

        (int code, string output) = await RunAsync(files, "screen", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96");
        code.ShouldBe(2, output);
        output.ShouldContain("Lazarus Group");

        (code, output) = await RunAsync(files, "trace", "--from", "list:ofac-sdn/Lazarus Group", "--hops", "1", "--transfers", Files.Ronin, "--format", "csv");
        code.ShouldBe(2, output);
        string[] rows = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        rows[0].ShouldBe("list,direction,chain,address,hops,seed,arrival_block,arrival_position,arrival_time,arrival_tx,order,stop_reason");
        rows.Length.ShouldBeGreaterThan(50);

        (code, output) = await RunAsync(files, "trace", "--from", "list:ofac-sdn", "--hops", "0", "--transfers", Files.Ronin);
        code.ShouldBe(1);
        output.ShouldStartWith("error: ");
    }

    private static async Task<(int Code, string Output)> RunAsync(Files files, params string[] arguments)
    {
        ProcessStartInfo start = new(Path.Combine(files["tool"], OperatingSystem.IsWindows() ? "chainwatch.exe" : "chainwatch"), arguments)
        {
            WorkingDirectory = files[""],
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + await errors);
    }
}
