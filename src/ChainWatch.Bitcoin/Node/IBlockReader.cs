using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Node;

/// <summary>Reads blocks, and believes none whose bytes do not hash to the hash that was asked for, transactions and all.</summary>
internal interface IBlockReader
{
    /// <summary>The newest block, asked anew.</summary>
    Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken);

    /// <summary>The header at a height; null where there is no block.</summary>
    Task<BlockRef?> FindAsync(long height, CancellationToken cancellationToken);

    /// <summary>The hashes of the blocks at these heights, or why there is none.</summary>
    Task<(string? Hash, RpcException? Error)[]> ReadHashesAsync(IReadOnlyList<long> heights, CancellationToken cancellationToken);

    /// <summary>Reads a block, where it can be had with what its inputs spend.</summary>
    /// <exception cref="RpcException">It cannot be had, or is not what it should be however often it is asked for.</exception>
    Task<NodeBlock> ReadAsync(long height, string hash, CancellationToken cancellationToken);
}
