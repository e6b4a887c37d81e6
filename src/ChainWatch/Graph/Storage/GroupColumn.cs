namespace ChainWatch.Graph.Storage;

/// <summary>The positions: first entry, and the transaction's index in its block and one (0: the whole block is one position).</summary>
internal sealed class GroupColumn(NumberColumn starts, NumberColumn indices, BlockColumn blocks)
{
    // Fewer are halved: their starts stand in a line or two of memory.
    private const int GuessMin = 32;

    public NumberColumn Starts => starts;

    public NumberColumn Indices => indices;

    /// <summary>How many positions.</summary>
    public int Length => starts.Count;

    public LogGroup this[int i] => new(blocks.OfGroup(i), indices.OrNone(i), starts.At(i));

    /// <summary>A position's first entry.</summary>
    public int StartOf(int i) => starts.At(i);

    /// <summary>A position's index in its block, or -1.</summary>
    public int IndexOf(int i) => indices.OrNone(i);

    /// <summary>The position that holds an entry.</summary>
    public int OfEntry(int entry)
    {
        // Positions hold at least one entry each, so none begins before the entry of its own number.
        int low = 0;
        int high = Math.Min(entry, Length - 1);
        if (high <= 0 || starts.At(high) <= entry)
        {
            return Math.Max(high, 0);
        }

        // Positions are much alike: where it should be is near where it is. Halved in turn, so that it ends where they are not.
        (int lowStart, int highStart) = (0, starts.At(high));
        for (bool isGuess = true; high - low > GuessMin; isGuess = !isGuess)
        {
            int middle = isGuess
                ? low + 1 + (int)((long)(high - low - 1) * (entry - lowStart) / (highStart - lowStart))
                : low + ((high - low + 1) / 2);
            int start = starts.At(middle);
            (low, lowStart, high, highStart) = start <= entry ? (middle, start, high, highStart) : (low, lowStart, middle - 1, start);
        }

        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = starts.At(middle) <= entry ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
