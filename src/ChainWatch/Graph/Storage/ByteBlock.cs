using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Storage;

/// <summary>A run of bytes that stays at its place for as long as the object lives: memory of our own, or a part of a mapped file.</summary>
internal abstract unsafe class ByteBlock
{
    /// <summary>The first byte; aligned to 64.</summary>
    public byte* Pointer { get; protected set; }

    /// <summary>How many bytes.</summary>
    public long Length { get; protected set; }

    /// <summary>Makes sure that some bytes are those that were written. To be called before they are read.</summary>
    /// <exception cref="ChainWatchException">They are not.</exception>
    public virtual void Require(long offset, long length)
    {
    }
}

/// <summary>Memory outside the garbage collector's heap, all zero at first; given back when nobody refers to it.</summary>
internal sealed unsafe class NativeBlock : ByteBlock
{
    private const int Alignment = 64;

    public NativeBlock(long length)
    {
        Length = length;
        nuint allocated = (nuint)Math.Max(Alignment, length);
        Pointer = (byte*)NativeMemory.AlignedAlloc(allocated, Alignment);
        NativeMemory.Clear(Pointer, allocated);
        GC.AddMemoryPressure(Math.Max(1, length));
    }

    /// <summary>The bytes, to write them; at most 2 GiB.</summary>
    public Span<byte> Span => new(Pointer, checked((int)Length));

    ~NativeBlock()
    {
        NativeMemory.AlignedFree(Pointer);
        GC.RemoveMemoryPressure(Math.Max(1, Length));
    }
}
