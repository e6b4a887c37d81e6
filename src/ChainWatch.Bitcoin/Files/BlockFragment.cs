namespace ChainWatch.Bitcoin.Files;

/// <summary>Blocks that hang together but not with the chain: a block between them is not in the files.</summary>
/// <param name="Blocks">How many, stale ones among them included.</param>
/// <param name="FirstHeight">The lowest height, where the blocks state it.</param>
/// <param name="LastHeight">The height of its best tip, where the blocks state it.</param>
/// <param name="MissingBlock">The block that is not in the files: the one before the first.</param>
internal readonly record struct BlockFragment(int Blocks, int? FirstHeight, int? LastHeight, TxId MissingBlock);
