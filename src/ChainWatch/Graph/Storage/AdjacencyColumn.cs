namespace ChainWatch.Graph.Storage;

/// <summary>
/// For every address the entries of the log in which it pays (or, in the other column, is paid), ascending: so in chain order.
/// Each entry once per address, however many inputs or outputs of it are the address's. A plain transfer of an address to
/// itself stands in neither column: nothing follows it.
/// </summary>
/// <param name="name">What it is and in which file, for messages.</param>
/// <param name="starts">By address, where in <paramref name="entries"/> its own begin; one more at the end. 4 bytes each.</param>
/// <param name="entries">Numbers of entries, 4 bytes each.</param>
internal sealed class AdjacencyColumn(string name, NumberColumn starts, NumberColumn entries)
{
    // So many numbers are looked at as one run.
    private const int RunLengthMax = 1024;

    /// <summary>By address, where its entries begin; one more at the end.</summary>
    public NumberColumn Starts => starts;

    /// <summary>The entries, by address.</summary>
    public NumberColumn Entries => entries;

    /// <summary>How many addresses.</summary>
    public int AddressCount => starts.Count - 1;

    /// <summary>Where the entries of an address stand: from the first up to the end.</summary>
    /// <exception cref="ChainWatchException">Nowhere: the index was changed.</exception>
    public (int First, int End) RangeOf(int address)
    {
        ReadOnlySpan<int> range = starts.Ints(address, 2);
        (int first, int end) = (range[0], range[1]);
        return first >= 0 && first <= end && end <= entries.Count
            ? (first, end)
            : throw new ChainWatchException($"{name}: the movements of address {address} stand at {first} to {end}; expected places that ascend, up to {entries.Count}");
    }

    /// <summary>The entries at some places.</summary>
    public ReadOnlySpan<int> At(int first, int count) => entries.Ints(first, count);

    /// <summary>The first place from <paramref name="first"/> up to <paramref name="end"/> whose entry is not before another.</summary>
    public int PlaceOf(int entry, int first, int end)
    {
        // A run of a million is not read to find one place.
        while (end - first > RunLengthMax)
        {
            int middle = first + ((end - first) / 2);
            (first, end) = entries.Ints(middle, 1)[0] < entry ? (middle + 1, end) : (first, middle);
        }

        ReadOnlySpan<int> run = entries.Ints(first, end - first);
        int low = 0;
        int high = run.Length;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            (low, high) = run[middle] < entry ? (middle + 1, high) : (low, middle);
        }

        return first + low;
    }

    /// <summary>The error of an entry that the log does not have, or that the address does not stand in.</summary>
    public ChainWatchException NotItsOwn(int address, int entry) =>
        new($"{name}: address {address} has movement {entry}; expected those of the log in which it stands, ascending and each once");

    /// <summary>The error of entries that no address has, or two.</summary>
    public ChainWatchException Gap(int expected, int first) =>
        new($"{name}: an address's movements begin at {first}; expected them at {expected}, where those of the address before end");

    /// <summary>The error of an index that leaves something out.</summary>
    public ChainWatchException NotAll(int indexed, long count) =>
        new($"{name}: {indexed} of {entries.Count} movements stand under addresses; expected all {count} of the log");
}
