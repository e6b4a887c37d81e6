using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>An interner's numbers in the canonical order of their addresses: <see cref="Address.CompareTo"/>.</summary>
internal sealed unsafe class CanonicalRanks
{
    private CanonicalRanks(int[] numberAt, int[] rankOf) => (NumberAt, RankOf) = (numberAt, rankOf);

    /// <summary>By rank, the number.</summary>
    public int[] NumberAt { get; }

    /// <summary>By number, the rank.</summary>
    public int[] RankOf { get; }

    /// <summary>Ranks the addresses seen so far. Takes 12 bytes an address beside the 8 of the result.</summary>
    /// <param name="interner">The addresses; none may be added meanwhile.</param>
    /// <param name="threads">The most threads, from 1.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static CanonicalRanks Of(AddressInterner interner, int threads, CancellationToken cancellationToken)
    {
        AddressSortSource source = new(interner, CanonicalKeys.Of(interner.Chain));
        int count = interner.Count;
        int[] numberAt = GC.AllocateUninitializedArray<int>(count);
        using (NativeBlock sorted = new((long)count * sizeof(KeyedIndex), isZeroed: false))
        {
            KeySort.Sort(source, (KeyedIndex*)sorted.Pointer, count, threads, cancellationToken);
            Merge(interner, (KeyedIndex*)sorted.Pointer, numberAt);
        }

        int[] rankOf = GC.AllocateUninitializedArray<int>(count);
        int shares = Math.Clamp(count >> 14, 1, threads);
        Threads.For(shares, threads, share =>
        {
            int end = (int)((long)count * (share + 1) / shares);
            for (int rank = (int)((long)count * share / shares); rank < end; rank++)
            {
                rankOf[numberAt[rank]] = rank;
            }
        }, cancellationToken);
        return new CanonicalRanks(numberAt, rankOf);
    }

    // The addresses with rows are sorted and stand first; the texts are few, and each finds its place among them.
    private static void Merge(AddressInterner interner, KeyedIndex* sorted, int[] numberAt)
    {
        KeyValuePair<int, string>[] texts = interner.Texts.ToArray();
        Array.Sort(texts, (x, y) => string.CompareOrdinal(x.Value, y.Value));
        int rows = numberAt.Length - texts.Length;
        int row = 0;
        int rank = 0;
        foreach ((int number, string text) in texts)
        {
            int place = PlaceOf(interner, sorted, row, rows, text);
            while (row < place)
            {
                numberAt[rank++] = sorted[row++].Index;
            }

            numberAt[rank++] = number;
        }

        while (row < rows)
        {
            numberAt[rank++] = sorted[row++].Index;
        }
    }

    private static int PlaceOf(AddressInterner interner, KeyedIndex* sorted, int low, int high, string text)
    {
        while (low < high)
        {
            int middle = (int)(((uint)low + (uint)high) >> 1);
            if (string.CompareOrdinal(interner[sorted[middle].Index].ToCanonicalString(), text) < 0)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        return low;
    }
}
