namespace ChainWatch.Bitcoin;

/// <summary>How a <see cref="BitcoinTransferSource"/> reads.</summary>
public sealed record BitcoinSourceOptions
{
    /// <summary>
    /// The chain that the node's is taken as; null (the default): what its first block says. For a private regtest whose addresses
    /// are written as on another network. Every coverage then says so.
    /// </summary>
    public Chain? TakenAs { get; init => field = value is null or { IsBitcoin: true } ? value : throw new ChainWatchException($"TakenAs {value}: expected bitcoin, one of its test networks, or bitcoin-regtest"); }

    /// <summary>Blocks in one query: they are held (some 2 MB each) until they are known to be of one chain, and are what a kill costs. At least 1; default 50.</summary>
    public int BlocksPerQuery { get; init => field = value >= 1 ? value : throw new ChainWatchException($"BlocksPerQuery {value}: expected at least 1"); } = 50;

    /// <summary>Blocks read at once, 1 to 64. Default 4: an answer has up to 30 MB. Requests in flight are bounded by the client besides.</summary>
    public int BlocksAhead { get; init => field = value is >= 1 and <= 64 ? value : throw new ChainWatchException($"BlocksAhead {value}: expected 1 to 64"); } = 4;
}
