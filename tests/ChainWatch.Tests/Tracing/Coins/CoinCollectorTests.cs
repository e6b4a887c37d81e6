using ChainWatch.Collecting;
using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tests.Collecting;
using ChainWatch.Tracing;
using Xunit.Abstractions;

namespace ChainWatch.Tests.Tracing.Coins;

/// <summary>What a collection by addresses fetches of a UTXO chain answers as everything does, or says what is missing.</summary>
public class CoinCollectorTests(ITestOutputHelper output)
{
    private static readonly int Cases = CaseCount.CoinChains;

    [Fact]
    public async Task ByAddresses_RandomChains_AnswersAsEverythingDoes()
    {
        int exposed = 0;
        int none = 0;
        int incomplete = 0;
        int cautious = 0;
        int byCoin = 0;
        for (int number = 0; number < Cases; number++)
        {
            CoinCase c = new(number, coinJoins: number % 2 == 0, unknownOwners: false);
            TraceRequest request = c.Request with
            {
                To = [.. c.Addresses.Take(2)],
                Direction = (number % 3) switch { 0 => Direction.Received, 1 => Direction.Sent, _ => Direction.Both },
                Window = new TraceWindow(FirstBlock: 100),
            };
            TransferGraph graph = await CollectAsync(c.Movements, request);
            TraceResult collected = Tracer.Trace(graph, request);
            TraceResult all = Tracer.Trace(c.Graph(), request);
            foreach ((Finding found, Finding expected) in collected.Findings.Zip(all.Findings))
            {
                string which = $"case {number}, {found.Wallet}, {found.Direction}";
                (found.Verdict == Verdict.Exposed).ShouldBe(expected.Verdict == Verdict.Exposed, which);
                if (expected.Verdict == Verdict.Incomplete && (expected.Reasons.Any(r => !SaysMoreThanMatters(r)) || IsReachedThroughNoAddress(c, request, expected)))
                {
                    found.Verdict.ShouldBe(Verdict.Incomplete, which);
                }

                if (expected.Verdict == Verdict.NoneFound && found.Verdict != Verdict.NoneFound)
                {
                    graph.Coverage.Gaps.ShouldNotBeEmpty(which);
                    cautious++;
                }

                if (found.Exposure is { IsSeed: false } exposure)
                {
                    exposure.Hops.ShouldBe(expected.Exposure!.Hops, which);
                    exposure.Path.ShouldBe(expected.Exposure.Path, which);
                    exposure.PoisonUpperBound.ShouldBe(expected.Exposure.PoisonUpperBound, which);
                    (exposure.ByCoin?.Hops).ShouldBe(expected.Exposure.ByCoin?.Hops, which);
                    (exposure.ByCoin?.Path ?? []).ShouldBe(expected.Exposure.ByCoin?.Path ?? [], which);
                    byCoin += exposure.ByCoin is null ? 0 : 1;
                }

                exposed += found.Verdict == Verdict.Exposed ? 1 : 0;
                none += found.Verdict == Verdict.NoneFound ? 1 : 0;
                incomplete += found.Verdict == Verdict.Incomplete ? 1 : 0;
            }
        }

        output.WriteLine($"{Cases} chains: {exposed} exposed ({byCoin} by coin), {none} none found, {incomplete} incomplete, {cautious} of them where everything shows none; 0 mismatches");
        exposed.ShouldBeGreaterThan(Cases / 8);
        byCoin.ShouldBeGreaterThan(Cases / 16);
        none.ShouldBeGreaterThan(Cases / 16);
        incomplete.ShouldBeGreaterThan(Cases / 32);
    }

    [Theory]
    [InlineData(Direction.Received, "S > A=90000|0:0 > !=80000|1:0 > B=70000|2:0 > W=60000")]
    [InlineData(Direction.Sent, "W > B=90000|0:0 > !=80000|1:0 > A=70000|2:0 > S=60000")]
    public async Task OutputWithoutAddress_CannotBeAskedAbout_SoNoneFoundIsIncomplete(Direction direction, string lines)
    {
        CoinStory story = new(lines.Split('|'));
        TraceRequest request = Ask(direction);
        TransferGraph graph = await CollectAsync(KnownOf(story), request);

        Tracer.Trace(graph, request).Findings.Single().Verdict.ShouldBe(Verdict.Incomplete);
    }

