using System.Numerics;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>
/// Tells which marks may have been added twice: all that were, and one in ten of the others. Two bits of memory for
/// every place that a mark can fall on, of which there are 8 to 16 a mark: a small part of what sorting the marks takes.
/// </summary>
internal sealed unsafe class TxRepeatFilter : IDisposable
{
    private const int PlacesEachBits = 3;
    private const int PlacesInWord = 64;
    private readonly NativeBlock _memory;
    private readonly ulong* _words; // in turn: on which places a mark fell, and on which another one
    private readonly int _shift;

    private TxRepeatFilter(int placesBits)
    {
        _memory = new NativeBlock((1L << placesBits) / 4);
        _words = (ulong*)_memory.Pointer;
        _shift = 64 - placesBits;
    }

    /// <summary>A filter for so many marks; null where it would take more memory, in bytes.</summary>
    public static TxRepeatFilter? For(int count, long memoryMax)
    {
        int placesBits = BitOperations.Log2((uint)Math.Max(count, PlacesInWord)) + 1 + PlacesEachBits;
        return (1L << placesBits) / 4 <= memoryMax ? new TxRepeatFilter(placesBits) : null;
    }

    /// <summary>Adds a mark.</summary>
    public void Add(ulong mark)
    {
        ulong place = mark >> _shift;
        ulong bit = 1UL << (int)(place % PlacesInWord);
        ulong* words = _words + (place / PlacesInWord * 2);
        words[1] |= words[0] & bit;
        words[0] |= bit;
    }

    /// <summary>Whether a mark may have been added twice.</summary>
    public bool MayRepeat(ulong mark)
    {
        ulong place = mark >> _shift;
        return (_words[(place / PlacesInWord * 2) + 1] >> (int)(place % PlacesInWord) & 1) != 0;
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
