using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin;

/// <summary>
/// Somebody who gives blocks by their hashes, and headers: a peer of Bitcoin's own network. What it gives need not be checked
/// by it: <see cref="BitcoinTransferSource"/> checks that every block hashes to its hash, transactions and all. Which chain is
/// the one with the most work is the peer's word, unless its implementation checks the headers.
/// </summary>
/// <remarks>
/// Failures are thrown as <see cref="RpcException"/>: <see cref="RpcErrorKind.BlockUnknown"/> where it does not have a block,
/// <see cref="RpcErrorKind.Transient"/> or <see cref="RpcErrorKind.Unreachable"/> where it does not answer or is gone. Nobody asks
/// again: a peer's silence, which lasts as long as the implementation waits, ends the query with that error, and what was read until then is not
/// returned as its answer. An implementation that knows other peers, or can connect anew, tries those before it throws. It is asked
/// from several threads at once.
/// </remarks>
public interface IBlockPeer
{
    /// <summary>The network that it is of.</summary>
    Chain Chain { get; }

    /// <summary>What is printed of it: its address and port, and no secret.</summary>
    string Name { get; }

    /// <summary>Its own word on what it runs; null where it does not tell.</summary>
    string? ClientVersion { get; }

    /// <summary>How many of the newest blocks it gives, at least 1; <see cref="long.MaxValue"/>: all.</summary>
    long BlocksServed { get; }

    /// <summary>Questions asked so far.</summary>
    long RequestCount { get; }

    /// <summary>Bytes received so far, headers and blocks.</summary>
    long BytesReceived { get; }

    /// <summary>Its newest block, asked anew.</summary>
    /// <exception cref="RpcException">It does not answer.</exception>
    Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken = default);

    /// <summary>The headers at these heights of its chain as it is now, in their order; null where it has none.</summary>
    /// <exception cref="RpcException">It does not answer.</exception>
    Task<IReadOnlyList<BlockRef?>> FindBlocksAsync(IReadOnlyList<long> heights, CancellationToken cancellationToken = default);

    /// <summary>A block as it is serialized, with its witness where the peer gives it.</summary>
    /// <param name="hash">Its hash: 64 digits in lower case.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RpcException">It does not have the block, or does not answer.</exception>
    Task<byte[]> ReadBlockAsync(string hash, CancellationToken cancellationToken = default);
}
