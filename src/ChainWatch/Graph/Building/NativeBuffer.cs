using System.Runtime.InteropServices;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>
/// A block of memory outside the garbage collector, for tables of any size. What is never touched takes no memory. The
/// holder keeps it reachable as long as the pointer is used.
/// </summary>
internal sealed unsafe class NativeBuffer : IDisposable
{
    private const int LineSize = 64;

    /// <summary>Takes memory.</summary>
    /// <param name="bytes">How many bytes, from 0.</param>
    /// <param name="isZeroed">Whether they are set to zero; else they hold anything.</param>
    /// <exception cref="OutOfMemoryException">There is not so much.</exception>
    public NativeBuffer(long bytes, bool isZeroed = false)
    {
        Bytes = bytes;
        nuint size = (nuint)Math.Max(bytes, LineSize);
        Start = (byte*)NativeMemory.AlignedAlloc(size, size >= HugePages.Size ? HugePages.Size : (nuint)LineSize);
        HugePages.Advise(Start, size);
        if (isZeroed)
        {
            NativeMemory.Clear(Start, size);
        }
    }

    ~NativeBuffer() => Free();

    /// <summary>The first byte; aligned to a cache line at least. Null once disposed.</summary>
    public byte* Start { get; private set; }

    /// <summary>The size in bytes.</summary>
    public long Bytes { get; }

    /// <summary>Gives the memory back. A second call does nothing.</summary>
    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        if (Start is not null)
        {
            NativeMemory.AlignedFree(Start);
            Start = null;
        }
    }
}
