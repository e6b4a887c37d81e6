using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>The newest blocks that a state holds of a chain: those that a branch which wins may still take back.</summary>
internal static class NewestBlocks
{
    // More than chains reorganise; at least so many blocks are seen again when a watcher starts.
    private const int SeenAgainMin = Checkpoint.BlocksMax;

    /// <summary>The blocks, as windows that can be taken back, ascending and without a gap. Empty where it holds none.</summary>
    /// <param name="graph">The graph, which keeps the hash of the last block alone.</param>
    /// <param name="checkpoint">The hashes of those before.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="confirmations">At least so many blocks.</param>
    public static IReadOnlyList<ReadWindow> In(TransferGraph graph, Checkpoint checkpoint, Chain chain, int confirmations)
    {
        ReadWindow[] windows = [.. graph.Coverage.Sources.SelectMany(s => s.Windows).Where(w => w.Chain == chain).OrderBy(w => w.Last)];
        if (windows.Length == 0)
        {
            return [];
        }

        ReadWindow whole = windows[^1];
        long first = Math.Max(whole.Last + 1 - Math.Max(SeenAgainMin, confirmations), whole.First);
        IReadOnlyList<ReadWindow> known = [.. checkpoint.Until(chain, whole.Last, whole.LastHash).Where(w => w.First >= first)];
        if (known.Count > 0 && known[0].First == first)
        {
            return known;
        }

        // Their hashes in between are not known: they are taken back together, if they must be.
        ReadWindow rest = whole with { First = first, ParentHash = first == whole.First ? whole.ParentHash : "" };
        return known.Count > 0 ? [rest with { Last = known[0].First - 1, LastHash = known[0].ParentHash }, .. known] : [rest];
    }
}
