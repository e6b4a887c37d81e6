namespace ChainWatch.Bitcoin.Files;

/// <summary>A block of the chain, and where it stands.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Hash">Its hash.</param>
/// <param name="PreviousHash">The hash of the block before.</param>
/// <param name="Time">Its time stamp.</param>
/// <param name="TransactionCount">The transactions it states, the coinbase included.</param>
/// <param name="FileNumber">The number of its file.</param>
/// <param name="Offset">Where it starts in its file, behind magic and length.</param>
/// <param name="Length">Its bytes, at most 4,000,000.</param>
internal readonly record struct BlockLocation(
    int Height, TxId Hash, TxId PreviousHash, DateTimeOffset Time, int TransactionCount, int FileNumber, long Offset, int Length);
