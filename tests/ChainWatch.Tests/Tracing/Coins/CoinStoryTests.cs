using ChainWatch.Heuristics;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing.Coins;

public class CoinStoryTests
{
    [Fact]
    public void OtherCoinOfATaintedAddress_IsReachedByAddressAlone()
    {
        // A got a coin from S, and pays B with another one.
        CoinStory story = new("S > A=50", "A > B=40", "0:0 > C=30");

        CoinStory.Rows(story.Trace()).ShouldBe("S:0 A:1/1 B:2/-(no-onward-transfer) C:2/2(no-onward-transfer)");
    }

    [Fact]
    public void ChangeToItself_IsNoHop()
    {
        CoinStory story = new("S > A=50", "0:0 > B=10 A=40", "1:1 > C=40");
        TraceResult result = story.Trace();

        CoinStory.Rows(result).ShouldBe("S:0 A:1/1 B:2/2(no-onward-transfer) C:2/2(no-onward-transfer)");
        CoinStory.Path(result.Exposures[3].Path).ShouldBe("S>A>C");
        CoinStory.Path(result.Exposures[3].ByCoin!.Path).ShouldBe("S>A>A>C");
    }

    [Fact]
    public void Dust_GoingBackToAnInputOwner_IsNoHopForTheOtherOwners()
    {
        // B paid A for good, and spent together with A, whose dust change went to the list by coin: there B paid nobody.
        CoinStory story = new("B > A=50000", "A B > A=5 C=50000", "0:0 1:0 > S=50000");
        TraceResult result = story.Trace(direction: Direction.Sent, with: r => r with { MinValues = new Dictionary<Asset, Amount> { [CoinCase.Bitcoin] = CoinCase.Minimum } });

        CoinExposure b = result.Exposures.Single(e => e.Address == CoinStory.At('B')).ByCoin!;
        b.Hops.ShouldBe(2);
        b.Path[0].Position.Block.ShouldBe(100);
    }

    [Fact]
    public void StrictOrder_HoldsByCoinToo()
    {
        // One block without order: the coin proves the order, and strict order wants later positions.
        CoinStory ordered = new("S > A=50", "0:0 > B=40", "S > C=9", "2:0 > B=8");
        ChainWatch.Graph.TransferGraphBuilder builder = new();
        ordered.Movements.ForEach(m => builder.Add(m with { Position = new ChainPosition(Chain.Bitcoin, m.Position.Block / 102, null), Time = null }));
        TraceRequest request = new() { From = [AddressList.Of("case", CoinStory.At('S'))], MaxHops = 5 };
        ChainWatch.Graph.TransferGraph graph = builder.Build();

        CoinStory.Rows(Tracer.Trace(graph, request)).ShouldBe("S:0 C:1/1 A:1/1 B:2/2(no-onward-transfer)");
        CoinStory.Rows(Tracer.Trace(graph, request with { StrictOrder = true })).ShouldBe("S:0 C:1/1(no-onward-transfer) A:1/1(no-onward-transfer)");
    }

    [Fact]
    public void LongPeelChain_IsOneLine_ByAddressAndByCoin()
    {
        CoinStory story = new(["S > A=1000", .. Enumerable.Range(0, 30).Select(i => $"{i}:0 > {Peel(i + 1)}={1000 - (10 * (i + 1))} z=10")]);
        Exposure end = story.Trace(hops: 40).Exposures.Single(e => e.Address == CoinStory.At(Peel(30)));

        (end.Hops, end.ByCoin!.Hops).ShouldBe((31, 31));
        end.PeelChains.ShouldBe([new PeelChain(1, 30)]);
        end.ByCoin.PeelChains.ShouldBe([new PeelChain(1, 30)]);
        Exposure start = story.Trace(seeds: Peel(30).ToString(), hops: 40, direction: Direction.Sent).Exposures.Single(e => e.Address == CoinStory.At('A'));
        start.PeelChains.ShouldBe([new PeelChain(0, 30)]);
        start.ByCoin!.PeelChains.ShouldBe([new PeelChain(0, 30)]);
    }

