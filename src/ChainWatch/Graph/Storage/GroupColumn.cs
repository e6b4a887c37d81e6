namespace ChainWatch.Graph.Storage;

/// <summary>The positions: first entry, and the transaction's index in its block and one (0: the whole block is one position).</summary>
internal sealed class GroupColumn(NumberColumn starts, NumberColumn indices, BlockColumn blocks)
{
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
        int low = 0;
        int high = Length - 1;
        while (low < high)
        {
            int middle = (low + high + 1) / 2;
            (low, high) = starts.At(middle) <= entry ? (middle, high) : (low, middle - 1);
        }

        return low;
    }
}
