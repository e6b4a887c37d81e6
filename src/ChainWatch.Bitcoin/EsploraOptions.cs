namespace ChainWatch.Bitcoin;

/// <summary>How an <see cref="EsploraTransferSource"/> reads.</summary>
public sealed record EsploraOptions
{
    /// <summary>
    /// The chain to take the endpoint's for, on the user's word; null: the one that its first block names. For private chains
    /// whose addresses are written as another network's.
    /// </summary>
    public Chain? TakenAs { get; init => field = value is null or { IsBitcoin: true } ? value : throw new ChainWatchException($"TakenAs {value}: expected bitcoin, one of its test networks, or bitcoin-regtest"); }

    /// <summary>
    /// Whether every output that is spent is checked against the transaction that made it, at a request for each such
    /// transaction. Default true. False: outputs of the address asked about are checked all the same, since its history
    /// holds what made them; whose the others were is taken on the endpoint's word.
    /// </summary>
    public bool VerifyPreviousOutputs { get; init; } = true;

    /// <summary>Requests at once for one address, 1 to 16. Default 4: public endpoints limit them.</summary>
    public int Concurrency { get; init => field = value is >= 1 and <= 16 ? value : throw new ChainWatchException($"Concurrency {value}: expected 1 to 16"); } = 4;

    /// <summary>
    /// The longest history of one address that is read, in transactions, 1 to 10,000,000. Default 100,000, which are 4,000
    /// requests. Of a longer one the newest are read, and the coverage says so.
    /// </summary>
    public int TransactionsMax { get; init => field = value is >= 1 and <= 10_000_000 ? value : throw new ChainWatchException($"TransactionsMax {value}: expected 1 to 10000000"); } = 100_000;
}
