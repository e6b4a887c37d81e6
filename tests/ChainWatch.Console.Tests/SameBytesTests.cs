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
        string one = await BodyOfProcessAsync(processors: 1, Files.Bybit);
        one.Length.ShouldBeGreaterThan(100_000);
        (await BodyOfProcessAsync(processors: 2, Files.Bybit)).ShouldBe(one);
        (await BodyOfProcessAsync(processors: 2, Files.Bybit)).ShouldBe(one);
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

    private static async Task<string> BodyOfProcessAsync(int processors, string transfers)
    {
        ProcessStartInfo start = new("dotnet", [typeof(ConsoleApp).Assembly.Location, .. Question, "--transfers", transfers]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_PROCESSOR_COUNT"] = processors.ToString(System.Globalization.CultureInfo.InvariantCulture);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        process.ExitCode.ShouldBe(2, await error);
        return Body(output);
    }
}
