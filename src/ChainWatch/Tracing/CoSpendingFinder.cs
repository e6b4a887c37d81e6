using ChainWatch.Graph;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing;

/// <summary>Finds transactions in which listed and other addresses are inputs together.</summary>
internal static class CoSpendingFinder
{
    public static IReadOnlyList<CoSpending> Find(IReadOnlyList<ChainScan> scans, IReadOnlyList<TracedList> lists, TraceWindow window)
    {
        List<CoSpending> found = [];
        foreach (TracedList list in lists)
        {
            foreach (ChainScan scan in scans)
            {
                found.AddRange(Find(scan, list.Name, [.. ChainScan.SeedNumbers(scan.Rules.Log, list)], window));
            }
        }

        return found;
    }

    private static IEnumerable<CoSpending> Find(ChainScan scan, string list, HashSet<int> seeds, TraceWindow window)
    {
        ChainLog log = scan.Rules.Log;
        (int first, int end) = scan.AppendedEntries;
        for (int m = 0; m < log.MultiCount; m++)
        {
            int i = log.Columns.Multis.Entries.At(m);
            if (i < first || i >= end || !HasPayerOf(log.Columns.Multis, m, seeds) || log.MultiAt(m).Sources is not { Length: > 1 } sources)
            {
                continue;
            }

            int[] listed = Array.FindAll(sources, seeds.Contains);
            if (listed.Length == 0 || listed.Length == sources.Length)
            {
                continue;
            }

            int group = log.GroupOf(i);
            ChainPosition position = log.PositionOf(group);
            if (!window.Holds(log.Chain, position.Block, log.TimeOf(group)))
            {
                continue;
            }

            foreach (int other in sources.Where(s => !seeds.Contains(s)))
            {
                foreach (int seed in listed)
                {
                    yield return new CoSpending(list, log.AddressTable[seed], log.AddressTable[other], position, log.TxOf(i), scan.Rules.CoinJoinOf(i));
                }
            }
        }
    }

    private static bool HasPayerOf(MultiColumn multis, int multi, HashSet<int> seeds)
    {
        int end = multis.InputStarts.At(multi + 1);
        for (int i = multis.InputStarts.At(multi); i < end; i++)
        {
            // An owner's number stands two higher.
            if (seeds.Contains(multis.InputOwners.At(i) - 2))
            {
                return true;
            }
        }

        return false;
    }
}
