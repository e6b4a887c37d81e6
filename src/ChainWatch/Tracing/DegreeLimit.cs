using System.Runtime.Intrinsics.X86;
using ChainWatch.Graph;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing;

/// <summary>
/// Where addresses cross the degree limit: the first position at which an address has more followed transfers than the
/// limit allows, counted in chain order. From that position on, itself included, the address is an opaque stop.
/// </summary>
internal static unsafe class DegreeLimit
{
    private const int Ahead = 64; // transfers: a miss of the last cache

    /// <summary>The addresses that cross the limit, and the group at which each does, in chain order.</summary>
    public static IReadOnlyList<(int Group, int Address)> Crossings(ChainLog log, TransferFilter filter, int maxDegree) =>
        Count(log, filter, maxDegree, new int[log.AddressTable.Length], log.Entries.Length);

    /// <summary>The crossings, where some transfers were counted before.</summary>
    /// <param name="log">The transfers.</param>
    /// <param name="filter">Tells which are followed.</param>
    /// <param name="maxDegree">The limit.</param>
    /// <param name="degree">By address the transfers counted before; those of the log are added.</param>
    /// <param name="end">The first entry that is not counted.</param>
    public static IReadOnlyList<(int Group, int Address)> Count(ChainLog log, TransferFilter filter, int maxDegree, Span<int> degree, int end)
    {
        List<(int Group, int Address)> crossings = [];
        HotColumns hot = log.Hot;
        for (int i = 0; i < end; i++)
        {
            int source = (int)hot.Sources[i];
            if (source < 0)
            {
                int multi = log.Entries.MultiOf(i);
                if (filter.TargetsOf(multi) is { Followed: { Length: > 0 } targets })
                {
                    foreach (int address in TouchedBy(log.MultiAt(multi).Sources, targets))
                    {
                        Touch(ref degree[address], address, i);
                    }
                }

                continue;
            }

            if (Sse.IsSupported && i + Ahead < hot.Count && (int)hot.Sources[i + Ahead] >= 0)
            {
                fixed (int* first = degree)
                {
                    Sse.Prefetch0(first + hot.Sources[i + Ahead]);
                    Sse.Prefetch0(first + hot.Targets[i + Ahead]);
                }
            }

            if (filter.Followed[i])
            {
                Touch(ref degree[source], source, i);
                Touch(ref degree[(int)hot.Targets[i]], (int)hot.Targets[i], i);
            }
        }

        GC.KeepAlive(hot);
        return crossings;

        void Touch(ref int count, int address, int entry)
        {
            if (++count == maxDegree + 1L)
            {
                crossings.Add((log.GroupOf(entry), address));
            }
        }
    }

    /// <summary>The addresses that a movement touches: each once, and only those that pay or are paid by another.</summary>
    /// <param name="sources">Who pays, ascending.</param>
    /// <param name="targets">Who is paid by what is followed, ascending.</param>
    public static IEnumerable<int> TouchedBy(int[] sources, int[] targets)
    {
        foreach (int address in sources.Union(targets))
        {
            bool pays = Array.BinarySearch(sources, address) >= 0 && targets.Any(t => t != address);
            bool isPaid = Array.BinarySearch(targets, address) >= 0 && sources.Any(s => s != address);
            if (pays || isPaid)
            {
                yield return address;
            }
        }
    }
}
