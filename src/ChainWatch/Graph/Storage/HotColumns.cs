using System.Numerics;
using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Storage;

/// <summary>
/// The two hot columns of a log as plain memory for the kernels, every page read and every number compared with the table
/// that it points into: a kernel does neither.
/// </summary>
internal sealed unsafe class HotColumns
{
    private const int Chunk = 1 << 20;
    /// <exception cref="ChainWatchException">A page was changed, or a number points nowhere.</exception>
    public HotColumns(EntryColumn entries, int addresses)
    {
        Owner = entries;
        for (int first = 0; first < entries.Length; first += Chunk)
        {
            int count = Math.Min(Chunk, entries.Length - first);
            Check(entries.Sources.Ints(first, count), entries.Targets.Ints(first, count), addresses);
        }

        if (entries.Length > 0)
        {
            // The spans stand in native or mapped memory, which does not move.
            Sources = (uint*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(entries.Sources.Ints(0, entries.Length)));
            Targets = (uint*)System.Runtime.CompilerServices.Unsafe.AsPointer(ref MemoryMarshal.GetReference(entries.Targets.Ints(0, entries.Length)));
        }

        Count = entries.Length;
    }

    /// <summary>Who paid; of movements with several inputs or outputs their number with bit 31. Valid while this object lives.</summary>
    public uint* Sources { get; }

    /// <summary>Who was paid.</summary>
    public uint* Targets { get; }

    /// <summary>How many.</summary>
    public int Count { get; }

    /// <summary>The columns, which keep the memory.</summary>
    public EntryColumn Owner { get; }

    // Signed, a movement's number is negative: source and target must be so together, and what is not must be an address.
    private static void Check(ReadOnlySpan<int> sources, ReadOnlySpan<int> targets, int addresses)
    {
        Vector<int> highest = new(int.MinValue);
        Vector<int> unlike = Vector<int>.Zero;
        int i = 0;
        for (; i <= sources.Length - Vector<int>.Count; i += Vector<int>.Count)
        {
            Vector<int> source = new(sources[i..]);
            Vector<int> target = new(targets[i..]);
            highest = Vector.Max(highest, Vector.Max(source, target));
            unlike |= source ^ target;
        }

        bool isDamaged = Vector.GreaterThanOrEqualAny(highest, new Vector<int>(addresses)) || Vector.LessThanAny(unlike, Vector<int>.Zero);
        for (; i < sources.Length; i++)
        {
            isDamaged |= Math.Max(sources[i], targets[i]) >= addresses || (sources[i] ^ targets[i]) < 0;
        }

        if (isDamaged)
        {
            throw new ChainWatchException($"the graph is damaged: a movement points to an address that is none; expected one of {addresses} (graph verify tells where)");
        }
    }
}
