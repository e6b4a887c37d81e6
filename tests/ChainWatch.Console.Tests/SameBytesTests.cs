using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;

namespace ChainWatch.Console.Tests;

/// <summary>The body of the JSON report is the same bytes for the same transfers: on any processor count, in any run, however the rows are ordered and filed.</summary>
public class SameBytesTests
{
    private static readonly string[] Question = ["trace", "--from", "0x47666fab8bd0ac7003bce3f5c3585383f09486e2", "--hops", "5", "--direction", "both", "--format", "json"];

    [Fact]
    public async Task JsonBody_OnOneProcessorAndOnTwo_IsTheSame()
    {
        string one = Body(await RunProcessAsync("DOTNET_PROCESSOR_COUNT", "1"));
        one.Length.ShouldBeGreaterThan(100_000);
        Body(await RunProcessAsync("DOTNET_PROCESSOR_COUNT", "2")).ShouldBe(one);
    }

    [SkippableFact]
    public async Task JsonBody_OnEveryVectorPath_IsTheSame()
    {
        Skip.IfNot(System.Runtime.Intrinsics.X86.Avx2.IsSupported, "the processor has no AVX2: all would run the portable path");
        string portable = await RunProcessAsync("DOTNET_EnableAVX2", "0");
        string avx2 = await RunProcessAsync("DOTNET_EnableAVX512", "0");
        EngineOf(portable).ShouldBe("one-pass (portable)");
        EngineOf(avx2).ShouldBe("one-pass (AVX2)");
        Body(avx2).ShouldBe(Body(portable));
        Body(await RunProcessAsync("DOTNET_EnableAVX512", "1")).ShouldBe(Body(portable));
    }

    [Fact]
    public async Task JsonBody_OfShuffledSplitAndCompressedRows_IsTheSame()
    {
        using Files files = new();
        string[] rows = File.ReadAllLines(Files.Bybit);
        string[] shuffled = [.. rows[1..]];
        new Random(7).Shuffle(shuffled);
        string one = files.Write("shuffled.csv", [rows[0], .. shuffled]);
        string first = files.Write("first.csv", [rows[0], .. shuffled[..100]]);
        string second = files["second.csv.gz"];
        await using (StreamWriter writer = new(new GZipStream(File.Create(second), CompressionLevel.Fastest)))
        {
            await writer.WriteAsync(string.Join("\r\n", [rows[0], .. shuffled[100..], shuffled[^1]]));
        }

        string expected = await BodyAsync("--complete", "--transfers", Files.Bybit);
        (await BodyAsync("--complete", "--transfers", one)).ShouldBe(expected);
        (await BodyAsync("--complete", "--transfers", first, second)).ShouldBe(expected);
    }

    // Without --complete the body tells of gaps, in words: these must not depend on the order of rows, either.
    [Fact]
    public async Task JsonBody_OfShuffledAndCompressedRowsNobodyVouchesFor_IsTheSame()
    {
        using Files files = new();
        string[] rows = File.ReadAllLines(Files.Bybit);
        string[] shuffled = [.. rows[1..]];
        new Random(11).Shuffle(shuffled);
        string one = files.Write("shuffled.csv", [rows[0], .. shuffled]);
        string compressed = files["shuffled.csv.gz"];
        await using (StreamWriter writer = new(new GZipStream(File.Create(compressed), CompressionLevel.Fastest)))
        {
            await writer.WriteAsync(string.Join("\r\n", [rows[0], .. shuffled, shuffled[0]]));
        }

        string expected = await BodyAsync("--transfers", Files.Bybit);
        expected.ShouldContain("\"not-declared-complete\"");
        (await BodyAsync("--transfers", one)).ShouldBe(expected);
        (await BodyAsync("--transfers", compressed)).ShouldBe(expected);
    }

    private static async Task<string> BodyAsync(params string[] rest)
    {
        ConsoleRun run = await ConsoleRun.Of([.. Question, .. rest]);
        return Body(run.Output);
    }

    private static string Body(string report)
    {
        using JsonDocument json = JsonDocument.Parse(report);
        return json.RootElement.GetProperty("body").GetRawText();
    }

    private static string EngineOf(string report)
    {
        using JsonDocument json = JsonDocument.Parse(report);
        return json.RootElement.GetProperty("run").GetProperty("engine").GetString()!;
    }

    private static async Task<string> RunProcessAsync(string variable, string value)
    {
        ProcessStartInfo start = new("dotnet", [typeof(ConsoleApp).Assembly.Location, .. Question, "--transfers", Files.Bybit]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[variable] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(2, await error);
        return output;
    }
}
