namespace ChainWatch.Ethereum;

/// <summary>How an <see cref="EtherscanTransferSource"/> reads.</summary>
public sealed record EtherscanOptions
{
    /// <summary>Rows of one answer, 2 to 10,000. Default 10,000, which is Etherscan's own limit.</summary>
    public int RowsMax { get; init => field = value is >= 2 and <= 10_000 ? value : throw new ChainWatchException($"RowsMax {value}: expected 2 to 10000"); } = 10_000;

    /// <summary>Requests at once where many transactions are asked for, 1 to 16. Default 4: free plans take five a second.</summary>
    public int Concurrency { get; init => field = value is >= 1 and <= 16 ? value : throw new ChainWatchException($"Concurrency {value}: expected 1 to 16"); } = 4;

    /// <summary>Contracts that wrap the chain's coin. Null: the one that is known for the chain.</summary>
    public IReadOnlyList<Address>? WrappedCoins { get; init; }
}
