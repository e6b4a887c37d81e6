using ChainWatch.Graph;

namespace ChainWatch.Tracing;

/// <summary>Finds transactions in which listed and other addresses are inputs together.</summary>
internal static class CoSpendingFinder
{
    public static IReadOnlyList<CoSpending> Find(IReadOnlyList<ChainScan> scans, IReadOnlyList<TracedList> lists, TraceRequest request)
    {
        List<CoSpending> found = [];
        foreach (TracedList list in lists)
        {
            foreach (ChainScan scan in scans)
            {
                HashSet<int> seeds = [.. ChainScan.SeedNumbers(scan.Rules.Log, list)];
                HashSet<int>? watched = request.To.Count == 0 ? null : [.. scan.Watched.Select(w => w.Number)];
                found.AddRange(Find(scan.Rules.Log, list.Name, seeds, watched, request.Window));
            }
        }

        return found;
    }

    private static IEnumerable<CoSpending> Find(ChainLog log, string list, HashSet<int> seeds, HashSet<int>? watched, TraceWindow window)
    {
        for (int i = 0; i < log.Entries.Length; i++)
        {
            if (log.Entries[i].Multi < 0 || log.Multis[log.Entries[i].Multi].Sources is not { Length: > 1 } sources)
            {
                continue;
            }

            int listed = Array.Find(sources, seeds.Contains);
            if (!seeds.Contains(listed))
            {
                continue;
            }

            int group = log.GroupOf(i);
            ChainPosition position = log.PositionOf(group);
            if (!window.Holds(log.Chain, position.Block, log.TimeOf(group)))
            {
                continue;
            }

            foreach (int other in sources.Where(s => !seeds.Contains(s) && watched?.Contains(s) != false))
            {
                yield return new CoSpending(list, log.AddressTable[listed], log.AddressTable[other], position, log.TxOf(i));
            }
        }
    }
}
