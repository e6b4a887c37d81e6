using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Storage;

/// <summary>
/// Memory of our own, given back when it is disposed of or nobody refers to it. What is large lies outside the garbage
/// collector's heap, in huge pages where the system grants them; what of it is never touched takes no memory.
/// </summary>
internal sealed unsafe class NativeBlock : ByteBlock, IDisposable
{
    private const int Alignment = 64;
    private const int ArrayMax = 1 << 20;
    private readonly byte[]? _array;
    private void* _allocated;
    private byte* _pages;
    private long _behind;

    /// <summary>Takes memory.</summary>
    /// <param name="length">How many bytes, from 0.</param>
    /// <param name="isZeroed">Whether all are zero at first; else they are anything.</param>
    /// <exception cref="OutOfMemoryException">There is not so much.</exception>
    public NativeBlock(long length, bool isZeroed = true) : this(length, isZeroed, mayHavePages: true)
    {
    }

    private NativeBlock(long length, bool isZeroed, bool mayHavePages)
    {
        Length = length;
        if (length <= ArrayMax)
        {
            // A graph of a few transfers has some thirty of them.
            int size = (int)length + Alignment;
            _array = isZeroed ? GC.AllocateArray<byte>(size, pinned: true) : GC.AllocateUninitializedArray<byte>(size, pinned: true);
            Pointer = Align(Unsafe.AsPointer(ref MemoryMarshal.GetArrayDataReference(_array)));
            GC.SuppressFinalize(this);
            return;
        }

        _pages = mayHavePages && length >= HugePages.Size ? HugePages.Take((nuint)length) : null;
        if (_pages is not null)
        {
            Pointer = _pages;
        }
        else
        {
            nuint allocated = (nuint)length + Alignment;
            _allocated = isZeroed ? NativeMemory.AllocZeroed(allocated) : NativeMemory.Alloc(allocated);
            Pointer = Align(_allocated);
            HugePages.Advise(Pointer, (nuint)length);
        }

        GC.AddMemoryPressure(length);
    }

    ~NativeBlock() => Free();

    /// <summary>The bytes, to write them; at most 2 GiB.</summary>
    public Span<byte> Span => new(Pointer, checked((int)Length));

    /// <summary>A longer block with the same bytes, in place of this one. Where the system can, they are moved and not copied.</summary>
    /// <exception cref="OutOfMemoryException">There is not so much.</exception>
    public NativeBlock Grown(long length)
    {
        NativeBlock grown = new(length, isZeroed: false);
        if (_pages is not null && grown._pages is not null)
        {
            if (HugePages.Move(_pages, (nuint)(Length + _behind), grown._pages, (nuint)length))
            {
                _pages = null;
                GC.RemoveMemoryPressure(Length + _behind);
                Dispose();
                return grown;
            }

            // Something else may be at the new place by now: it is left alone.
            grown._pages = null;
            GC.RemoveMemoryPressure(length);
            grown = new NativeBlock(length, isZeroed: false, mayHavePages: false);
        }

        Buffer.MemoryCopy(Pointer, grown.Pointer, length, Length);
        Dispose();
        return grown;
    }

    /// <summary>Says that no more than the first bytes are used. The rest was never touched, and is kept.</summary>
    public void Shorten(long length)
    {
        _behind += Length - length;
        Length = length;
    }

    /// <summary>Gives the memory back. A second call does nothing.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        Pointer = null;
        if (_pages is null && _allocated is null)
        {
            return;
        }

        if (_pages is not null)
        {
            HugePages.Give(_pages, (nuint)(Length + _behind));
            _pages = null;
        }

        NativeMemory.Free(_allocated);
        _allocated = null;
        GC.RemoveMemoryPressure(Length + _behind);
    }

    private static byte* Align(void* pointer) => (byte*)(((nuint)pointer + Alignment - 1) & ~(nuint)(Alignment - 1));
}
