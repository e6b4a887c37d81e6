using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Bitcoin.Node;

namespace ChainWatch.Bitcoin.Proofs;

/// <summary>The blocks of a node.</summary>
internal sealed class RawNodeBlocks(NodeSession session) : IRawBlocks
{
    public async Task<byte[]> ReadBlockAsync(long height, CancellationToken cancellationToken = default)
    {
        (string? hash, Rpc.RpcException? error) = (await session.Reader.ReadHashesAsync([height], cancellationToken).ConfigureAwait(false))[0];
        return hash is null ? throw error! : (await session.Reader.ReadAsync(height, hash, cancellationToken).ConfigureAwait(false)).Bytes;
    }

    // A node that is asked for whole blocks was not asked for each header.
    public async Task<byte[]> ReadHeaderAsync(long height, CancellationToken cancellationToken = default) =>
        (await ReadBlockAsync(height, cancellationToken).ConfigureAwait(false))[..BlockHeader.Length];
}
