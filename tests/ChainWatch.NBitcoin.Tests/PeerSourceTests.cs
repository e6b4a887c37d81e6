using ChainWatch.Bitcoin;
using ChainWatch.Bitcoin.Tests.Source;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Bitcoin;
using NBitcoin;
using NBitcoin.Protocol;

namespace ChainWatch.NBitcoin.Tests;

/// <summary>The blocks that a real node gives to a peer hold the movements that it tells over JSON-RPC.</summary>
public sealed class PeerSourceTests(SharedCoins shared) : IClassFixture<SharedCoins>
{
    private static readonly BitcoinSourceOptions AsMainnet = new() { TakenAs = Chain.Bitcoin };

    [SkippableFact]
    public async Task EveryBlock_EqualsOurOwnAdapters()
    {
        Bcoin bcoin = shared.Node;
        using NodeSource own = NodeSource.Of(bcoin);
        using Node node = await ConnectAsync(bcoin);
        BitcoinTransferSource source = node.AsTransferSource(AsMainnet);
        (Kept expected, SourceCoverage expectedCoverage) = await Kept.OfAsync(own.Source, 0, 454);
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(source, 0, 454);

        kept.Movements.Count.ShouldBe(455 + 4);

        // What inputs spend is found by the graph, where a node with an index told it.
        (byte[] transfers, Coverage whole) = kept.Resolved();
        transfers.ShouldBe(expected.Resolved().Transfers);
        whole.Gaps.ShouldBeEmpty();
        kept.Movements.Select(m => Kept.Text(m with { Inputs = [] })).ShouldBe(expected.Movements.Select(m => Kept.Text(m with { Inputs = [] })));
        coverage.Windows.ShouldBe(expectedCoverage.Windows);
        coverage.Counts.ShouldBe(expectedCoverage.Counts);
        (coverage.Name, coverage.Kind, coverage.Rows).ShouldBe(($"{bcoin.PeerEndpoint}", "bitcoin-peer", 455));
        coverage.Gaps.ShouldBeEmpty();
        coverage.Notes.ShouldBe(["the peer serves bitcoin-regtest, taken as bitcoin on the user's word"]);
        source.BytesReceived.ShouldBeGreaterThan(455 * 80);
    }

    [SkippableFact]
    public async Task Probe_TellsWhatThePeerIs()
    {
        Bcoin bcoin = shared.Node;
        using NodeSource own = NodeSource.Of(bcoin);
        using Node node = await ConnectAsync(bcoin);
        BitcoinTransferSource source = node.AsTransferSource();
        SourceProfile profile = await source.ProbeAsync();

        profile.Chain.ShouldBe(Chain.BitcoinRegtest);
        profile.ClientVersion!.ShouldContain("bcoin");
        profile.Head.ShouldBe(await own.Source.FindHeadAsync());
        (profile.FirstBlock, profile.FinalizedBlock).ShouldBe((0, 448));
        profile.Capabilities.ShouldBe(["getheaders", "getdata"]);
        profile.ByBlocks!.Notes.Single().ShouldContain("does not tell what inputs spend");
        (await source.FindBlockAsync(100)).ShouldBe(await own.Source.FindBlockAsync(100));
        (await source.FindBlockAsync(455)).ShouldBeNull();
        (await (await source.OpenBlocksAsync()).ReadBlockAsync(SpentCoins.SpentHeight)).ShouldBe(await (await own.Source.OpenBlocksAsync()).ReadBlockAsync(SpentCoins.SpentHeight), "with its witness");
    }

    [SkippableFact]
    public async Task APartOfTheChain_LeavesOwnersUnknown_AndTheGraphSaysSo()
    {
        using Node node = await ConnectAsync(shared.Node);
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(node.AsTransferSource(AsMainnet), SpentCoins.SpentHeight, 454);

        coverage.Gaps.ShouldBeEmpty();
        kept.Movements.Single(m => m.Tx == shared.Chain.Spent).Inputs.ShouldAllBe(i => i.IsUnknown);
        kept.Resolved().Coverage.Gaps.ShouldContain(g => g.Kind == GapKind.UnknownInputOwner);
    }

    [SkippableFact]
    public async Task KnownHeaders_AreBroughtUpToDate_AndThoseOfAnotherChainRefused()
    {
        Bcoin bcoin = shared.Node;
        using Node node = await ConnectAsync(bcoin);
        ConcurrentChain headers = new(Network.RegTest);
        (await node.AsTransferSource(headers: headers).FindHeadAsync()).Height.ShouldBe(454);
        headers.Height.ShouldBe(454);
        ConcurrentChain saved = new(headers.ToBytes(), Network.RegTest);
        (await node.AsTransferSource(headers: saved).FindHeadAsync()).Hash.ShouldBe(await bcoin.BlockHashAsync(454));
        Should.Throw<ChainWatchException>(() => node.AsTransferSource(headers: new ConcurrentChain(Network.Main)))
            .Message.ShouldBe("the headers begin with block 000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f; expected 0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206, the first of bitcoin-regtest");
    }

    [SkippableFact]
    public async Task AfterAReorganisation_TheNewBranchIsRead_AndNewBlocksAreSeen()
    {
        await using SpentCoins chain = await SpentCoins.StartAsync();
        using Node node = await ConnectAsync(chain.Node);
        BitcoinTransferSource source = node.AsTransferSource(AsMainnet);
        (Kept before, _) = await Kept.OfAsync(source, 450, 454);
        before.Movements.ShouldContain(m => m.Tx == chain.Spent);
        TxId other = (await chain.Node.ReorgAsync(3, [new Spend([(chain.Funds, 1)], [(SpentCoins.Taproot, 5)])])).Single();
        (Kept after, SourceCoverage coverage) = await Kept.OfAsync(source, 450, 455);

        after.Movements.ShouldNotContain(m => m.Tx == chain.Spent);
        after.Movements.ShouldContain(m => m.Tx == other);
        coverage.Windows.Single().LastHash.ShouldBe(await chain.Node.BlockHashAsync(455));
        coverage.Gaps.ShouldBeEmpty();
        await chain.Node.MineAsync(2);
        (await source.FindHeadAsync()).Hash.ShouldBe(await chain.Node.BlockHashAsync(457));
    }

    [SkippableFact]
    public async Task APeerThatGoesAway_IsAnErrorOfOneLine()
    {
        await using SpentCoins chain = await SpentCoins.StartAsync();
        using Node node = await ConnectAsync(chain.Node);
        BitcoinTransferSource source = node.AsTransferSource(AsMainnet);
        await source.ProbeAsync();
        await chain.Node.StopAsync();
        RpcException error = await Should.ThrowAsync<RpcException>(async () => await source.ReadAsync(new TransferQuery { Blocks = new BlockWindow(0, 454) }, new Kept()));

        error.Kind.ShouldBe(RpcErrorKind.Unreachable);
        error.Message.ShouldBe($"{chain.Node.PeerEndpoint}: getheaders: the connection is gone; expected a peer that stays");
    }

    // bcoin greets whoever connects at once, which NBitcoin may miss: then another connection is made.
    private static async Task<Node> ConnectAsync(Bcoin bcoin)
    {
        for (int tries = 1; ; tries++)
        {
            Node node = await Node.ConnectAsync(Network.RegTest, bcoin.PeerEndpoint);
            using CancellationTokenSource limit = new(TimeSpan.FromSeconds(1));
            try
            {
                node.VersionHandshake(limit.Token);
                return node;
            }
            catch (Exception) when (tries < 20)
            {
                node.Dispose();
            }
        }
    }
}
