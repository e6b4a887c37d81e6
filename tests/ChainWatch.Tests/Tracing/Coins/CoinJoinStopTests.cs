using System.Numerics;
using ChainWatch.Heuristics;
using ChainWatch.Labels;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing.Coins;

/// <summary>CoinJoins as opaque stops, and followed on request.</summary>
public class CoinJoinStopTests
{
    private static readonly int Cases = CaseCount.CoinChains;

    // JoinMarket: three payers, three equal outputs, a change each.
    private const string Round = "1:0 Q R > J=40000 K=40000 L=40000 x=11111 y=12222 v=13333";

    [Fact]
    public void Received_ByDefault_IsALeadThroughTheCoinJoin()
    {
        CoinStory story = new("S > A=90000", "0:0 > B=80000", Round, "2:0 > W=39000");
        TraceResult result = story.Trace();

        CoinStory.Rows(result).ShouldBe("S:0 A:1/1 B:2/2(opaque:coinjoin)");
        EnteredCoinJoin entered = result.CoinJoins.ShouldHaveSingleItem();
        (entered.List, entered.Direction, entered.Address, entered.Hops, entered.Position.Block, entered.Tx, entered.Rule)
            .ShouldBe(("case", Direction.Received, CoinStory.At('B'), 2, 102, CoinStory.TxOf(2), CoinJoinRule.JoinMarket));
        result.IsComplete.ShouldBeFalse();

        Finding wallet = story.Trace(to: "W").Findings.Single();
        (wallet.Verdict, wallet.Lead!.Hops, CoinStory.Path(wallet.Lead.Path)).ShouldBe((Verdict.Incomplete, 4, "S>A>B>>J>W"));
        wallet.Lead.Stops.ShouldBeEmpty();
        CoinJoinStop stop = wallet.Lead.CoinJoins.ShouldHaveSingleItem();
        (stop.Tx, stop.Rule, stop.WentIn.Units, stop.CameOut.Units).ShouldBe((CoinStory.TxOf(2), CoinJoinRule.JoinMarket, (BigInteger)80_000, (BigInteger)40_000));
        story.Trace(to: "W", hops: 3).Findings.Single().Verdict.ShouldBe(Verdict.NoneFound, "four hops away at best");
    }

    [Fact]
    public void Sent_ByDefault_IsALeadThroughTheCoinJoin()
    {
        CoinStory story = new("W > A=90000", "0:0 > B=80000", Round, "2:0 > S=39000");
        TraceResult result = story.Trace(direction: Direction.Sent);

        CoinStory.Rows(result).ShouldBe("S:0 J:1/1(opaque:coinjoin)");
        (result.CoinJoins.ShouldHaveSingleItem() is { Direction: Direction.Sent, Hops: 1 } entered && entered.Address == CoinStory.At('J')).ShouldBeTrue();
        Finding wallet = story.Trace(to: "W", direction: Direction.Sent).Findings.Single();
        (wallet.Verdict, CoinStory.Path(wallet.Lead!.Path)).ShouldBe((Verdict.Incomplete, "W>A>B>>J>S"));
        CoinJoinStop stop = wallet.Lead.CoinJoins.ShouldHaveSingleItem();
        (stop.WentIn.Units, stop.CameOut.Units).ShouldBe(((BigInteger)80_000, (BigInteger)40_000));
    }

    [Theory]
    [InlineData(Direction.Received, "S > A=90000", "2:0 > W=39000", "S>A>B>>J>W")]
    [InlineData(Direction.Sent, "W > A=90000", "2:0 > S=39000", "W>A>B>>J>S")]
    public void ThroughCoinJoin_IsExposed_AndMarked(Direction direction, string first, string last, string path)
    {
        CoinStory story = new(first, "0:0 > B=80000", Round, last);
        TraceResult result = story.Trace(to: "W", direction: direction, with: r => r with { ThroughCoinJoin = true });

        Finding wallet = result.Findings.Single();
        (wallet.Verdict, wallet.Hops, wallet.Lead).ShouldBe((Verdict.Exposed, 4, null));
        CoinStory.Path(wallet.Exposure!.Path).ShouldBe(path);
        CoinStory.Path(wallet.Exposure.ByCoin!.Path).ShouldBe(path);
        result.CoinJoins.ShouldHaveSingleItem().Rule.ShouldBe(CoinJoinRule.JoinMarket);
        result.Exposures.ShouldAllBe(e => e.StopReason != "opaque:coinjoin");
    }

    [Fact]
    public void PayerThatAlsoPaidElsewhere_GoesOn()
    {
        CoinStory story = new("S > A=90000", "0:0 > B=80000 B=500", Round, "1:1 > C=400");

        CoinStory.Rows(story.Trace()).ShouldBe("S:0 A:1/1 B:2/2 C:3/3(no-onward-transfer)");
    }

