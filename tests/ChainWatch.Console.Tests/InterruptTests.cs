using System.Diagnostics;

namespace ChainWatch.Console.Tests;

public sealed class InterruptTests
{
    [SkippableFact]
    public async Task Sigterm_OneLineCodeOneAndNoFileLeft()
    {
        Skip.If(OperatingSystem.IsWindows());
        using Files files = new();
        await RunAsync("mkfifo", files["pipe"]);
        ProcessStartInfo start = new("dotnet", [typeof(ConsoleApp).Assembly.Location, "trace", "--from", "0x1111111111111111111111111111111111111111", "--hops", "2", "--transfers", files["pipe"], "--output", files["answer.txt"]])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;

        // The pipe opens when the command reads it; it never ends, so that only the signal can end the command.
        using FileStream pipe = new(files["pipe"], FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
        pipe.Write("chain,block,position,time,tx,from,to,asset,value\n"u8);
        Task kill = RunAsync("kill", "-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture));
        try
        {
            for (long block = 1; !process.HasExited; block++)
            {
                pipe.Write(System.Text.Encoding.ASCII.GetBytes($"ethereum,{block},0,,,0x{block:x40},0x{block + 1:x40},native,1\n"));
            }
        }
        catch (IOException)
        {
            // The reader has gone.
        }

        await kill;
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(1, errors);
        errors.ShouldBe("error: interrupted\n");
        (await process.StandardOutput.ReadToEndAsync()).ShouldBeEmpty();
        Directory.GetFiles(Path.GetDirectoryName(files["pipe"])!).ShouldBe([files["pipe"]]);
    }

    private static async Task RunAsync(string program, params string[] args)
    {
        using Process process = Process.Start(program, args);
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(0);
    }
}
