using ChainWatch.Bitcoin.Esplora;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin;

/// <summary>
/// Transactions of addresses from a server with Esplora's REST API: Blockstream's, mempool.space's, or one's own electrs. It is
/// asked by addresses and by transactions, and learns the addresses.
/// </summary>
/// <remarks>
/// What can be recomputed is: transactions' ids, blocks' hashes and merkle roots, and with them every transaction's place, its
/// outputs' owners, and (see <see cref="EsploraOptions.VerifyPreviousOutputs"/>) whose outputs it spends. That a history is whole
/// rests on the endpoint's own count. Source of the API: Blockstream/esplora, API.md, and the source of Blockstream/electrs.
/// </remarks>
public sealed class EsploraTransferSource : IChainSource
{
    private readonly EsploraClient _client;
    private readonly EsploraOptions _options;
    private readonly TimeProvider _clock;
    private readonly BlockBook _blocks;
    private readonly PreviousOutputs _previous;
    private readonly Lock _lock = new();
    private Task<SourceProfile>? _profile;

    /// <summary>A source over a server. The client stays the caller's.</summary>
    /// <param name="client">The server's client; its URL is the API's base, such as <c>https://blockstream.info/api</c>.</param>
    /// <param name="options">How to read; null: the defaults.</param>
    /// <param name="clock">Tells when the server was asked; null: the system's.</param>
    public EsploraTransferSource(RestClient client, EsploraOptions? options = null, TimeProvider? clock = null)
    {
        _client = new EsploraClient(client);
        _options = options ?? new EsploraOptions();
        _clock = clock ?? TimeProvider.System;
        _blocks = new BlockBook(_client);
        _previous = new PreviousOutputs(_client, _options);
    }

    /// <inheritdoc/>
    public long RequestCount => _client.Rest.RequestCount;

    /// <inheritdoc/>
    public long BytesReceived => _client.Rest.BytesReceived;

    /// <inheritdoc/>
    public Task<SourceProfile> ProbeAsync(CancellationToken cancellationToken = default)
    {
        lock (_lock)
        {
            return _profile is { IsFaulted: false, IsCanceled: false } known
                ? known
                : _profile = new EsploraProbe(_client, _blocks, _options, _clock).FindProfileAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken = default)
    {
        _blocks.Forget();
        return _blocks.HeadAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public Task<BlockRef?> FindBlockAsync(long height, CancellationToken cancellationToken = default) => _blocks.FindAsync(height, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default)
    {
        SourceProfile profile = await ProbeAsync(cancellationToken).ConfigureAwait(false);
        EsploraQuery work = new(_client, _blocks, _previous, _options, profile.Chain, sink);
        if (query.Transactions is not null)
        {
            await work.ReadAsync(query.Transactions, cancellationToken).ConfigureAwait(false);
        }
        else if (query.Addresses is not null)
        {
            await work.ReadAsync(query.Addresses, query.Side, query.Blocks?.UpTo(profile.Head.Height) ?? new BlockWindow(0, profile.Head.Height), cancellationToken).ConfigureAwait(false);
        }
        else
        {
            throw new ChainWatchException($"{profile.Name} is asked by addresses; expected a query with addresses or transactions");
        }

        return [new SourceCoverage { Name = profile.Name, Kind = profile.Kind, Rows = work.Sent, Gaps = work.Gaps }];
    }
}
