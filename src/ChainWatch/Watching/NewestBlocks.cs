using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Watching;

/// <summary>The newest blocks that a state holds of a chain: those that a branch which wins may still take back.</summary>
internal static class NewestBlocks
{
    // More than chains reorganise; at least so many blocks are seen again when a watcher starts.
    private const int SeenAgainMin = 64;

    // So many are taken back one by one.
    private const int SingleMax = 16;

    /// <summary>The blocks, as one window: the graph does not keep the hashes in between. Empty where it holds none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="chain">The chain.</param>
    /// <param name="confirmations">At least so many.</param>
    public static ReadWindow[] In(TransferGraph graph, Chain chain, int confirmations)
    {
        ReadWindow[] windows = [.. graph.Coverage.Sources.SelectMany(s => s.Windows).Where(w => w.Chain == chain).OrderBy(w => w.Last)];
        if (windows.Length == 0)
        {
            return [];
        }

        ReadWindow last = windows[^1];
        long first = Math.Max(last.Last + 1 - Math.Max(SeenAgainMin, confirmations), last.First);
        return [last with { First = first, ParentHash = first == last.First ? last.ParentHash : "" }];
    }

    /// <summary>
    /// The same with the newest blocks one by one, as the endpoint tells their hashes: every block names the one before it, and
    /// the last is known. Where the endpoint is of another branch they stay together.
    /// </summary>
    /// <exception cref="ChainWatchException">The endpoint does not answer.</exception>
    public static async Task<IReadOnlyList<ReadWindow>> SplitAsync(ReadWindow[] held, IChainSource source, CancellationToken cancellationToken)
    {
        LinkedList<ReadWindow> windows = new(held);
        while (windows.First is { Value: ReadWindow rest } && windows.Count <= SingleMax && rest.First < rest.Last
            && await source.FindBlockAsync(rest.Last, cancellationToken).ConfigureAwait(false) is BlockRef block && block.Hash == rest.LastHash)
        {
            windows.First.Value = new ReadWindow(rest.Chain, rest.Last, rest.Last, block.ParentHash, block.Hash);
            windows.AddFirst(rest with { Last = rest.Last - 1, LastHash = block.ParentHash });
        }

        return [.. windows];
    }
}
