namespace ChainWatch.Ethereum;

/// <summary>How an <see cref="EthereumTransferSource"/> reads.</summary>
public sealed record EthereumSourceOptions
{
    /// <summary>Blocks read at once, 1 to 64. Default 8. Requests in flight are bounded by the client besides.</summary>
    public int BlocksAhead { get; init => field = value is >= 1 and <= 64 ? value : throw new ChainWatchException($"BlocksAhead {value}: expected 1 to 64"); } = 8;

    /// <summary>Blocks in one query by blocks: they are held until they are known to be of one chain, and are what a kill costs. Default 32.</summary>
    public int BlocksPerQuery { get; init => field = value >= 1 ? value : throw new ChainWatchException($"BlocksPerQuery {value}: expected at least 1"); } = 32;

    /// <summary>Addresses in one query by addresses: nodes take long lists of topics, most of them. Default 50.</summary>
    public int AddressesPerQuery { get; init => field = value >= 1 ? value : throw new ChainWatchException($"AddressesPerQuery {value}: expected at least 1"); } = 50;

    /// <summary>Blocks of one <c>eth_getLogs</c> to begin with; halved where the node refuses, doubled where it does not. Default 2,000.</summary>
    public int LogRange { get; init => field = value >= 1 ? value : throw new ChainWatchException($"LogRange {value}: expected at least 1"); } = 2_000;

    /// <summary>Blocks of one <c>trace_filter</c> to begin with. Default 300, which is the most that anvil takes.</summary>
    public int TraceRange { get; init => field = value >= 1 ? value : throw new ChainWatchException($"TraceRange {value}: expected at least 1"); } = 300;

    /// <summary>
    /// The widest window of blocks, by addresses, whose blooms are all read to check that no event was left out. Default
    /// 20,000. Beyond it the coverage says that events were taken on the endpoint's word.
    /// </summary>
    public int BloomCheckBlocksMax { get; init; } = 20_000;

    /// <summary>
    /// By addresses, how many blocks of a query are read whole because their bloom leaves open whether events are missing.
    /// Default 512. Beyond it the coverage says so.
    /// </summary>
    public int BloomRereadsMax { get; init; } = 512;

    /// <summary>
    /// Contracts that wrap the chain's coin, whose Deposit and Withdrawal events are moves of value. Null: the one that is known
    /// for the chain of eight well-known chains.
    /// </summary>
    public IReadOnlyList<Address>? WrappedCoins { get; init; }
}
