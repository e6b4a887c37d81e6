using System.Runtime.CompilerServices;

namespace ChainWatch.Graph.Storage;

/// <summary>A run of bytes that stays at its place for as long as the object lives: memory of our own, or a part of a mapped file.</summary>
internal abstract unsafe class ByteBlock
{
    /// <summary>The first byte; aligned to 64.</summary>
    public byte* Pointer { get; protected set; }

    /// <summary>How many bytes.</summary>
    public long Length { get; protected set; }

    /// <summary>A bit per page: it was checked. Null where nothing needs to be.</summary>
    protected ulong[]? CheckedPages { get; set; }

    /// <summary>Makes sure that some bytes are those that were written. To be called before they are read.</summary>
    /// <exception cref="ChainWatchException">They are not.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Require(long offset, long length)
    {
        // Nearly always one page that was checked before: a question reads some thousand numbers one by one.
        if (CheckedPages is ulong[] pages)
        {
            long page = offset / PageChecksum.PageLength;
            if (page != (offset + length - 1) / PageChecksum.PageLength || (Volatile.Read(ref pages[page >> 6]) >> (int)(page & 63) & 1) == 0)
            {
                Check(offset, length);
            }
        }
    }

    /// <summary>Checks the pages of some bytes that were not checked before.</summary>
    protected virtual void Check(long offset, long length)
    {
    }
}
