using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Files;

/// <summary>The bytes of a block in memory.</summary>
internal sealed unsafe class BlockBytes(ByteBlock block) : IFileBytes
{
    public long Length => block.Length;

    public bool TryRead(long offset, Span<byte> bytes)
    {
        if (offset + bytes.Length > block.Length)
        {
            return false;
        }

        new ReadOnlySpan<byte>(block.Pointer + offset, bytes.Length).CopyTo(bytes);
        GC.KeepAlive(block);
        return true;
    }
}
