using ChainWatch.Ethereum.Decoding;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Ethereum;

/// <summary>
/// Transfers of Ethereum, or of another EVM chain, from a node: by blocks, by addresses, by transactions. What the node can
/// answer is probed once; what it cannot show is in the coverage.
/// </summary>
public sealed class EthereumTransferSource : IChainSource
{
    private readonly JsonRpcClient _client;
    private readonly EthereumSourceOptions _options;
    private readonly NodeProbe _probe;
    private readonly Lock _lock = new();
    private Task<NodeSession>? _session;

    /// <summary>A source over a node. The client stays the caller's.</summary>
    /// <param name="client">The node's client.</param>
    /// <param name="options">How to read; null: the defaults.</param>
    /// <param name="clock">Tells when the node was asked; null: the system's.</param>
    public EthereumTransferSource(JsonRpcClient client, EthereumSourceOptions? options = null, TimeProvider? clock = null)
    {
        _client = client;
        _options = options ?? new EthereumSourceOptions();
        _probe = new NodeProbe(client, _options, clock ?? TimeProvider.System);
    }

    /// <inheritdoc/>
    public long RequestCount => _client.RequestCount;

    /// <inheritdoc/>
    public long BytesReceived => _client.BytesReceived;

    /// <inheritdoc/>
    public async Task<SourceProfile> ProbeAsync(CancellationToken cancellationToken = default) => (await SessionAsync(cancellationToken).ConfigureAwait(false)).Profile;

    /// <inheritdoc/>
    public async Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken = default)
    {
        // Asked anew because the chain may be another one than before: so are the headers.
        (await SessionAsync(cancellationToken).ConfigureAwait(false)).ForgetHeadersFrom(0);
        using RpcAnswer answer = await _client.CallAsync(NodeCalls.Block("latest"), null, cancellationToken).ConfigureAwait(false);
        return BlockReader.RefOf(BlockDecoder.Decode(answer.Result.Span));
    }

    /// <inheritdoc/>
    public async Task<BlockRef?> FindBlockAsync(long height, CancellationToken cancellationToken = default) =>
        await (await SessionAsync(cancellationToken).ConfigureAwait(false)).Reader.FindAsync(height, cancellationToken).ConfigureAwait(false);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default)
    {
        NodeSession session = await SessionAsync(cancellationToken).ConfigureAwait(false);
        BlockWindow blocks = query.Blocks?.UpTo(session.Profile.Head.Height) ?? new BlockWindow(session.Profile.FirstBlock, session.Profile.Head.Height);
        SourceCoverage coverage = query.Transactions is not null ? await new TransactionsQuery(session).ReadAsync(query.Transactions, sink, cancellationToken).ConfigureAwait(false)
            : query.Addresses is not null ? await new AddressesQuery(session).ReadAsync(query.Addresses, query.Side, blocks, sink, cancellationToken).ConfigureAwait(false)
            : await new BlocksQuery(session).ReadAsync(blocks, sink, cancellationToken).ConfigureAwait(false);
        return [coverage];
    }

    // Probed once; a probe that failed is tried again by the next question.
    private Task<NodeSession> SessionAsync(CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            return _session is { IsFaulted: false, IsCanceled: false } known ? known : _session = OpenAsync(cancellationToken);
        }
    }

    private async Task<NodeSession> OpenAsync(CancellationToken cancellationToken)
    {
        (SourceProfile profile, NodeCapabilities capabilities) = await _probe.RunAsync(cancellationToken).ConfigureAwait(false);
        return new NodeSession(_client, _options, profile, capabilities);
    }
}