    [Theory]
    [InlineData(Direction.Received, "S > A=90000|0:0 > B=80000|1:0 > C=70000|2:0 > D=60000|3:0 > E=50000|4:0 > F=40000|F > W=30000")]
    [InlineData(Direction.Sent, "W > F=90000|F > E=80000|1:0 > D=70000|2:0 > C=60000|3:0 > B=50000|4:0 > A=40000|5:0 > S=30000")]
    public async Task AddressLabelledAsACoinJoin_IsAStopOfTheWalk(Direction direction, string lines)
    {
        CoinStory story = new(lines.Split('|'));
        foreach (char stop in "ABCDEF")
        {
            TraceRequest request = CoinStory.Labelled(Ask(direction) with { MaxHops = 7 }, stop, StopCategory.Coinjoin);
            Finding expected = Tracer.Trace(story.Graph, request).Findings.Single();
            expected.Verdict.ShouldBe(Verdict.Incomplete);

            Tracer.Trace(await CollectAsync(KnownOf(story), request), request).Findings.Single().Verdict.ShouldBe(Verdict.Incomplete, $"{stop}");
        }
    }

    // Everything counts blocks without order and outputs without an address wherever they are; what was fetched, where they matter.
    private static bool SaysMoreThanMatters(string reason) =>
        reason.StartsWith("only proven order", StringComparison.Ordinal) || reason.EndsWith("through outputs without an address, which are not followed", StringComparison.Ordinal);

    // The slow twin: every output without an address gets one of its own, and is followed.
    private static bool IsReachedThroughNoAddress(CoinCase c, TraceRequest request, Finding finding)
    {
        Address Own(OutPoint output) => Address.FromPayload(Chain.Bitcoin, AddressKind.P2Wsh, System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(output.ToString())));
        TransferGraph twin = c.Graph(c.Movements.Select(m => m with
        {
            Inputs = [.. m.Inputs.Select(i => i.IsWithoutAddress ? i with { Owner = Own(i.OutPoint!.Value), IsWithoutAddress = false } : i)],
            Outputs = [.. m.Outputs.Select(o => o with { Owner = o.Owner ?? Own(o.OutPoint!.Value) })],
        }));
        Finding followed = Tracer.Trace(twin, request).Findings.Single(f => f.Wallet == finding.Wallet && f.Direction == finding.Direction);
        return followed.Verdict == Verdict.Exposed || followed.Reasons.Any(r => !SaysMoreThanMatters(r));
    }

    // A source finds spends by their owner: those of the story are told by the outputs that they spend.
    private static IReadOnlyList<Movement> KnownOf(CoinStory story) => [.. Enumerable.Range(0, story.Graph.Chains.Single().MultiCount).Select(m => story.Graph.Chains.Single().MultiAt(m).Movement)];

    [Fact]
    public async Task Days_OfAChainWhoseTimesDoNotAscend_HoldEveryBlockOfTheirTime()
    {
        // Block 102 is told to be of an hour later: to halve the heights by their times passes it by.
        CoinStory story = new("S > A=90000", "0:0 > B=80000", "1:0 > W=70000");
        DateTimeOffset late = FakeChain.Genesis.AddMinutes(160);
        Movement[] movements = [.. KnownOf(story).Select(m => m with { Time = FakeChain.Genesis.AddMinutes(m.Position.Block) })];
        movements[2] = movements[2] with { Time = late };
        FakeChain chain = new([], 100, 400, Chain.Bitcoin) { Movements = movements, BlocksPerQuery = 30, Times = { [102] = late } };
        TraceRequest request = Ask(Direction.Received) with { From = [AddressList.Of("case", CoinStory.At('B'))], Window = new TraceWindow(FirstTime: FakeChain.Genesis.AddMinutes(150), LastTime: FakeChain.Genesis.AddMinutes(170)) };
        TransferGraph graph = await new Collector(chain, new CollectOptions { Way = CollectWay.Blocks }).CollectAsync(request);

        Tracer.Trace(graph, request).Findings.Single().Exposure!.Hops.ShouldBe(1);
        chain.Queries.Max(q => q.Blocks!.Value.Last).ShouldBe(170 + 144);
    }

    private static TraceRequest Ask(Direction direction) => new()
    {
        From = [AddressList.Of("case", CoinStory.At('S'))],
        To = [CoinStory.At('W')],
        MaxHops = 6,
        Direction = direction,
        Window = new TraceWindow(FirstBlock: 100),
    };

    private static Task<TransferGraph> CollectAsync(IReadOnlyList<Movement> movements, TraceRequest request)
    {
        FakeChain chain = new([], 100, 150, Chain.Bitcoin) { Movements = movements, BlocksPerQuery = 30, AddressesPerQuery = 2 };
        return new Collector(chain, new CollectOptions { Way = CollectWay.Addresses }).CollectAsync(request);
    }
}
