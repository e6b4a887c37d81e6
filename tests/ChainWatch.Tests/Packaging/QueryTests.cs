using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;
using ChainWatch.TestNodes;
using ChainWatch.Tests.Notebooks;
using ChainWatch.Tests.Reporting;

namespace ChainWatch.Tests.Packaging;

/// <summary>The notebook-style queries: what they print is what the sample files and lists hold, counted here in another way.</summary>
[Collection(nameof(DotnetCommand))]
public class QueryTests(BuiltQueries queries) : IClassFixture<BuiltQueries>
{
    private const string BybitThief = "0x47666fab8bd0ac7003bce3f5c3585383f09486e2";
    private const string RoninThief = "0x098b716b8aaf21512996dc57eb0615e2383e2f96";
    private static readonly BigInteger Ether = BigInteger.Pow(10, 18);
    private static readonly HashSet<string> NamedByFbi = [.. SampleTransfers.Column("dprk-attributed/addresses.csv", "address", c => c("authority") == "FBI")];

    [Fact]
    public void EveryQuery_SaysHowItIsRun_AndNeedsNothingButProjectsThatAreThere()
    {
        BuiltQueries.Names.Select(n => n[..3]).ShouldBe(["01-", "02-", "03-", "04-", "05-", "06-", "07-", "08-"]);
        foreach (string name in BuiltQueries.Names)
        {
            string[] lines = File.ReadAllLines(Path.Combine(BuiltQueries.Sources, name));
            string[] directives = [.. lines.Where(l => l.StartsWith("#:", StringComparison.Ordinal))];
            directives.ShouldContain("#:property PublishAot=false", name);
            string[] projects = [.. directives.Where(d => d.StartsWith("#:project ", StringComparison.Ordinal)).Select(d => d["#:project ".Length..])];
            projects.ShouldNotBeEmpty(name);
            projects.ShouldAllBe(p => File.Exists(Path.Combine(BuiltQueries.Sources, p)));
            directives.Length.ShouldBe(projects.Length + 1, name);
            lines.ShouldContain(l => l.StartsWith($"//   dotnet run samples/queries/{name}", StringComparison.Ordinal), name);
            File.ReadAllText(Path.Combine(BuiltQueries.Sources, "README.md")).ShouldContain($"]({name})");
            BannedWords.ShouldNotOccurIn(string.Join('\n', lines));
        }
    }

    // As its users run it.
    [Fact]
    public async Task IsThisAddressListed_ByDotnetRun_TellsListsAndDates()
    {
        string output = await DotnetCommand.RunAsync(TestData.Repository, "run", Path.Combine("samples", "queries", "01-is-this-address-listed.cs"));
        Row(output, "Designated").ShouldBe(["Designated", "ofac-sdn", "OFAC", "Lazarus Group", "Holding", "2022-04-14", "-", "2019-09-13", "DPRK3"]);
        Row(output, "2022-03-23").ShouldBe(["2022-03-23", "0", "no"]);
        Row(output, "2022-04-14").ShouldBe(["2022-04-14", "2", "yes"]);
        output.ShouldEndWith("OFAC put 0x098B716B8Aaf21512996dC57EB0615e2383E2f96 on ofac-sdn on 2022-04-14, as an address of Lazarus Group.\n");
    }

    [Fact]
    public async Task IsThisAddressListed_AnAddressThatNobodyNames_HasNoRows()
    {
        string output = await queries.RunAsync("01", "0x000000000000000000000000000000000000dEaD");
        output.ShouldContain("(no rows)");
        output.ShouldContain("no exact match in [ofac-sdn");
        output.ShouldContain("No sanctions list at hand names 0x000000000000000000000000000000000000dEaD; 0 attributions do.");
    }

