using ChainWatch.Bitcoin;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using NBitcoin;
using NBitcoin.Protocol;

namespace ChainWatch.NBitcoin.Tests;

/// <summary>What a peer says of headers that are known: more work is followed; less, or nothing, takes nothing back.</summary>
public sealed class PeerHeadersTests
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task OldHeaders_AreNoAnswer_AndTheRightOneIsWaitedFor()
    {
        using StandInPeer peer = new(5);
        ConcurrentChain headers = await HeadersOfAsync(peer);
        peer.OnHeaders = answer => [peer.Headers[..3], answer];
        using Node node = await ConnectAsync(peer);
        BitcoinTransferSource source = node.AsTransferSource(headers: headers);
        (await source.FindHeadAsync()).Height.ShouldBe(5);
        (await source.FindBlockAsync(5))!.Hash.ShouldBe(peer.Blocks[5].GetHash().ToString());
    }

    [Fact]
    public async Task APeerThatIsStillCatchingUp_IsAnError_AndTakesNothingBack()
    {
        using StandInPeer peer = new(5);
        ConcurrentChain headers = await HeadersOfAsync(peer);
        peer.OnHeaders = _ => [peer.Headers[..3]];
        RpcException error = await FailureAsync(peer, headers);
        (error.Kind, error.Message).ShouldBe((RpcErrorKind.Transient, $"{peer.Endpoint}: getheaders: no answer within 2 s; the peer is slow, or still catching up"));
        headers.Height.ShouldBe(5);
    }

    [Fact]
    public async Task APeerThatDoesNotHaveTheNewestKnown_IsAnError()
    {
        using StandInPeer peer = new(5);
        ConcurrentChain headers = await HeadersOfAsync(peer);
        peer.Headers = peer.Headers[..4];
        RpcException error = await FailureAsync(peer, headers);
        (error.Kind, error.Message).ShouldBe((RpcErrorKind.BadAnswer, $"{peer.Endpoint}: getheaders: does not have block {peer.Blocks[5].GetHash()} at height 5, the newest known; expected a peer that has all blocks"));
        headers.Height.ShouldBe(5);
    }

    [Theory]
    [InlineData(4)]
    [InlineData(5)]
    public async Task ABranchWithoutMoreWork_IsAnError_AndTakesNothingBack(int blocks)
    {
        using StandInPeer first = new(5);
        using StandInPeer other = new(blocks, branch: 1);
        ConcurrentChain headers = await HeadersOfAsync(first);
        RpcException error = await FailureAsync(other, headers);
        (error.Kind, error.Message).ShouldBe((RpcErrorKind.BadAnswer, $"{other.Endpoint}: getheaders: its branch that ends with block {other.Blocks[^1].GetHash()} at height {blocks} has no more work than that of block {first.Blocks[5].GetHash()} at height 5, the newest known; expected a peer that has the branch with the most"));
        headers.Tip.HashBlock.ShouldBe(first.Blocks[5].GetHash());
    }

    [Fact]
    public async Task ABranchWithMoreWork_IsFollowed()
    {
        using StandInPeer first = new(5);
        using StandInPeer other = new(6, branch: 1);
        ConcurrentChain headers = await HeadersOfAsync(first);
        using Node node = await ConnectAsync(other);
        (await node.AsTransferSource(headers: headers).FindHeadAsync()).Hash.ShouldBe(other.Blocks[6].GetHash().ToString());
        headers.Tip.HashBlock.ShouldBe(other.Blocks[6].GetHash());
    }

    [Fact]
    public async Task AnswersThatGoBackAndForth_ComeToAnEnd()
    {
        using StandInPeer peer = new(2000);
        using StandInPeer other = new(2000, branch: 1);
        int asked = 0;
        peer.OnHeaders = _ => [(asked++ % 2 == 0 ? peer : other).Headers];
        using Node node = await ConnectAsync(peer);
        RpcException error = await Should.ThrowAsync<RpcException>(() => node.AsTransferSource().FindHeadAsync().WaitAsync(Long));
        error.Message.ShouldContain("has no more work than");
        asked.ShouldBe(2);
    }

    [Fact]
    public async Task HeadersThatDoNotFollowEachOther_AreAnError()
    {
        using StandInPeer peer = new(5);
        peer.Headers = [peer.Headers[0], peer.Headers[2]];
        RpcException error = await FailureAsync(peer, new ConcurrentChain(Network.RegTest));
        error.Message.ShouldBe($"{peer.Endpoint}: getheaders: the header {peer.Blocks[3].GetHash()} at height 2 does not follow the one before, or has not the proof of work that the network's rules ask for");
    }

    [Fact]
    public async Task LessWorkThanTheNetworksRulesName_IsAnError()
    {
        using StandInPeer peer = new(0, network: Network.Main);
        RpcException error = await FailureAsync(peer, new ConcurrentChain(Network.Main));
        (error.Kind, error.Message).ShouldBe((RpcErrorKind.BadAnswer, $"{peer.Endpoint}: getheaders: its chain of 0 blocks has less work than the network's rules name; expected a peer that has all blocks"));
    }

    // NBitcoin names a least work there that no chain has.
    [Fact]
    public async Task OfTestnet4_NoLeastWorkIsAskedFor()
    {
        using StandInPeer peer = new(0, network: Chain.BitcoinTestnet4.ToNetwork());
        using Node node = await ConnectAsync(peer);
        (await node.AsTransferSource().FindHeadAsync()).Hash.ShouldBe("00000000da84f2bafbbc53dee25a72ae507ff4914b867c565be350b0da8bf043");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task WhoCancelsASharedQuestion_CancelsItForNobodyElse(bool isFirst)
    {
        using StandInPeer peer = new(5);
        using Node node = await ConnectAsync(peer);
        BitcoinTransferSource source = node.AsTransferSource();
        if (!isFirst)
        {
            await source.ProbeAsync();
        }

        TaskCompletionSource asked = new();
        peer.OnHeaders = _ =>
        {
            asked.TrySetResult();
            return [];
        };
        using CancellationTokenSource first = new();
        using CancellationTokenSource second = new();
        Task asking = isFirst ? source.ProbeAsync(first.Token) : source.FindHeadAsync(first.Token);
        await asked.Task.WaitAsync(Long);
        Task<BlockRef> waiting = source.FindHeadAsync(second.Token);
        Task<BlockRef> third = source.FindHeadAsync();
        await second.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => waiting.WaitAsync(Long));
        (asking.IsCompleted, third.IsCompleted).ShouldBe((false, false));
        peer.OnHeaders = answer => [answer];
        await first.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => asking.WaitAsync(Long));
        (await third.WaitAsync(Long)).Height.ShouldBe(5);
    }

    private static Task<Node> ConnectAsync(StandInPeer peer) => Node.ConnectAsync(peer.Network, peer.Endpoint);

    private static async Task<ConcurrentChain> HeadersOfAsync(StandInPeer peer)
    {
        using Node node = await ConnectAsync(peer);
        ConcurrentChain headers = new(peer.Network);
        await node.AsTransferSource(headers: headers).FindHeadAsync();
        headers.Height.ShouldBe(peer.Blocks.Length - 1);
        return headers;
    }

    private static async Task<RpcException> FailureAsync(StandInPeer peer, ConcurrentChain headers)
    {
        using Node node = await ConnectAsync(peer);
        return await Should.ThrowAsync<RpcException>(() => node.AsTransferSource(headers: headers, answerTimeout: Short).FindHeadAsync());
    }
}
