using ChainWatch.Bitcoin.Node;
using ChainWatch.Bitcoin.Proofs;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin;

/// <summary>
/// Transactions of Bitcoin from a node compatible with Bitcoin Core, over JSON-RPC, or from a peer of Bitcoin's network: by blocks
/// alone. What the node can answer is probed once. Every block is checked: its bytes hash to its hash, and its transactions are
/// those that its header names.
/// </summary>
/// <remarks>
/// What an input spends does not stand in a block, and a peer does not tell it. A node with <c>getblock HASH 3</c> (Bitcoin Core 25 and later) tells it, and
/// is believed: a false value or script there cannot be seen. Elsewhere it is taken from the transactions that made the outputs,
/// whose ids are checked: those read before, and where the node has an index those that <c>getrawtransaction</c> gives. What is
/// not found so is found by the graph among all outputs at hand, or is a gap. The highest final block is six below the head, by
/// custom.
/// </remarks>
public sealed class BitcoinTransferSource : IChainSource
{
    private readonly Func<CancellationToken, Task<NodeSession>> _open;
    private readonly Func<long> _requests;
    private readonly Func<long> _bytes;
    private readonly Lock _lock = new();
    private Task<NodeSession>? _session;

    /// <summary>A source over a node. The client stays the caller's.</summary>
    /// <param name="client">The node's client.</param>
    /// <param name="options">How to read; null: the defaults.</param>
    /// <param name="clock">Tells when the node was asked; null: the system's.</param>
    public BitcoinTransferSource(JsonRpcClient client, BitcoinSourceOptions? options = null, TimeProvider? clock = null)
    {
        NodeProbe probe = new(client, options ?? new BitcoinSourceOptions(), clock ?? TimeProvider.System);
        (_open, _requests, _bytes) = (token => OpenAsync(probe, token), () => client.RequestCount, () => client.BytesReceived);
    }

    /// <summary>A source over a peer. Its connection stays the caller's.</summary>
    /// <param name="peer">The peer.</param>
    /// <param name="options">How to read; null: the defaults.</param>
    /// <param name="clock">Tells when the peer was asked; null: the system's.</param>
    public BitcoinTransferSource(IBlockPeer peer, BitcoinSourceOptions? options = null, TimeProvider? clock = null)
    {
        PeerProbe probe = new(peer, options ?? new BitcoinSourceOptions(), clock ?? TimeProvider.System);
        (_open, _requests, _bytes) = (probe.RunAsync, () => peer.RequestCount, () => peer.BytesReceived);
    }

    /// <inheritdoc/>
    public long RequestCount => _requests();

    /// <inheritdoc/>
    public long BytesReceived => _bytes();

    /// <inheritdoc/>
    public async Task<SourceProfile> ProbeAsync(CancellationToken cancellationToken = default) => (await SessionAsync(cancellationToken).ConfigureAwait(false)).Profile;

    /// <inheritdoc/>
    public async Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken = default) =>
        await (await SessionAsync(cancellationToken).ConfigureAwait(false)).Reader.FindHeadAsync(cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async Task<BlockRef?> FindBlockAsync(long height, CancellationToken cancellationToken = default) =>
        await (await SessionAsync(cancellationToken).ConfigureAwait(false)).Reader.FindAsync(height, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">The query is by addresses or by transactions: the profile says that it cannot be.</exception>
    public async ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default)
    {
        if (query.Addresses is not null || query.Transactions is not null)
        {
            throw new NotSupportedException("a Bitcoin node is asked by blocks alone");
        }

        NodeSession session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        BlockWindow blocks = query.Blocks?.UpTo(session.Profile.Head.Height) ?? new BlockWindow(session.Profile.FirstBlock, session.Profile.Head.Height);
        return [await new BlocksQuery(session).ReadAsync(blocks, sink, cancellationToken).ConfigureAwait(false)];
    }

    /// <summary>The node's blocks as bytes, each checked as those that transfers are taken from.</summary>
    /// <exception cref="ChainWatchException">The node cannot be reached, or is not what it was taken for.</exception>
    public async Task<IRawBlocks> OpenBlocksAsync(CancellationToken cancellationToken = default) => new RawNodeBlocks(await SessionAsync(cancellationToken).ConfigureAwait(false));

    // Probed once; a probe that failed is tried again by the next question, and one whose asker gave it up by those who wait for it.
    private async Task<NodeSession> SessionAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task<NodeSession> session;
            bool isOwn;
            lock (_lock)
            {
                isOwn = _session is null or { IsFaulted: true } or { IsCanceled: true };
                session = isOwn ? _session = _open(cancellationToken) : _session!;
            }

            try
            {
                return await session.WaitAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!isOwn && !cancellationToken.IsCancellationRequested)
            {
            }
        }
    }

    private static async Task<NodeSession> OpenAsync(NodeProbe probe, CancellationToken cancellationToken)
    {
        try
        {
            return await probe.RunAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.Kind == RpcErrorKind.Unauthorized)
        {
            throw new RpcException(e.Kind, $"{e.Message}: user:password@ in the URL, or the node's .cookie file", e.Code, inner: e);
        }
        catch (RpcException e) when (e.Kind == RpcErrorKind.MethodUnsupported)
        {
            throw new RpcException(e.Kind, $"{e.Message}; expected a node of Bitcoin, which answers getblockchaininfo and getblock", e.Code, inner: e);
        }
    }
}