    [Fact]
    public async Task RingsOfTheBybitTheft_AreThoseOfTheData()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string output = await queries.RunAsync("02", folder.Path);
        (Dictionary<string, int> hops, SampleTransfers.Row[] inflows) = new SampleTransfers("bybit-2025.csv").Trace([BybitThief], 5);
        string[][] rings = [.. Rows(output, "The Bybit theft").Select(r => new[] { r[0], r[1], r[2], r[3], r[5] })];
        rings.ShouldBe(hops.GroupBy(h => h.Value).OrderBy(g => g.Key).Select(g => new[]
        {
            Text(g.Key),
            Text(g.Count()),
            Text(g.Count(h => NamedByFbi.Contains(h.Key))),
            Text(g.Count(h => inflows.Any(i => i.From == h.Key))),
            Coins(inflows.Where(i => i.IsEther && hops[i.To] == g.Key), 2),
        }));
        output.ShouldContain($"{hops.Count - 1} addresses within 5 hops; the FBI attributes {hops.Keys.Count(NamedByFbi.Contains)} of them. Saved {folder.Path}");
        Hostile.Parse(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "bybit-rings.svg"))).Value.ShouldContain("hop 3 · 39 addresses");
    }

    [Theory]
    [InlineData(2, 1000)]
    [InlineData(3, 5000)]
    [InlineData(1, 5000)]
    public async Task TwoHopsAwayWithMoreThan_ListsTheLargestFirst(int hopsAway, int least)
    {
        string output = await queries.RunAsync("03", Text(hopsAway), least.ToString(CultureInfo.InvariantCulture));
        SampleTransfers transfers = new("bybit-2025.csv", "ronin-2022.csv");
        string[] lazarus = [.. SampleTransfers.Column("ofac-sdn/addresses.csv", "address", c => c("entity") == "Lazarus Group")];
        List<(string Address, BigInteger Ether)> expected = [];
        foreach (string[] seeds in new[] { [BybitThief], lazarus })
        {
            (Dictionary<string, int> hops, SampleTransfers.Row[] inflows) = transfers.Trace(seeds, hopsAway);
            expected.AddRange(hops.Where(h => h.Value == hopsAway)
                .Select(h => (h.Key, inflows.Where(i => i.IsEther && i.To == h.Key).Aggregate(BigInteger.Zero, (s, i) => s + i.Value)))
                .Where(a => a.Item2 > least * Ether));
        }

        expected.ShouldNotBeEmpty();
        string[][] rows = [.. Rows(output, $"{hopsAway} hops away, more than")];
        rows.Select(r => (r[0].ToLowerInvariant(), r[1])).Order().ShouldBe(expected.Select(e => (e.Address, Grouped(e.Ether, 18))).Order());
        decimal[] ether = [.. rows.Select(r => decimal.Parse(r[1].Split(' ')[0], CultureInfo.InvariantCulture))];
        ether.ShouldBe(ether.OrderDescending());
    }

    [Theory]
    [InlineData("01", "error: 'nobody' is no address of a known form", "nobody")]
    [InlineData("03", "error: 'many' is not a number of hops from 1 to 100", "many")]
    [InlineData("03", "error: 'much' is not an amount of ether", "2", "much")]
    [InlineData("04", "error: nobody.csv: there is no such file", "nobody.csv")]
    [InlineData("07", "error: expected two days as YYYY-MM-DD", "2022-04-14", "2022-13-01")]
    [InlineData("08", "error: 'few' is not a number of blocks", "http://127.0.0.1:1", "few")]
    public async Task BadArgument_IsOneLine(string query, string expected, params string[] arguments)
    {
        (int exitCode, string output, string error) = await queries.TryAsync(query, arguments);
        (exitCode, output, error.Trim()).ShouldBe((1, "", expected));
    }

    [Fact]
    public async Task WhichOfMyWallets_AgreesWithEveryAddressOfTheFiles()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        SampleTransfers transfers = new("bybit-2025.csv", "ronin-2022.csv");
        string[] wallets = [.. transfers.Addresses, .. Enumerable.Range(0, 5000).Select(i => $"0x{i:x40}")];
        string output = await queries.RunAsync("04", folder.Write("wallets.txt", string.Join('\n', wallets)), folder.Path);

        string[] stops = [.. SampleTransfers.Column("stops/labels.csv", "address", c => c("chain") == "ethereum")];
        string[] bybit = [.. SampleTransfers.Column("dprk-attributed/addresses.csv", "address", c => c("incident") == "Bybit 2025-02-21" && c("may_seed") == "yes")];
        string[] lazarus = [.. SampleTransfers.Column("ofac-sdn/addresses.csv", "address", c => c("entity") == "Lazarus Group")];
        IEnumerable<string> Expected(string list, string[] seeds) => transfers.Trace(seeds, 4, stops).Hops.Select(h => $"{h.Value},{h.Key},{list}");
        string[] rows = [.. File.ReadLines(Path.Combine(folder.Path, "exposed-wallets.csv")).Skip(1).Select(l => l.Split(',')).Select(c => $"{c[0]},{c[2].ToLowerInvariant()},{c[3]}")];
        rows.Order().ShouldBe(Expected("dprk-attributed/Bybit", bybit).Concat(Expected("ofac-sdn/Lazarus Group", lazarus)).Order());
        output.ShouldContain($"{rows.Select(r => r.Split(',')[1]).Distinct().Count()} of {wallets.Distinct().Count():N0} wallets are exposed.");
    }

    [Fact]
    public async Task WhichOfMyWallets_MadeUpCustomers_AreTenThousand_AndTheSameEachTime()
    {
        string[] outputs = [await queries.RunAsync("04"), await queries.RunAsync("04")];
        outputs[1].ShouldBe(outputs[0]);
        outputs[0].ShouldStartWith("10,000 wallets, within 4 hops\n");
        Rows(outputs[0], "10,000 wallets").Select(r => r[1]).ShouldBe(["10,000", "10,000"]);
        outputs[0].ShouldContain("of 10,000 wallets are exposed.");
    }

    [Fact]
    public async Task HowLongDidFundsRest_IsTheTimeBetweenTheFilesRows()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string output = await queries.RunAsync("05", folder.Path);
        SampleTransfers transfers = new("bybit-2025.csv", "ronin-2022.csv");
        List<(string, string, string, string)> expected = [];
        foreach ((string theft, string thief) in new[] { ("Bybit", BybitThief), ("Ronin", RoninThief) })
        {
            (Dictionary<string, int> hops, SampleTransfers.Row[] inflows) = transfers.Trace([thief], 5);
            foreach ((string address, int hop) in hops.Where(h => h.Value > 0 && inflows.Any(i => i.From == h.Key && i.IsEther)))
            {
                // The earliest arrival among the ways of the fewest hops.
                DateTimeOffset arrived = inflows.First(i => i.To == address && hops[i.From] == hop - 1).Time;
                DateTimeOffset[] paid = [.. inflows.Where(i => i.From == address && i.IsEther).Select(i => i.Time).Order()];
                expected.Add((theft, Text(hop), Span(paid[0] - arrived), Span(paid[^1] - arrived)));
            }
        }

        Rows(output, "How long funds rested").Select(r => (r[0], r[1], r[6], r[8])).Order().ShouldBe(expected.Order());
        Hostile.Parse(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "rest.svg")));
    }

    [Fact]
    public async Task WhereDidTheMoneyStop_CountsTheEndsOfTheData()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string output = await queries.RunAsync("06", folder.Path);
        (Dictionary<string, int> hops, SampleTransfers.Row[] inflows) = new SampleTransfers("bybit-2025.csv").Trace([BybitThief], 5);
        string[] ends = [.. hops.Where(h => h.Value > 0 && !inflows.Any(i => i.From == h.Key)).Select(h => h.Key)];
        Rows(output, "Where the trail ends").Select(r => (r[0], r[1], r[2], r[3])).ShouldBe(
            ends.GroupBy(e => (Why: hops[e] == 5 ? "hop-limit" : "no-onward-transfer", By: NamedByFbi.Contains(e) ? "FBI" : "-"))
                .Select(g => (g.Key, Count: g.Count(), Inflows: inflows.Where(i => i.IsEther && g.Contains(i.To)).ToArray()))
                .OrderByDescending(g => g.Inflows.Aggregate(BigInteger.Zero, (s, i) => s + i.Value))
                .Select(g => (g.Key.Why, g.Key.By, Text(g.Count), Coins(g.Inflows, 2))));
        output.ShouldContain("Uniswap: Universal Router (V4)");
        output.ShouldContain($"end at {ends.Count(NamedByFbi.Contains)} addresses that the FBI names");
        byte[] html = await File.ReadAllBytesAsync(Path.Combine(folder.Path, "bybit-ends.html"));
        Hostile.Parse(html).Value.ShouldContain("hop 5 · 2 addresses");
        Hostile.Parse(await File.ReadAllBytesAsync(Path.Combine(folder.Path, "bybit-ends.svg")));
    }

    [Fact]
    public async Task TwoListDates_TellWhatCameOn_AndWhichFindingsChange()
    {
        string output = await queries.RunAsync("07");
        (string Address, string Entity, string On, string Off)[] entries = [.. SampleTransfers.Column("ofac-sdn/addresses.csv", "address", _ => true)
            .Zip(Values("entity"), Values("came_on_not_before")).Zip(Values("went_off_not_after"), (a, off) => (a.First, a.Second, a.Third, off))];
        bool InForce((string Address, string Entity, string On, string Off) e, string day) => string.CompareOrdinal(e.On, day) <= 0 && (e.Off.Length == 0 || string.CompareOrdinal(e.Off, day) > 0);
        (int Then, int Now)[] counts = [(entries.Count(e => InForce(e, "2022-04-14")), entries.Count(e => InForce(e, "2022-05-06")))];
        output.ShouldContain($"In force: {counts[0].Then} entries then, {counts[0].Now} later.");
        output.ShouldContain($"{entries.Count(e => !InForce(e, "2022-04-14") && InForce(e, "2022-05-06"))} addresses came on and 0 went off");

        SampleTransfers transfers = new("ronin-2022.csv");
        Dictionary<string, int> Hops(string day) => transfers.Trace(entries.Where(e => e.Entity == "lazarus group" && InForce(e, day)).Select(e => e.Address), 4).Hops;
        (Dictionary<string, int> then, Dictionary<string, int> now) = (Hops("2022-04-14"), Hops("2022-05-06"));
        string[] all = [.. then.Keys.Union(now.Keys)];
        output.ShouldContain($"{all.Count(a => then.GetValueOrDefault(a, -1) != now.GetValueOrDefault(a, -1))} findings changed, {then.Count} addresses were within reach then and {now.Count} are now.");

        static IEnumerable<string> Values(string column) => SampleTransfers.Column("ofac-sdn/addresses.csv", column, _ => true);
    }

    [Fact]
    public async Task TwoListDates_WhatWentOff()
    {
        string output = await queries.RunAsync("07", "2025-03-20", "2025-03-21");
        Row(output, "TORNADO CASH")[1].ShouldBe("0");
        int.Parse(Row(output, "TORNADO CASH")[2], CultureInfo.InvariantCulture).ShouldBeGreaterThan(80);
    }

    [SkippableFact]
    public async Task LiveFromANode_WithoutANode_SaysWhatToGive()
    {
        Skip.IfNot(string.IsNullOrEmpty(Environment.GetEnvironmentVariable("CHAINWATCH_NODE")), "CHAINWATCH_NODE is set");
        (int exitCode, string output, string error) = await queries.TryAsync("08");
        (exitCode, output).ShouldBe((1, ""));
        error.ShouldStartWith("error: no node: give its URL");
        error.Trim().Split('\n').ShouldHaveSingleItem();

        (exitCode, output, error) = await queries.TryAsync("08", "http://127.0.0.1:1/v2/secret-key-of-mine");
        (exitCode, output).ShouldBe((1, ""));
        error.ShouldStartWith("error: http://127.0.0.1:1: ");
        error.ShouldNotContain("secret");
    }

    [Theory]
    [InlineData("01")]
    [InlineData("02")]
    [InlineData("03")]
    [InlineData("04")]
    [InlineData("05")]
    [InlineData("06")]
    [InlineData("07")]
    public async Task Readme_ShowsWhatTheQueryPrints(string number)
    {
        string output = await queries.RunAsync(number);
        string readme = (await File.ReadAllTextAsync(Path.Combine(BuiltQueries.Sources, "README.md"))).ReplaceLineEndings("\n");
        string name = Path.GetFileNameWithoutExtension(BuiltQueries.Names.Single(n => n.StartsWith(number, StringComparison.Ordinal)));
        string shown = readme[(readme.IndexOf($"### {name}\n\n```text\n", StringComparison.Ordinal) + $"### {name}\n\n```text\n".Length)..];
        // Where files are saved is the reader's.
        string printed = output.ReplaceLineEndings("\n").Replace(queries.Folder + Path.DirectorySeparatorChar, "./", StringComparison.Ordinal);
        shown[..shown.IndexOf("```", StringComparison.Ordinal)].ShouldBe(printed);
        BannedWords.ShouldNotOccurIn(printed);
    }

    // As its users run it, with its three projects.
    [SkippableFact]
    public async Task LiveFromANode_ByDotnetRun_FindsWhatTheNodeMined()
    {
        await using Anvil node = await Anvil.StartAsync(new AnvilOptions { Number = 14_000_000 });
        Address thief = Address.Parse(RoninThief);
        (Address first, Address second) = (ReportCase.Wallet(2), ReportCase.Wallet(3));
        foreach (Address payer in new[] { thief, first })
        {
            await node.SetBalanceAsync(payer, 100 * Ether);
        }

        await node.SendAsync(thief, first, 10 * Ether);
        await node.MineAsync();
        await node.SendAsync(first, second, 25 * Ether / 10);
        await node.MineAsync();

        string output = await DotnetCommand.RunAsync(TestData.Repository, "run", Path.Combine("samples", "queries", "08-live-from-a-node.cs"), node.Endpoint.ToString(), "3");
        output.ShouldStartWith($"http://127.0.0.1:{node.Endpoint.Port} (anvil");
        string[][] rows = [.. Rows(output, "Reached within 4 hops in blocks 14000000 to 14000002")];
        rows.Select(r => (r[0], r[1], r[3], r[^1])).ShouldBe([("1", first.ToString(), "10 ETH", "Proven"), ("2", second.ToString(), "2.5 ETH", "Proven")]);
        output.ShouldContain("◆ 0x098B…2f96  · seed  · designated by OFAC: Lazarus Group");
        output.ShouldContain("2 addresses reached;");
    }

    // Cells stand two columns apart.
    private static string[] Cells(string line) => Regex.Split(line.Trim(), " {2,}", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static string[] Row(string output, string start) => Cells(output.Split('\n').First(l => l.StartsWith(start, StringComparison.Ordinal)));

    // The rows of a table under its title, header and rule.
    private static IEnumerable<string[]> Rows(string output, string title)
    {
        string[] lines = [.. output.Split('\n').SkipWhile(l => !l.StartsWith(title, StringComparison.Ordinal)).Skip(2)];
        int columns = lines[0].Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        return lines.Skip(1).Select(Cells).TakeWhile(c => c.Length >= columns - 1);
    }

    private static string Text(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    // Half away from zero, as accountants round.
    private static string Coins(IEnumerable<SampleTransfers.Row> transfers, int places)
    {
        BigInteger step = BigInteger.Pow(10, 18 - places);
        BigInteger hundredths = (transfers.Aggregate(BigInteger.Zero, (s, t) => s + t.Value) + (step / 2)) / step;
        return ((decimal)hundredths / 100).ToString("N2", CultureInfo.InvariantCulture) + " ETH";
    }

    private static string Grouped(BigInteger wei, int decimals)
    {
        decimal whole = (decimal)(wei / Ether);
        string fraction = (wei % Ether).ToString(CultureInfo.InvariantCulture).PadLeft(decimals, '0').TrimEnd('0');
        return whole.ToString("N0", CultureInfo.InvariantCulture) + (fraction.Length == 0 ? "" : $".{fraction}") + " ETH";
    }

    private static string Span(TimeSpan span)
    {
        (int Value, string Unit)[] parts = [(span.Days, "d"), (span.Hours, "h"), (span.Minutes, "min"), (span.Seconds, "s")];
        int first = Array.FindIndex(parts, p => p.Value > 0);
        return string.Join(' ', parts.Skip(first).Take(2).Where(p => p.Value > 0).Select(p => $"{p.Value} {p.Unit}"));
    }
}
