namespace ChainWatch.Bitcoin.Proofs;

/// <summary>Blocks as bytes, by height on the chain that was read.</summary>
public interface IRawBlocks
{
    /// <summary>A block.</summary>
    /// <exception cref="ChainWatchException">It cannot be had.</exception>
    Task<byte[]> ReadBlockAsync(long height, CancellationToken cancellationToken = default);

    /// <summary>A block's header, 80 bytes.</summary>
    /// <exception cref="ChainWatchException">It cannot be had.</exception>
    Task<byte[]> ReadHeaderAsync(long height, CancellationToken cancellationToken = default);
}
