using System.Numerics;
using System.Text.Json;

namespace ChainWatch.Console.Tests;

public sealed class TraceTests
{
    private const string Exploiter = "0x47666fab8bd0ac7003bce3f5c3585383f09486e2";
    private static readonly string[] Bybit = ["trace", "--from", Exploiter, "--hops", "5", "--no-default-labels", "--transfers", Files.Bybit];

    [Fact]
    public async Task Bybit_Csv_RingsAndFbiAddresses()
    {
        ConsoleRun run = await ConsoleRun.Of([.. Bybit, "--format", "csv"]);

        run.Code.ShouldBe(2);
        run.Output.ShouldStartWith("list,direction,chain,address,hops,seed,arrival_block,arrival_position,arrival_time,arrival_tx,order,stop_reason\n");
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = run.Rows();
        rows.ShouldAllBe(row => row["list"] == Exploiter && row["direction"] == "received");
        rows.GroupBy(row => row["hops"]).OrderBy(g => g.Key).Select(g => g.Count()).ShouldBe([1, 42, 4, 39, 54, 2]);

        HashSet<Address> fbi = [.. Lists.ListSet.Embedded["dprk-attributed"].Select("Bybit 2025-02-21").Entries.Where(e => e.Authority.Name == "FBI").Select(e => e.Address)];
        fbi.Count.ShouldBe(51);
        rows.Where(row => fbi.Contains(Address.Parse(row["address"]))).CountBy(row => row["hops"]).OrderBy(c => c.Key)
            .ShouldBe([new("1", 41), new("2", 1), new("3", 9)]);
    }

