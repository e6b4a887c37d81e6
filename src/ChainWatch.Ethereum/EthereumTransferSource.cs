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
    private readonly SemaphoreSlim _probing = new(1);
    private NodeSession? _session;

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
        BlockWindow blocks = query.Blocks ?? new BlockWindow(session.Profile.FirstBlock, session.Profile.Head.Height);
        SourceCoverage coverage = query.Transactions is not null ? await new TransactionsQuery(session).ReadAsync(query.Transactions, sink, cancellationToken).ConfigureAwait(false)
            : query.Addresses is not null ? await new AddressesQuery(session).ReadAsync(query.Addresses, query.Side, blocks, sink, cancellationToken).ConfigureAwait(false)
            : await new BlocksQuery(session).ReadAsync(blocks, sink, cancellationToken).ConfigureAwait(false);
        return [coverage];
    }

    private async Task<NodeSession> SessionAsync(CancellationToken cancellationToken)
    {
        if (_session is not null)
        {
            return _session;
        }

        await _probing.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_session is null)
            {
                (SourceProfile profile, NodeCapabilities capabilities) = await _probe.RunAsync(cancellationToken).ConfigureAwait(false);
                _session = new NodeSession(_client, _options, profile, capabilities);
            }

            return _session;
        }
        finally
        {
            _probing.Release();
        }
    }
}
