using ChainWatch.Collecting;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Bitcoin;
using ChainWatch.Tracing;

namespace ChainWatch.Bitcoin.Tests.Source;

/// <summary>A trace over a real node, collected by blocks: kept, and after a reorganisation of the new branch.</summary>
public sealed class CollectedCoinsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chainwatch-collected-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SkippableFact]
    public async Task CollectedAgain_AsksForNothingTwice_AndAReorganisationIsSeen()
    {
        await using SpentCoins chain = await SpentCoins.StartAsync();
        Address seed = Address.Parse(chain.Keys[KeyKind.SegwitScript], Chain.Bitcoin);
        Address nested = Address.Parse(chain.Nested, Chain.Bitcoin);
        Address legacy = Address.Parse(chain.Keys[KeyKind.Legacy], Chain.Bitcoin);
        TraceRequest request = new() { From = [AddressList.Of("seed", seed)], To = [nested, legacy], MaxHops = 3 };

        (TraceResult first, long requests) = await TraceAsync(chain.Node, request);
        (TraceResult again, long few) = await TraceAsync(chain.Node, request);

        first.Coverage.Gaps.ShouldBeEmpty();
        HopsOf(first, nested).ShouldBe(1, "the output of the transaction that spends the seed's");
        HopsOf(first, legacy).ShouldBe(2, "it is paid by the nested address");
        Bytes(again).ShouldBe(Bytes(first));
        few.ShouldBeLessThan(requests / 4, "what is at hand is not asked for again");
        SourceCoverage source = first.Coverage.Sources.ShouldHaveSingleItem();
        source.Notes.ShouldContain("the endpoint serves bitcoin-regtest (genesis 0f91…), taken as bitcoin on the user's word");
        source.Windows.ShouldHaveSingleItem().Last.ShouldBe(454);

        await chain.Node.ReorgAsync(3, [new Spend([(chain.Funds, 1)], [(SpentCoins.Taproot, 5)])]);
        (TraceResult after, _) = await TraceAsync(chain.Node, request);

        after.Coverage.Gaps.ShouldBeEmpty();
        after.Exposures.ShouldNotContain(e => e.Address == nested, "the branch that paid it is gone");
        after.Coverage.Sources.Single().Windows.Single().LastHash.ShouldBe(await chain.Node.BlockHashAsync(455));
    }

    private static int HopsOf(TraceResult result, Address address) => result.Exposures.Single(e => e.Address == address).Hops;

    private static string Bytes(TraceResult result) => string.Join('\n', result.Coverage.Chains.Select(c => c.ContentSha256));

    private async Task<(TraceResult Result, long Requests)> TraceAsync(Bcoin bcoin, TraceRequest request)
    {
        using NodeSource node = NodeSource.Of(bcoin, new BitcoinSourceOptions { TakenAs = Chain.Bitcoin, BlocksPerQuery = 40 });
        TransferGraph graph = await new Collector(node.Source, new CollectOptions { Way = CollectWay.Blocks, StateFolder = Path.Combine(_folder, "state") }).CollectAsync(request);
        return (Tracer.Trace(graph, request), node.Source.RequestCount);
    }
}
