using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Storage;

/// <summary>An array that stays where it is, so that kernels may keep a pointer to it. The garbage collector owns it.</summary>
internal sealed unsafe class PinnedArray<T>
    where T : unmanaged
{
    private readonly T[] _array;

    /// <summary>Not cleared: fill it.</summary>
    public PinnedArray(int length)
    {
        // One element at least, so that there is an address.
        _array = GC.AllocateUninitializedArray<T>(Math.Max(length, 1), pinned: true);
        Length = length;
        Pointer = (T*)Marshal.UnsafeAddrOfPinnedArrayElement(_array, 0);
        HugePages.Advise(Pointer, (nuint)_array.Length * (nuint)sizeof(T));
    }

    public int Length { get; }

    /// <summary>The first element; valid while this object is reachable.</summary>
    public T* Pointer { get; }

    public Span<T> Span => _array.AsSpan(0, Length);

    /// <summary>A longer copy; new elements get a value.</summary>
    public PinnedArray<T> Grown(int length, T fill)
    {
        PinnedArray<T> grown = new(length);
        Span.CopyTo(grown.Span);
        grown.Span[Length..].Fill(fill);
        return grown;
    }

    public static PinnedArray<T> Filled(int length, T fill)
    {
        PinnedArray<T> array = new(length);
        array.Span.Fill(fill);
        return array;
    }
}
