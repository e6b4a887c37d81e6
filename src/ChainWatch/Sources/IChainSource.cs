namespace ChainWatch.Sources;

/// <summary>
/// A chain's own data behind an endpoint that answers in parts: by blocks, by addresses, by transactions. What a
/// <see cref="ITransferSource.ReadAsync"/> yields is of the chain as the endpoint had it at that moment; whoever reads in
/// several parts checks with <see cref="FindBlockAsync"/> that they are of one chain.
/// </summary>
/// <remarks>
/// One query sends every transfer once: two equal ones are two. A query by blocks sends its blocks in ascending order and tells
/// their hashes in <see cref="SourceCoverage.Windows"/>; what it could not read is a gap there, and never silently left out.
/// Transient faults are retried below this seam; what is thrown as a <see cref="ChainWatchException"/> is final.
/// </remarks>
public interface IChainSource : ITransferSource
{
    /// <summary>Asks the endpoint what it is and what it can; the same answer each time after the first.</summary>
    /// <exception cref="ChainWatchException">The endpoint cannot be reached, or is not what it was taken for.</exception>
    Task<SourceProfile> ProbeAsync(CancellationToken cancellationToken = default);

    /// <summary>The endpoint's newest block, asked anew.</summary>
    /// <exception cref="ChainWatchException">The endpoint does not answer.</exception>
    Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken = default);

    /// <summary>The block at a height, asked anew; null where the endpoint has none.</summary>
    /// <exception cref="ChainWatchException">The endpoint does not answer.</exception>
    Task<BlockRef?> FindBlockAsync(long height, CancellationToken cancellationToken = default);

    /// <summary>Requests made so far, retries included.</summary>
    long RequestCount { get; }

    /// <summary>Bytes received so far.</summary>
    long BytesReceived { get; }
}
