using Microsoft.Win32.SafeHandles;

namespace ChainWatch.Graph.Files;

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
