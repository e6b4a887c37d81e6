namespace ChainWatch.Bitcoin.Files;

/// <summary>What the index keeps of one block: about a hundred bytes.</summary>
/// <param name="Hash">The block's hash.</param>
/// <param name="PreviousHash">The hash of the block before.</param>
/// <param name="Offset">Where the block starts in its file, behind magic and length.</param>
/// <param name="FileNumber">The number of its file.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Seconds">Its time stamp, in seconds since 1970.</param>
/// <param name="Bits">Its compact target.</param>
/// <param name="TransactionCount">The transactions it states.</param>
/// <param name="StatedHeight">The height that its coinbase states (BIP 34), or -1.</param>
internal readonly record struct BlockRecord(
    TxId Hash, TxId PreviousHash, long Offset, int FileNumber, int Length, uint Seconds, uint Bits, int TransactionCount, int StatedHeight);