    [Fact]
    public void SeedInTheCoinJoin_StopsThere_AndCoSpendingIsMarked()
    {
        CoinStory story = new("S Q R > J=40000 K=40000 L=40000 x=11111 y=12222 v=13333", "S T > U=70");
        TraceResult result = story.Trace();

        CoinStory.Rows(result).ShouldBe("S:0 U:1/1(no-onward-transfer)");
        result.CoSpendings.Select(c => (CoinStory.NameOf(c.Address), c.CoinJoin)).ShouldBe(
            [("Q", CoinJoinRule.JoinMarket), ("R", CoinJoinRule.JoinMarket), ("T", CoinJoinRule.None)], ignoreOrder: true);
        CoinStory.Rows(new CoinStory("S Q R > J=40000 K=40000 L=40000 x=11111 y=12222 v=13333").Trace()).ShouldBe("S:0(opaque:coinjoin)");
    }

    [Fact]
    public void EqualOutputs_IsAStopToo()
    {
        CoinStory story = new("S Q R T U > a=90000 b=90000 c=90000 d=90000 e=90000", "0:0 > W=80000");

        story.Trace().CoinJoins.ShouldHaveSingleItem().Rule.ShouldBe(CoinJoinRule.EqualOutputs);
        Finding wallet = story.Trace(to: "W").Findings.Single();
        (wallet.Verdict, wallet.Lead!.Path[0].CoinJoin).ShouldBe((Verdict.Incomplete, CoinJoinRule.EqualOutputs));
        CoinJoinStop stop = wallet.Lead.CoinJoins.ShouldHaveSingleItem();
        (stop.WentIn.Units, stop.CameOut.Units).ShouldBe(((BigInteger)100_000_000, (BigInteger)90_000));
    }

    [Theory]
    [InlineData(Direction.Received)]
    [InlineData(Direction.Sent)]
    public void Random_WithoutOtherStops_TheLeadsAreWhatThroughCoinJoinReaches(Direction direction)
    {
        int leads = 0;
        for (int number = 0; number < Cases; number++)
        {
            CoinCase c = new(number, coinJoins: true, stops: false);
            TraceRequest request = c.Request with { Direction = direction, To = c.Addresses };
            ChainWatch.Graph.TransferGraph graph = c.Graph();
            TraceResult closed = Tracer.Trace(graph, request with { ThroughCoinJoin = false });
            TraceResult open = Tracer.Trace(graph, request with { ThroughCoinJoin = true });
            foreach ((Finding found, Finding through) in closed.Findings.Zip(open.Findings))
            {
                string which = $"case {number}, {direction}, {found.Wallet}";
                bool isOnlyThrough = found.Verdict != Verdict.Exposed && through.Verdict == Verdict.Exposed;
                bool isGap = graph.Coverage.Gaps.Count > 0 || closed.ThroughNoAddress.Single().Transactions > 0 || (request.StrictOrder && graph.Coverage.Chains[0].BlocksWithoutOrder > 0);
                (found.Lead is not null).ShouldBe(isOnlyThrough, which);
                if (found.Verdict != Verdict.Exposed)
                {
                    found.Verdict.ShouldBe(isOnlyThrough || isGap ? Verdict.Incomplete : Verdict.NoneFound, which);
                }

                if (found.Lead is Lead lead)
                {
                    leads++;
                    lead.Hops.ShouldBe(through.Hops!.Value, which);
                    lead.Path.ShouldBe(through.Exposure!.Path, which);
                    lead.CoinJoins.Count.ShouldBeGreaterThan(0, which);
                    lead.Path.Where(s => s.CoinJoin != CoinJoinRule.None).Select(s => s.Tx).ShouldBeSubsetOf(lead.CoinJoins.Select(s => s.Tx), which);
                    lead.CoinJoins.All(s => !s.WentIn.Units.IsZero && !s.CameOut.Units.IsZero).ShouldBeTrue(which);
                }
            }

            closed.BeyondOpaque.Single().Addresses.ShouldBe(open.Exposures.Count - closed.Exposures.Count, $"case {number}");
        }

        leads.ShouldBeGreaterThan(Cases / 10);
    }

    [Fact]
    public void AddressLabelledAsACoinJoin_IsAStopOfItsOwn()
    {
        CoinStory story = new("S > A=90000", "0:0 > W=80000");
        Finding wallet = story.Trace(to: "W", with: r => CoinStory.Labelled(r, 'A', StopCategory.Coinjoin)).Findings.Single();

        (wallet.Verdict, wallet.Lead!.Stops.Single().Address).ShouldBe((Verdict.Incomplete, CoinStory.At('A')));
    }
}
