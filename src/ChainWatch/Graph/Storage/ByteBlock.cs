using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

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

/// <summary>Memory of our own, all zero at first; given back when nobody refers to it. What is large is outside the garbage collector's heap.</summary>
internal sealed unsafe class NativeBlock : ByteBlock
{
    private const int Alignment = 64;
    private const int ArrayMax = 1 << 20;
    private readonly byte[]? _array;

    public NativeBlock(long length)
    {
        Length = length;
        if (length <= ArrayMax)
        {
            // A graph of a few transfers has some thirty of them.
            _array = GC.AllocateArray<byte>((int)length + Alignment, pinned: true);
            byte* start = (byte*)Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array));
            Pointer = (byte*)(((nuint)start + Alignment - 1) & ~(nuint)(Alignment - 1));
            GC.SuppressFinalize(this);
            return;
        }

        nuint allocated = (nuint)Math.Max(Alignment, length);
        Pointer = (byte*)NativeMemory.AlignedAlloc(allocated, allocated >= HugePages.Size ? HugePages.Size : (nuint)Alignment);
        HugePages.Advise(Pointer, allocated);
        NativeMemory.Clear(Pointer, allocated);
        GC.AddMemoryPressure(Math.Max(1, length));
    }

    /// <summary>The bytes, to write them; at most 2 GiB.</summary>
    public Span<byte> Span => new(Pointer, checked((int)Length));

    ~NativeBlock()
    {
        if (_array is not null)
        {
            return;
        }

        NativeMemory.AlignedFree(Pointer);
        GC.RemoveMemoryPressure(Math.Max(1, Length));
    }
}
