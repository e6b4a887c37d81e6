namespace ChainWatch.Sources;

/// <summary>One block of a chain, told from its rivals by its hash.</summary>
/// <param name="Height">Its height.</param>
/// <param name="Hash">Its hash as the chain's people write it, in lower case (with <c>0x</c> on EVM chains).</param>
/// <param name="ParentHash">The hash of the block before it, written alike.</param>
/// <param name="Time">Its time (UTC).</param>
public sealed record BlockRef(long Height, string Hash, string ParentHash, DateTimeOffset Time);
