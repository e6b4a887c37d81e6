using ChainWatch.Ethereum.Decoding;
using ChainWatch.Ethereum.Etherscan;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Ethereum;

/// <summary>
/// Transfers of addresses from an explorer with Etherscan's API (version 2), or Blockscout's. It is asked by addresses and by
/// transactions; what it tells carries no proof, and the coverage says so.
/// </summary>
public sealed class EtherscanTransferSource : IChainSource
{
    private const int Finality = 64;
    private readonly ExplorerClient _client;
    private readonly ExplorerTransactions _transactions;
    private readonly EtherscanOptions _options;
    private readonly TimeProvider _clock;
    private readonly Lock _lock = new();
    private Task<SourceProfile>? _profile;

    /// <summary>A source over an explorer. The client stays the caller's.</summary>
    /// <param name="client">The explorer's client; its URL may hold <c>chainid</c> (default 1) and <c>apikey</c>.</param>
    /// <param name="options">How to read; null: the defaults.</param>
    /// <param name="clock">Tells when the explorer was asked; null: the system's.</param>
    public EtherscanTransferSource(RestClient client, EtherscanOptions? options = null, TimeProvider? clock = null)
    {
        _client = new ExplorerClient(client);
        _options = options ?? new EtherscanOptions();
        _transactions = new ExplorerTransactions(_client, _options);
        _clock = clock ?? TimeProvider.System;
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
            return _profile is { IsFaulted: false, IsCanceled: false } known ? known : _profile = FindProfileAsync(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public async Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken = default)
    {
        _transactions.Clear();
        long height = await _client.HeadAsync(cancellationToken).ConfigureAwait(false);
        return await FindBlockAsync(height, cancellationToken).ConfigureAwait(false) ?? throw new ChainWatchException($"{_client.Rest.Endpoint}: does not know its own newest block {height}");
    }

    /// <inheritdoc/>
    public async Task<BlockRef?> FindBlockAsync(long height, CancellationToken cancellationToken = default) =>
        await _client.BlockAsync(height, cancellationToken).ConfigureAwait(false) is Block block ? BlockReader.RefOf(block) : null;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<SourceCoverage>> ReadAsync(TransferQuery query, ITransferSink sink, CancellationToken cancellationToken = default)
    {
        SourceProfile profile = await ProbeAsync(cancellationToken).ConfigureAwait(false);
        ExplorerQuery work = new(_client, _transactions, _options, profile.Chain, _options.WrappedCoins ?? WrappedCoin.Of(profile.Chain));
        SourceCoverage coverage = query.Transactions is not null ? await work.ReadAsync(query.Transactions, sink, cancellationToken).ConfigureAwait(false)
            : query.Addresses is not null ? await work.ReadAsync(query.Addresses, query.Side, query.Blocks?.UpTo(profile.Head.Height) ?? new BlockWindow(0, profile.Head.Height), sink, cancellationToken).ConfigureAwait(false)
            : throw new ChainWatchException($"{profile.Name} is asked by addresses; expected a query with addresses or transactions");
        return [coverage with { Name = profile.Name, Kind = profile.Kind }];
    }

    private async Task<SourceProfile> FindProfileAsync(CancellationToken cancellationToken)
    {
        await FindDialectAsync(cancellationToken).ConfigureAwait(false);
        ulong asked = ulong.TryParse(_client.Rest.FindParameter("chainid") ?? "1", System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out ulong id) && id > 0
            ? id
            : throw new ChainWatchException($"{_client.Rest.Endpoint}: chainid: expected a number in the URL, such as chainid=1");
        ulong? told = await _client.ChainIdAsync(cancellationToken).ConfigureAwait(false);
        if (told is ulong real && real != asked)
        {
            throw new ChainWatchException($"{_client.Rest.Endpoint}: serves chain {real}; expected chainid={real} in the URL");
        }

        BlockRef head = await FindHeadAsync(cancellationToken).ConfigureAwait(false);
        return new SourceProfile
        {
            Chain = Chain.Evm(asked),
            Name = _client.Rest.Endpoint.Name,
            Kind = "etherscan",
            ClientVersion = _client.IsBlockscout ? "Blockscout API" : "Etherscan API",
            AskedAt = _clock.GetUtcNow(),
            Head = head,
            FinalizedBlock = Math.Max(0, head.Height - Finality),
            FirstBlock = 0,
            Capabilities = ["txlist", "txlistinternal", "tokentx", "eth_getTransactionReceipt"],
            ByAddresses = new SourceWay
            {
                BlocksPerQuery = int.MaxValue,
                AddressesPerQuery = 1,
                RequestsPerUnit = 3,
                Kinds = ["coin", "internal", "token"],
                Notes = ["transfers are as the explorer tells them, and were not checked against blocks"],
            },
            CanReadTransactions = true,
        };
    }

    // Etherscan passes a node's methods on by module=proxy; Blockscout does not know that word.
    private async Task FindDialectAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _client.HeadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.Message.Contains("Unknown module", StringComparison.OrdinalIgnoreCase))
        {
            _client.IsBlockscout = true;
            await _client.HeadAsync(cancellationToken).ConfigureAwait(false);
        }
    }
}