    [Fact]
    public async Task Bybit_AnyToken_ReachesElevenMore()
    {
        ConsoleRun genuine = await ConsoleRun.Of([.. Bybit, "--format", "csv"]);
        ConsoleRun any = await ConsoleRun.Of([.. Bybit, "--format", "csv", "--any-token"]);

        HashSet<string> found = [.. genuine.Rows().Select(row => row["address"])];
        any.Rows().Count(row => !found.Contains(row["address"])).ShouldBe(11);
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    [InlineData(120)]
    public async Task Bybit_Text_RingsWitnessAndCoverage(int width)
    {
        ConsoleRun run = await ConsoleRun.AtWidth(width, Bybit);

        run.Code.ShouldBe(2);
        run.Errors.ShouldBeEmpty();
        run.Output.Split('\n').ShouldAllBe(line => line.Length <= width);
        run.Output.ShouldContain("141 addresses reached within 5 hops");
        run.Output.ShouldContain("at most");
        run.Output.ShouldContain("by FBI");
        run.Output.ShouldContain("0xe75E053856692C390700CB1f09928E1a1c9E2019");
        run.Output.ShouldContain("0xf15a1a8b39bb241418aa1b38143bad1c5d1a6cbcfb8397370f56dd24225ac756");
        run.Output.ShouldContain("230 ETH");
        run.Output.ShouldContain("token not on the token list");
        run.Output.ShouldContain("gap: ");
        run.Output.ShouldNotContain("…");
    }

    [Fact]
    public async Task Bybit_SameAnswerTwice_SameBytes()
    {
        foreach (string format in new[] { "text", "csv", "json", "markdown", "graphml" })
        {
            ConsoleRun first = await ConsoleRun.Of([.. Bybit, "--format", format]);
            ConsoleRun second = await ConsoleRun.Of([.. Bybit, "--format", format]);
            first.Code.ShouldBe(2);
            first.Output.Length.ShouldBeGreaterThan(1000);
            second.Output.ShouldBe(first.Output);
        }
    }

    [Fact]
    public async Task Bybit_Html_APageWhereTheBuildHasTheGraphLibrary_ElseOneLineBeforeAnythingIsFetched()
    {
        // Nothing listens there: whoever asks it first fails with another message.
        string[] source = HasGraphLibrary() ? Bybit : ["trace", "--from", Bybit[2], "--hops", "1", "--ethereum", "http://127.0.0.1:1"];
        ConsoleRun run = await ConsoleRun.Of([.. source, "--format", "html"]);

        if (HasGraphLibrary())
        {
            run.Code.ShouldBe(2);
            run.Output.ShouldStartWith("<!DOCTYPE html>");
            run.Output.ShouldContain("0xf15a1a8b39bb241418aa1b38143bad1c5d1a6cbcfb8397370f56dd24225ac756");
            run.Output.ShouldContain("{\"asked_on\":\"2026-09-30\"");
        }
        else
        {
            run.ShouldFail("npm ci --prefix");
        }
    }

    [Fact]
    public async Task Bybit_Json_RunTellsTheDayAskedAndTheTool()
    {
        ConsoleRun run = await ConsoleRun.Of([.. Bybit, "--format", "json"]);

        using JsonDocument json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty("run").GetProperty("asked_on").GetString().ShouldBe("2026-09-30");
        json.RootElement.GetProperty("run").GetProperty("tool_version").GetString().ShouldBe("chainwatch 0.1.0");
    }

    // A build from source has it after npm ci, a package always.
    private static bool HasGraphLibrary() => typeof(Address).Assembly.GetManifestResourceNames().Contains("viewer/cytoscape.min.js", StringComparer.Ordinal);

    [Fact]
    public async Task Ronin_FromTheListsEntity_NameDirectionAndDust()
    {
        string[] trace = ["trace", "--from", "list:ofac-sdn/lazarus group", "--hops", "1", "--transfers", Files.Ronin, "--complete", "--format", "csv"];
        ConsoleRun received = await ConsoleRun.Of([.. trace, "--min-value", "ETH=0.01"]);
        ConsoleRun sent = await ConsoleRun.Of([.. trace, "--direction", "sent"]);

        received.Code.ShouldBe(2);
        received.Rows().ShouldAllBe(row => row["list"] == "ofac-sdn/lazarus group");
        received.Rows().Count(row => row["hops"] == "0").ShouldBe(8);
        // Facts of the file: whom the eight paid, and who paid them.
        HashSet<string> seeds = [.. received.Rows().Where(row => row["hops"] == "0").Select(row => row["address"].ToLowerInvariant())];
        string[][] transfers = [.. File.ReadLines(Files.Ronin).Skip(1).Select(line => line.Split(','))];
        string[] payees = [.. transfers.Where(t => seeds.Contains(t[5]) && t[8] != "0").Select(t => t[6]).Distinct().Where(a => !seeds.Contains(a))];
        string[] payers = [.. transfers.Where(t => seeds.Contains(t[6]) && t[8] != "0").Select(t => t[5]).Distinct().Where(a => !seeds.Contains(a))];
        received.Rows().Where(row => row["hops"] == "1").Select(row => row["address"].ToLowerInvariant()).Order().ShouldBe(payees.Order());
        sent.Rows().Where(row => row["hops"] == "1").Select(row => row["address"].ToLowerInvariant()).Order().ShouldBe(payers.Order());
        transfers.Count(t => seeds.Contains(t[6]) && !seeds.Contains(t[5]) && BigInteger.Parse(t[8]) < BigInteger.Pow(10, 16)).ShouldBeGreaterThan(300);
    }

    [Fact]
    public async Task Ronin_Csv_WhomTheyPaidAndWhoPaidThem()
    {
        // Counted apart from this program, from the file's rows.
        string[] trace = ["trace", "--from", "list:ofac-sdn/Lazarus Group", "--hops", "1", "--transfers", Files.Ronin, "--complete", "--min-value", "ETH=0.01", "--format", "csv"];
        ConsoleRun received = await ConsoleRun.Of(trace);
        received.Rows().CountBy(row => row["hops"]).ShouldBe([new("0", 8), new("1", 54)]);
        received.Rows().ShouldNotContain(row => row["stop_reason"] == "dust");

        ConsoleRun sent = await ConsoleRun.Of([.. trace, "--direction", "sent"]);
        sent.Rows().CountBy(row => row["hops"]).ShouldBe([new("0", 8), new("1", 154)]);
        sent.Rows().Count(row => row["hops"] == "1" && row["stop_reason"] == "dust").ShouldBe(147);
    }

    [Theory]
    [InlineData(false, "zero-value 125")]
    [InlineData(true, "zero-value 125", "dust 233")]
    public async Task Ronin_Json_CountsWhatWasNotFollowed(bool minimum, params string[] expected)
    {
        ConsoleRun run = await ConsoleRun.Of([
            "trace", "--from", "list:ofac-sdn/Lazarus Group", "--hops", "1", "--transfers", Files.Ronin, "--complete", "--format", "json",
            .. minimum ? ["--min-value", "ETH=0.01"] : Array.Empty<string>()]);

        using JsonDocument json = JsonDocument.Parse(run.Output);
        json.RootElement.GetProperty("body").GetProperty("not_followed").EnumerateArray()
            .Select(row => $"{row.GetProperty("reason").GetString()} {row.GetProperty("transfers").GetInt64()}").ShouldBe(expected);
    }

    [Fact]
    public async Task Output_File_HoldsTheAnswerAndStdoutNothing()
    {
        using Files files = new();
        ConsoleRun run = await ConsoleRun.Of([.. Bybit, "--format", "csv", "--output", files["answer.csv"]]);
        ConsoleRun direct = await ConsoleRun.Of([.. Bybit, "--format", "csv"]);

        run.Code.ShouldBe(2);
        run.Output.ShouldBeEmpty();
        File.ReadAllText(files["answer.csv"]).ShouldBe(direct.Output);
        Directory.GetFiles(Path.GetDirectoryName(files["answer.csv"])!).Length.ShouldBe(1);
    }

    [Fact]
    public async Task Window_OfBlocksAndOfDays_LeavesOutWhatIsOutside()
    {
        // The theft's first day alone: dates are whole days.
        ConsoleRun day = await ConsoleRun.Of([.. Bybit, "--format", "csv", "--since", "2025-02-21", "--until", "2025-02-21"]);
        ConsoleRun all = await ConsoleRun.Of([.. Bybit, "--format", "csv"]);
        ConsoleRun block = await ConsoleRun.Of([.. Bybit, "--format", "csv", "--until", "21895319"]);

        day.Rows().Count.ShouldBeLessThan(all.Rows().Count);
        day.Rows().Where(row => row["hops"] != "0").ShouldAllBe(row => row["arrival_time"].StartsWith("2025-02-21"));
        day.Rows().Count(row => row["hops"] == "1").ShouldBeGreaterThan(30);
        block.Rows().Select(row => row["hops"]).ShouldBe(["0", "1"]);
    }
}
