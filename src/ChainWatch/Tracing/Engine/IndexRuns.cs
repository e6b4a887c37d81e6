using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing.Engine;

/// <summary>
/// Where in an index the entries of many addresses stand, found together: loads that do not wait for one another. One object is
/// used again and again, by one thread.
/// </summary>
internal sealed class IndexRuns
{
    /// <summary>The most addresses together: the processor waits for all at once.</summary>
    public const int RunsMax = 64;

    /// <summary>In fewer entries of an address nothing is looked for.</summary>
    public const int ShortRunMax = 32;

    private const int EntriesALine = 16;
    private readonly (int First, int End)[] _runs = new (int First, int End)[RunsMax];
    private readonly Search[] _searches = new Search[RunsMax];

    /// <summary>The places of each address's entries. Long runs are cut at the bound at which the walk begins.</summary>
    /// <param name="index">The index.</param>
    /// <param name="ranges">The addresses, at most <see cref="RunsMax"/>, and from where to where each is left.</param>
    /// <param name="entryCount">How many entries the log has.</param>
    /// <param name="reversed">Whether the walk begins at a range's end.</param>
    /// <returns>A run for each range, in their order. Good until the next call.</returns>
    /// <exception cref="ChainWatchException">The index was changed.</exception>
    public ReadOnlySpan<(int First, int End)> Find(AdjacencyColumn index, ReadOnlySpan<LeavingRange> ranges, int entryCount, bool reversed)
    {
        int searches = 0;
        for (int i = 0; i < ranges.Length; i++)
        {
            (int first, int end) = _runs[i] = index.RangeOf(ranges[i].Address);
            int bound = reversed ? ranges[i].To : ranges[i].From;
            if (end - first > ShortRunMax && bound > 0 && bound < entryCount)
            {
                _searches[searches++] = new Search(i, bound, first, end);
                index.Entries.Prefetch(first + ((end - first) / 2));
            }
            else
            {
                end = Math.Min(end, first + ShortRunMax);
                for (int at = first; at < end; at = (at | (EntriesALine - 1)) + 1)
                {
                    index.Entries.Prefetch(at);
                }
            }
        }

        while (searches > 0)
        {
            searches = Halve(index, _searches.AsSpan(0, searches), reversed);
        }

        return _runs.AsSpan(0, ranges.Length);
    }

    // A step of each search, and how many go on.
    private int Halve(AdjacencyColumn index, Span<Search> searches, bool reversed)
    {
        int left = 0;
        foreach (Search search in searches)
        {
            int middle = search.First + ((search.End - search.First) / 2);
            Search half = index.At(middle, 1)[0] < search.Bound ? search with { First = middle + 1 } : search with { End = middle };
            if (half.First < half.End)
            {
                index.Entries.Prefetch(half.First + ((half.End - half.First) / 2));
                searches[left++] = half;
            }
            else if (reversed)
            {
                _runs[half.Run].End = half.End;
            }
            else
            {
                _runs[half.Run].First = half.End;
            }
        }

        return left;
    }

    // Where among the entries of a run the first that is not before a bound stands.
    private readonly record struct Search(int Run, int Bound, int First, int End);
}
