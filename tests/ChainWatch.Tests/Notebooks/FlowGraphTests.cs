using System.Xml.Linq;
using ChainWatch.Lists;
using ChainWatch.Notebooks;
using ChainWatch.Tests.Reporting;
using ChainWatch.Tests.Tracing;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Notebooks;

public class FlowGraphTests
{
    [Fact]
    public void Tree_ShowsPathsAmountsStopsAndNames()
    {
        ReportCase all = new();
        string text = all.Trace().ToGraph().Titled("A case").ToString();
        text.ShouldBe("""
            A case
            ◆ 0x1111…1111  · seed  · designated by OFAC: LAZARUS GROUP
            ├─ 0x2222…2222  401,346.77 ETH  · 401,347.77 ETH received in all
            │  ├─ ■ 0x3333…3333  5.00 ETH  · stop, exchange: Big | Exchange
            │  └─ ■ 0x4444…4444  2.00 ETH  · stop, mixer: Mixer
            └─ 0x7777…7777  1,000,000.50 USDT
            ◆ 0x6666…6666  · seed  · attributed to TraderTraitor by FBI
            Hops are at most these: the data are not known to be complete

            """.ReplaceLineEndings("\n"));
        BannedWords.ShouldNotOccurIn(text);
    }

    [Fact]
    public void WatchedWallet_IsMarked_WithTheWayToIt()
    {
        TraceResult result = new ReportCase { To = [ReportCase.Wallet(3)], Complete = true }.Trace();
        string text = result.ToGraph().ToString();
        text.ShouldContain("■ 0x3333…3333  5.00 ETH  · watched  · stop, exchange: Big | Exchange");
        text.ShouldContain("0x2222…2222  401,346.77 ETH");
        text.ShouldNotContain("at most");
        XElement svg = Hostile.Parse(Hostile.Saved(result.ToGraph().SaveSvg));
        svg.Descendants().Where(e => (string?)e.Attribute("class") == "watched small end").ShouldHaveSingleItem().Value.ShouldBe("watched");
    }

    [Fact]
    public void Counts_AreThoseOfTheEvidence()
    {
        TraceResult result = Hostile.Case("exchange");
        FlowGraph graph = result.ToGraph();
        graph.AddressCount.ShouldBe(result.Exposures.Count);
        graph.TransferCount.ShouldBe(result.Exposures.Sum(e => e.Inflows.Count));
    }

    [Fact]
    public void TwoListsOverOneTransfer_CountItOnce()
    {
        Story story = new("1/0 S>A 5\n1/1 T>A 6\n2/0 A>B 7");
        TraceResult result = story.Trace("S", with: r => r with { From = [.. r.From, AddressList.Of("other", Story.At('T'))] });
        result.ToGraph().TransferCount.ShouldBe(3);
        result.Exposures.Where(e => e.List == "other").ToGraph(result.Request).TransferCount.ShouldBe(2);
    }

    [Fact]
    public void Sent_FlowsToTheListAtTheRight()
    {
        TraceResult result = Hostile.Case("x", Direction.Sent);
        XElement svg = Hostile.Parse(Hostile.Saved(result.ToGraph().SaveSvg));
        double[] hops = [.. svg.Descendants().Where(e => e.Value.StartsWith("hop ", StringComparison.Ordinal) && e.Name.LocalName == "text").Select(e => double.Parse(e.Attribute("x")!.Value, System.Globalization.CultureInfo.InvariantCulture))];
        hops.Length.ShouldBeGreaterThan(1);
        hops.ShouldBe(hops.OrderDescending());
        result.ToGraph().ToString().Split('\n')[0].ShouldStartWith("◆ ");
    }

    [Fact]
    public void BothDirections_AreAnError() =>
        Should.Throw<ChainWatchException>(() => new ReportCase { Direction = Direction.Both }.Trace().ToGraph()).Message.ShouldContain("expected one");

    [Theory]
    [InlineData(Direction.Received)]
    [InlineData(Direction.Sent)]
    public void HostileNames_StayTexts_InEveryForm(Direction direction)
    {
        foreach (string name in Hostile.Texts)
        {
            FlowGraph graph = Hostile.Case(name, direction).ToGraph().Titled(name).Noted(name);
            string text = graph.ToString(90);
            Hostile.ShouldBePlain(text);
            text.Split('\n').SkipLast(1).Where(l => l.Contains("0x", StringComparison.Ordinal)).ShouldAllBe(l => TerminalText.WidthOf(l) <= 90);
            Hostile.Parse(Hostile.Saved(graph.SaveSvg)).Name.LocalName.ShouldBe("svg");
            Hostile.Parse(Hostile.Saved(graph.SaveHtml)).Name.LocalName.ShouldBe("html");
        }
    }

    [Fact]
    public void RandomCases_HaveTheirExposuresInIt_EachOnce_AndFoldedTooTheSameSums()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            Random random = new(seed);
            string lines = string.Join('\n', Enumerable.Range(0, 40).Select(i => $"{i / 3}/{i % 3} {(char)('A' + random.Next(14))}>{(char)('A' + random.Next(14))} {random.Next(1, 1000)}"));
            TraceResult result = new Story(lines).Trace("AB", hops: 4, direction: seed % 2 == 0 ? Direction.Received : Direction.Sent);
            FlowGraph graph = result.ToGraph();
            graph.AddressCount.ShouldBe(result.Exposures.Count);
            graph.TransferCount.ShouldBe(result.Exposures.Sum(e => e.Inflows.Count));

            // Every address is a line of the tree, and no other.
            string[] tree = graph.Fold(1000).ToString(400).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            result.Exposures.ShouldAllBe(e => tree.Count(l => l.Contains(e.Address.ToShortString(), StringComparison.Ordinal)) == 1);
            tree.Length.ShouldBe(result.Exposures.Count);

            XElement svg = Hostile.Parse(Hostile.Saved(graph.Fold(1 + (seed % 5)).SaveSvg));
            int drawn = svg.Descendants().Where(e => e.Name.LocalName == "path").Select(e => System.Text.RegularExpressions.Regex.Match(e.Value, @" in ([\d,]+) transfer", System.Text.RegularExpressions.RegexOptions.None, TimeSpan.FromSeconds(1)).Groups[1].Value).Sum(int.Parse);
            drawn.ShouldBe(graph.TransferCount);
        }
    }

    [Fact]
    public void SameInput_SameBytes()
    {
        byte[] first = Hostile.Saved(new ReportCase().Trace().ToGraph().SaveHtml);
        byte[] again = Hostile.Saved(new ReportCase { Shuffled = true }.Trace().ToGraph().SaveHtml);
        again.ShouldBe(first);
    }

    [Fact]
    public void LongPath_IsNoRecursion()
    {
        Story story = new(string.Join('\n', Enumerable.Range(0, 60).Select(i => $"{i}/0 {(char)('A' + i)}>{(char)('B' + i)} 5")));
        story.Trace("A", hops: 100).ToGraph().ToString(200).Split('\n').Length.ShouldBe(62);
    }

    [Fact]
    public void NoExposures_SaysSo()
    {
        FlowGraph graph = Array.Empty<Exposure>().ToGraph(new ReportCase().Request());
        graph.ToString().ShouldBe("(no addresses)\n");
        Hostile.Parse(Hostile.Saved(graph.SaveSvg)).Value.ShouldContain("(no addresses)");
        Should.Throw<ChainWatchException>(() => graph.Fold(0)).Message.ShouldContain("at least 1");
    }
}
