using ChainWatch.Graph.Storage;
using Microsoft.Win32.SafeHandles;

namespace ChainWatch.Graph.Files;

/// <summary>A file's bytes, to find its parts. They may become fewer meanwhile: another process may cut what was not finished.</summary>
internal interface IFileBytes
{
    /// <summary>How many bytes there were.</summary>
    long Length { get; }

    /// <summary>Reads bytes; false where they are not there any more.</summary>
    bool TryRead(long offset, Span<byte> bytes);
}

/// <summary>The bytes of an open file, read and not mapped: a mapped page that another process cuts off would end this one.</summary>
internal sealed class HandleBytes(SafeFileHandle handle) : IFileBytes
{
    public long Length { get; } = RandomAccess.GetLength(handle);

    public bool TryRead(long offset, Span<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            int read = RandomAccess.Read(handle, bytes, offset);
            if (read == 0)
            {
                return false;
            }

            offset += read;
            bytes = bytes[read..];
        }

        return true;
    }
}

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
