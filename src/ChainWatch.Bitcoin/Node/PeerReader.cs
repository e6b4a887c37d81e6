using System.Collections.Concurrent;
using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Node;

/// <summary>Reads the blocks of a peer. One that gives another block than it was asked for is not asked again: it lies, or is broken.</summary>
internal sealed class PeerReader(IBlockPeer peer) : IBlockReader
{
    // Each keeps its buffers, and serves one block at a time.
    private readonly ConcurrentBag<TransactionHasher> _hashers = [];

    public Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken) => peer.FindHeadAsync(cancellationToken);

    public async Task<BlockRef?> FindAsync(long height, CancellationToken cancellationToken) => (await peer.FindBlocksAsync([height], cancellationToken).ConfigureAwait(false))[0];

    public async Task<(string? Hash, RpcException? Error)[]> ReadHashesAsync(IReadOnlyList<long> heights, CancellationToken cancellationToken)
    {
        IReadOnlyList<BlockRef?> found = await peer.FindBlocksAsync(heights, cancellationToken).ConfigureAwait(false);
        return [.. heights.Zip(found, (height, block) => (block?.Hash, block is null ? new RpcException(RpcErrorKind.BlockUnknown, $"{peer.Name}: has no block {height}") : null))];
    }

    public async Task<NodeBlock> ReadAsync(long height, string hash, CancellationToken cancellationToken)
    {
        byte[] bytes = await peer.ReadBlockAsync(hash, cancellationToken).ConfigureAwait(false);
        TransactionHasher hasher = _hashers.TryTake(out TransactionHasher? used) ? used : new TransactionHasher();
        try
        {
            return NodeBlock.Read(height, hash, bytes, hasher);
        }
        catch (BitcoinFormatException e)
        {
            throw new RpcException(RpcErrorKind.BadAnswer, $"{peer.Name}: {e.Message}", inner: e);
        }
        finally
        {
            _hashers.Add(hasher);
        }
    }
}