    [Theory]
    [InlineData("2 links", "0:0 > B=90 z=1|1:0 > C=80 z=1|2:0 > D=80", "")]
    [InlineData("3 links", "0:0 > B=90 z=1|1:0 > C=80 z=1|2:0 > D=70 z=1", "1+3")]
    [InlineData("an ordinary payment between", "0:0 > B=90 z=1|1:0 > C=80 z=1|2:0 > D=70 z=1|3:0 > E=70|4:0 > F=60 z=1|5:0 > G=50 z=1|6:0 > H=40 z=1|7:0 > I=30 z=1", "1+3 5+4")]
    [InlineData("another coin of the same address", "0:0 > B=90 z=1|1:0 > C=80 z=1|C > D=70 z=1|3:0 > E=60 z=1|4:0 > F=50 z=1", "3+3")]
    [InlineData("another coin with links on both sides", "0:0 > B=90 z=1|1:0 > C=80 z=1|2:0 > D=70 z=1|D > E=60 z=1|4:0 > F=50 z=1|5:0 > G=40 z=1", "1+3 4+3")]
    public void PeelChains_AreRunsOfOneCoin(string what, string lines, string expected)
    {
        CoinStory story = new(["S > A=100", .. lines.Split('|')]);
        char last = lines.Split('|')[^1].Split("> ")[1][0];
        Exposure exposure = story.Trace(hops: 20).Exposures.Single(e => e.Address == CoinStory.At(last));

        string.Join(' ', exposure.PeelChains.Select(p => $"{p.FirstStep}+{p.Length}")).ShouldBe(expected, what);
    }

    [Fact]
    public void OutputWithoutAddress_IsNotFollowed_AndMakesNoneFoundIncomplete()
    {
        CoinStory story = new("S > A=90", "0:0 > !=80", "1:0 > W=70");
        TraceResult received = story.Trace(to: "W");
        received.Findings.Single().Verdict.ShouldBe(Verdict.Incomplete);
        received.Findings.Single().Reasons.ShouldBe(["1 transaction took funds of case on through outputs without an address, which are not followed"]);
        received.ThroughNoAddress.ShouldBe([new ThroughNoAddress("case", Direction.Received, 1)]);
        received.IsComplete.ShouldBeFalse();

        // Two hops to A and through, two more to W: not within three.
        story.Trace(to: "W", hops: 2).Findings.Single().Verdict.ShouldBe(Verdict.NoneFound);
        new CoinStory("S > A=90", "0:0 > !=80", "B > W=70").Trace(to: "W").Findings.Single().Verdict.ShouldBe(Verdict.NoneFound, "nobody spent it");
    }

    [Fact]
    public void SpentOutputWithoutAddress_AsTheOnlyInput_CountsForSent()
    {
        CoinStory story = new("W > !=80", "0:0 > A=70", "1:0 > S=60");
        TraceResult sent = story.Trace(to: "W", direction: Direction.Sent);

        sent.ThroughNoAddress.ShouldBe([new ThroughNoAddress("case", Direction.Sent, 1)]);
        sent.Findings.Single().Verdict.ShouldBe(Verdict.Incomplete);
        story.Trace(to: "W", hops: 2, direction: Direction.Sent).Findings.Single().Verdict.ShouldBe(Verdict.NoneFound);
    }

    [Theory]
    [InlineData(Direction.Received)]
    [InlineData(Direction.Sent)]
    public void OutputWithoutAddress_BehindAnOpaqueStop_MakesNoneFoundIncomplete(Direction direction)
    {
        CoinStory story = direction == Direction.Received
            ? new("S > M=90", "0:0 > B=80", "1:0 > !=70", "2:0 > W=60")
            : new("W > !=90", "0:0 > B=80", "1:0 > M=70", "2:0 > S=60");
        TraceResult result = story.Trace(to: "W", direction: direction, with: r => CoinStory.Labelled(r, 'M', StopCategory.Mixer));

        result.Findings.Single().Verdict.ShouldBe(Verdict.Incomplete);
        result.IsComplete.ShouldBeFalse();
    }

    private static char Peel(int i) => (char)('A' + (i < 18 ? i : i + 10));
}
