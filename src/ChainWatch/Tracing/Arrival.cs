namespace ChainWatch.Tracing;

/// <summary>
/// The earliest arrival among the paths of the least number of hops (for <em>sent</em>: the latest departure). The witness
/// path prefers proven order and may arrive later.
/// </summary>
/// <param name="Position">Where on the chain.</param>
/// <param name="Time">The block's time, where known.</param>
/// <param name="Tx">The transaction, where known.</param>
public sealed record Arrival(ChainPosition Position, DateTimeOffset? Time, TxId? Tx);
