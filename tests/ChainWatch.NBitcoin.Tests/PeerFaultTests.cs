using ChainWatch.Bitcoin;
using ChainWatch.Bitcoin.Tests.Source;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using NBitcoin;
using NBitcoin.Protocol;

namespace ChainWatch.NBitcoin.Tests;

/// <summary>Peers that lie, lack blocks, or say nothing: a gap or an error of one line, never a smaller answer.</summary>
public sealed class PeerFaultTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task APeerThatIsTrue_IsGreetedByTheFirstQuestion_AndReadWhole()
    {
        using StandInPeer peer = new(2100);
        using Node node = await Node.ConnectAsync(Network.RegTest, peer.Endpoint);
        BitcoinTransferSource source = node.AsTransferSource();
        (await source.FindHeadAsync()).Height.ShouldBe(2100, "more headers than an answer holds");
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(source, 2000, 2100);

        coverage.Gaps.ShouldBeEmpty();
        coverage.Notes.ShouldBeEmpty();
        kept.Movements.Select(m => m.Tx).ShouldBe(peer.Blocks[2000..].Select(b => (TxId?)b.Transactions[0].GetHash().ToTxId()));
        kept.Movements.ShouldAllBe(m => m.Outputs.Single().Owner == Address.Parse("mipcBbFg9gMiCh81Kj8tqqdgoZub1ZJRfn", Chain.BitcoinRegtest));
    }

    [Fact]
    public async Task ABlockWithAnotherTransaction_IsAGap()
    {
        using StandInPeer peer = new(5);
        Block other = Block.Load(peer.Blocks[3].ToBytes(), Network.RegTest);
        other.Transactions[0].Outputs[0].Value = Money.Coins(49);
        peer.OnBlock = (_, block) => new BlockPayload(block == peer.Blocks[3] ? other : block);
        (Kept kept, SourceCoverage coverage) = await ReadAsync(peer);

        CoverageGap gap = coverage.Gaps.ShouldHaveSingleItem();
        gap.Kind.ShouldBe(GapKind.UnverifiedAnswer);
        gap.Detail.ShouldStartWith($"block 3 could not be read: {peer.Endpoint}: byte 36: the header's merkle root is ");
        kept.Movements.Select(m => m.Position.Block).ShouldBe([1L, 2, 4, 5]);
    }

    [Fact]
    public async Task ABlockThatThePeerDoesNotHave_IsAGap()
    {
        using StandInPeer peer = new(5);
        peer.OnBlock = (_, block) => block == peer.Blocks[3] ? new NotFoundPayload(InventoryType.MSG_WITNESS_BLOCK, block.GetHash()) : new BlockPayload(block);
        (Kept kept, SourceCoverage coverage) = await ReadAsync(peer);

        CoverageGap gap = coverage.Gaps.ShouldHaveSingleItem();
        (gap.Kind, gap.Detail).ShouldBe((GapKind.MissingBlocks, $"block 3 could not be read: {peer.Endpoint}: getdata: does not have block {peer.Blocks[3].GetHash()}"));
        kept.Movements.Count.ShouldBe(4);
    }

    [Fact]
    public async Task AMalformedAnswer_IsAGap()
    {
        using StandInPeer peer = new(5);
        peer.OnBlock = (_, block) => block == peer.Blocks[3] ? new UnknownPayload("notfound") { Data = [9] } : new BlockPayload(block);
        (_, SourceCoverage coverage) = await ReadAsync(peer);

        coverage.Gaps.ShouldContain(g => g.Kind == GapKind.UnverifiedAnswer && g.Detail == $"block 3 could not be read: {peer.Endpoint}: getdata: the answer 'notfound' is malformed");
    }

    [Fact]
    public async Task AnotherBlockThanAskedFor_IsNoAnswer_AndSilenceIsAnError()
    {
        using StandInPeer peer = new(5);
        peer.OnBlock = (_, block) => block == peer.Blocks[3] ? new BlockPayload(peer.Blocks[2]) : new BlockPayload(block);
        RpcException error = await Should.ThrowAsync<RpcException>(() => ReadAsync(peer, Short));
        (error.Kind, error.Message).ShouldBe((RpcErrorKind.Transient, $"{peer.Endpoint}: getdata: no answer within 3 s; the peer is slow, or still catching up"));
    }

    [Fact]
    public async Task AConnectionThatIsCutInTheMiddle_IsAnError()
    {
        using StandInPeer peer = new(5);
        peer.OnBlock = (node, block) =>
        {
            if (block == peer.Blocks[3])
            {
                node.DisconnectAsync();
                return null;
            }

            return new BlockPayload(block);
        };
        RpcException error = await Should.ThrowAsync<RpcException>(() => ReadAsync(peer));
        (error.Kind, error.Message).ShouldBe((RpcErrorKind.Unreachable, $"{peer.Endpoint}: getdata: the connection is gone; expected a peer that stays"));
    }

    [Fact]
    public async Task AHeaderWithoutWork_AndOneWithAnEasierTarget_AreErrors()
    {
        using StandInPeer peer = new(5);
        foreach (Action<BlockHeader> spoil in new Action<BlockHeader>[] { h => Search(h, hasWork: false), h => Easier(h) })
        {
            BlockHeader header = new(peer.Blocks[5].Header.ToBytes(), Network.RegTest);
            spoil(header);
            peer.Headers = [.. peer.Blocks[1..5].Select(b => b.Header), header];
            using Node node = await Node.ConnectAsync(Network.RegTest, peer.Endpoint);
            RpcException error = await Should.ThrowAsync<RpcException>(() => node.AsTransferSource().ProbeAsync());
            (error.Kind, error.Message).ShouldBe((RpcErrorKind.BadAnswer, $"{peer.Endpoint}: getheaders: the header {header.GetHash()} at height 5 does not follow the one before, or has not the proof of work that the network's rules ask for"));
        }
    }

    [Fact]
    public async Task APeerThatKeepsTheNewestBlocksAlone_SaysFromWhere()
    {
        using StandInPeer peer = new(300, NodeServices.NODE_NETWORK_LIMITED | NodeServices.NODE_WITNESS);
        using Node node = await Node.ConnectAsync(Network.RegTest, peer.Endpoint);
        (await node.AsTransferSource().ProbeAsync()).FirstBlock.ShouldBe(13);
    }

    [Fact]
    public async Task ANodeThatIsGone_IsAnErrorOfOneLine()
    {
        using StandInPeer peer = new(1);
        Node node = await Node.ConnectAsync(Network.RegTest, peer.Endpoint);
        node.Disconnect();
        RpcException error = await Should.ThrowAsync<RpcException>(() => node.AsTransferSource(answerTimeout: Short).ProbeAsync());
        error.Kind.ShouldBe(RpcErrorKind.Unreachable);
        error.Message.ShouldStartWith($"{peer.Endpoint}: version: no greeting; expected a node that is connected");
    }

    [Fact]
    public async Task Cancelled_EndsAtOnce()
    {
        using StandInPeer peer = new(5);
        peer.OnBlock = (_, _) => null;
        using Node node = await Node.ConnectAsync(Network.RegTest, peer.Endpoint);
        using CancellationTokenSource stop = new();
        BitcoinTransferSource source = node.AsTransferSource();
        await source.ProbeAsync();
        ValueTask<IReadOnlyList<SourceCoverage>> reading = source.ReadAsync(new TransferQuery { Blocks = new BlockWindow(1, 5) }, new Kept(), stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(async () => await reading);
    }

    [Fact]
    public async Task ATimeOutOfNothing_IsRefused()
    {
        using StandInPeer peer = new(1);
        using Node node = await Node.ConnectAsync(Network.RegTest, peer.Endpoint);
        Should.Throw<ChainWatchException>(() => node.AsTransferSource(answerTimeout: TimeSpan.Zero)).Message.ShouldBe("a time-out of 00:00:00; expected more than zero");
    }

    private static async Task<(Kept Kept, SourceCoverage Coverage)> ReadAsync(StandInPeer peer, TimeSpan? timeout = null)
    {
        using Node node = await Node.ConnectAsync(Network.RegTest, peer.Endpoint);
        return await Kept.OfAsync(node.AsTransferSource(answerTimeout: timeout), 1, 5);
    }

    private static void Search(BlockHeader header, bool hasWork)
    {
        while (header.CheckProofOfWork() != hasWork)
        {
            header.Nonce++;
        }
    }

    // Another target than the rules ask for, which the header meets.
    private static void Easier(BlockHeader header)
    {
        header.Bits = new Target(0x1f7fffff);
        Search(header, hasWork: true);
    }
}
