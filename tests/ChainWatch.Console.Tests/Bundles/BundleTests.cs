using System.Text.Json;

namespace ChainWatch.Console.Tests.Bundles;

/// <summary><c>chainwatch bundle</c> and <c>chainwatch verify</c>, of files.</summary>
public sealed class BundleTests
{
    private static readonly string[] Ask = ["--from", "0x47666fab8bd0ac7003bce3f5c3585383f09486e2", "list:dprk-attributed/Bybit", "--hops", "5", "--transfers", Files.Bybit];

    [Fact]
    public async Task Bybit_VerifiedWhereThereIsNothingElse()
    {
        using Files files = new();
        ConsoleRun bundle = await ConsoleRun.Of(["bundle", .. Ask, "--output", files["bybit.zip"]]);
        bundle.Code.ShouldBe(2, bundle.Errors);

        string empty = Directory.CreateDirectory(files["empty"]).FullName;
        string elsewhere = Path.Combine(empty, "case.zip");
        File.Copy(files["bybit.zip"], elsewhere);
        ConsoleRun verify = await ConsoleRun.Of("verify", elsewhere);

        verify.Code.ShouldBe(0, verify.Errors);
        verify.Errors.ShouldBeEmpty();
        verify.Output.ShouldStartWith($"{elsewhere}: everything holds\nstructure: 16 files");
        verify.Output.ShouldContain("\nreport.json, report.md: derived again from request, lists and transfers, byte for byte\n");
        bundle.Output.Split('\n')[1..].ShouldBe(verify.Output.Split('\n')[1..]);
        Directory.GetFileSystemEntries(empty).ShouldBe([elsewhere]);
    }

    [Fact]
    public async Task Bundle_HoldsTheAnswerOfTrace_AndTheFilesAsTheyWere()
    {
        using Files files = new();
        string stops = files.Write("stops.csv", "chain,address,category,name,source", "ethereum,0x1111111111111111111111111111111111111111,exchange,mine,me");
        string[] ask = [.. Ask, "--stop-at", stops, "--min-value", "ETH=0.01", "--as-of", "2025-03-01", "--max-degree", "500", "--until", "2025-03-01"];
        ConsoleRun trace = await ConsoleRun.Of(["trace", .. ask, "--format", "json"]);
        ConsoleRun first = await ConsoleRun.Of(["bundle", .. ask, "--output", files["a.zip"]]);
        ConsoleRun second = await ConsoleRun.Of(["bundle", .. ask, "--output", files["b.zip"]]);

        first.Code.ShouldBe(trace.Code, first.Errors);
        second.Code.ShouldBe(first.Code);
        (await File.ReadAllBytesAsync(files["a.zip"])).ShouldBe(await File.ReadAllBytesAsync(files["b.zip"]));
        Body(BundleFiles.Text(files["a.zip"], "report.json")).ShouldBe(Body(trace.Output));
        IReadOnlyDictionary<string, byte[]> inside = BundleFiles.Read(files["a.zip"]);
        inside["transfers/001-bybit-2025.csv"].ShouldBe(await File.ReadAllBytesAsync(Files.Bybit));
        inside["labels/001-stops.csv"].ShouldBe(await File.ReadAllBytesAsync(stops));
        inside["lists/ofac-sdn/addresses.csv"].ShouldBe(await File.ReadAllBytesAsync(Path.Combine(Files.Lists, "ofac-sdn", "addresses.csv")));
        Evidence(BundleFiles.Text(files["a.zip"], "report.json")).ShouldBe(["supplied"]);
    }

    // A row that stands twice counts once, and the coverage tells: also where the file stands elsewhere.
    [Fact]
    public async Task Bundle_OfFilesThatRepeatRows_IsVerified()
    {
        using Files files = new();
        string[] rows = await File.ReadAllLinesAsync(Files.Bybit);
        string twice = files.Write("twice.csv", [.. rows, rows[1]]);
        ConsoleRun bundle = await ConsoleRun.Of("bundle", "--from", "list:dprk-attributed/Bybit", "--hops", "2", "--transfers", twice, Files.Bybit, twice, "--output", files["case.zip"]);

        bundle.Code.ShouldBe(2, bundle.Errors);
        (await ConsoleRun.Of("verify", files["case.zip"])).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Bundle_OfAGraphFileAndListsOfOnesOwn_IsVerified()
    {
        using Files files = new();
        (await ConsoleRun.Of("graph", "build", "--transfers", Files.Bybit, "--output", files["bybit.cwg"])).Code.ShouldBe(0);
        string seeds = files.Write("seeds.txt", "0x47666fab8bd0ac7003bce3f5c3585383f09486e2");
        ConsoleRun bundle = await ConsoleRun.Of("bundle", "--from", seeds, "--hops", "3", "--graph", files["bybit.cwg"], "--lists", files.CopyList("dprk-attributed"), "--output", files["case.zip"]);

        bundle.Code.ShouldBe(2, bundle.Errors);
        BundleFiles.Read(files["case.zip"])["transfers.cwg"].ShouldBe(await File.ReadAllBytesAsync(files["bybit.cwg"]));
        Directory.Delete(files["lists"], recursive: true);
        File.Delete(seeds);
        (await ConsoleRun.Of("verify", files["case.zip"])).Code.ShouldBe(0);
    }

    [Fact]
    public async Task Verify_OfWhatWasChanged_IsOneLineThatNamesIt()
    {
        using Files files = new();
        (await ConsoleRun.Of(["bundle", .. Ask, "--output", files["case.zip"]])).Code.ShouldBe(2);
        byte[] whole = await File.ReadAllBytesAsync(files["case.zip"]);
        int inList = whole.AsSpan().IndexOf("lists/ofac-sdn/addresses.csv"u8) + 100_000;
        await File.WriteAllBytesAsync(files["changed.zip"], [.. whole[..inList], (byte)(whole[inList] ^ 1), .. whole[(inList + 1)..]]);
        await File.WriteAllBytesAsync(files["cut.zip"], whole[..^10_000]);

        (await ConsoleRun.Of("verify", files["changed.zip"])).ShouldFail($"{files["changed.zip"]}: lists/ofac-sdn/addresses.csv: its SHA-256 is ", "; manifest.sha256 expects ");
        (await ConsoleRun.Of("verify", files["cut.zip"])).ShouldFail($"{files["cut.zip"]}: ", "is cut short");
        string forged = BundleFiles.Forge(files["case.zip"], "report.json", b => BundleFiles.Replaced(b, "\"hops\": 3", "\"hops\": 2"));
        (await ConsoleRun.Of("verify", forged)).ShouldFail($"{forged}: report.json:", "is not what follows from the bundle's other files");
        string unknown = BundleFiles.Forge(files["case.zip"], "README.txt", b => b);
        (await ConsoleRun.Of("verify", unknown)).Code.ShouldBe(0);
        (await ConsoleRun.Of("verify", files["none.zip"])).ShouldFailWith($"{files["none.zip"]}: there is no such file");
        (await ConsoleRun.Of("verify", files.Write("text.zip", "no zip"))).ShouldFail("is cut short, or is no evidence bundle");
        (await ConsoleRun.Of("verify", files["case.zip"], "--head", "1:00")).ShouldFail("--head goes with the state folder of a watcher");
    }

    [Fact]
    public async Task Bundle_WithoutRoomForIt_LeavesNothing()
    {
        using Files files = new();
        string transfers = files.WriteTransfers("t.csv", ("0x1111111111111111111111111111111111111111", "0x2222222222222222222222222222222222222222", 1));
        string lists = files.CopyList("dprk-attributed");
        (await ConsoleRun.Of("bundle", "--from", "0x1111111111111111111111111111111111111111", "--hops", "2", "--transfers", transfers, "--output", transfers)).ShouldFail("--output is the input file");
        (await ConsoleRun.Of("bundle", "--from", "0x1111111111111111111111111111111111111111", "--hops", "2", "--transfers", transfers, "--output", Path.Combine(lists, "none", "x.zip"))).ShouldFail("there is no folder");
        (await ConsoleRun.Of("bundle", "--from", "0x1111111111111111111111111111111111111111", "--hops", "2", "--ethereum", "http://127.0.0.1:1", "--state", files["state"], "--output", files["x.zip"])).ShouldFail("--state: a bundle keeps every answer of the endpoint");
        (await ConsoleRun.Of("bundle", "--from", "0x1111111111111111111111111111111111111111", "--hops", "2", "--ethereum", "http://127.0.0.1:1", "--output", files["x.zip"])).ShouldFail("cannot be reached");

        Directory.GetFileSystemEntries(Path.GetDirectoryName(transfers)!).ShouldBe([lists, transfers], ignoreOrder: true);
    }

    // Cancelled while the file is written: neither the file nor what was written of it is there.
    [Fact]
    public async Task Bundle_Interrupted_LeavesNoFile()
    {
        using Files files = new();
        using CancellationTokenSource stop = new();
        using MemoryStream output = new();
        using StringWriter errors = new();
        using Terminal terminal = new(output, errors, TimeProvider.System);
        using FileSystemWatcher watcher = new(Path.GetDirectoryName(files["x.zip"])!) { EnableRaisingEvents = true };
        watcher.Changed += (_, _) => stop.Cancel();
        int code = await ConsoleApp.RunAsync(["bundle", .. Ask, "--output", files["x.zip"]], terminal, stop.Token);

        code.ShouldBe(1);
        errors.ToString().ReplaceLineEndings("\n").ShouldBe("error: interrupted\n");
        Directory.GetFileSystemEntries(Path.GetDirectoryName(files["x.zip"])!).ShouldBeEmpty();
    }

    private static string Body(string report) => JsonDocument.Parse(report).RootElement.GetProperty("body").GetRawText();

    private static IEnumerable<string> Evidence(string report) => JsonDocument.Parse(report).RootElement.GetProperty("body").GetProperty("exposures").EnumerateArray()
        .SelectMany(e => e.GetProperty("path").EnumerateArray()).Select(step => step.GetProperty("evidence").GetString()!).Distinct();
}
