using ChainWatch.Graph;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing.Plain;

/// <summary>
/// Where addresses cross the degree limit: the first position at which an address has more followed transfers than the
/// limit allows, counted in chain order. From that position on, itself included, the address is an opaque stop.
/// </summary>
internal static class PlainDegreeLimit
{
    /// <summary>For every address the group of its crossing, or <see cref="int.MaxValue"/>.</summary>
    public static int[] Crossings(ChainLog log, PlainFilter filter, int maxDegree)
    {
        int[] degree = new int[log.AddressTable.Length];
        int[] crossing = new int[degree.Length];
        Array.Fill(crossing, int.MaxValue);
        for (int g = 0; g < log.Groups.Length; g++)
        {
            int end = log.EndOf(g);
            for (int i = log.Groups.StartOf(g); i < end; i++)
            {
                int multi = log.Entries.MultiOf(i);
                if (multi < 0)
                {
                    if (filter.VerdictOf(i) == PlainFilter.Verdict.Followed)
                    {
                        Touch(log.Entries.SourceOf(i)[0]);
                        Touch(log.Entries.TargetOf(i)[0]);
                    }
                }
                else if (filter.TargetsOf(multi) is { Followed: { Length: > 0 } targets })
                {
                    TouchAll(log.MultiAt(multi).Sources, targets);
                }
            }

            void Touch(int address)
            {
                if (++degree[address] > maxDegree && crossing[address] == int.MaxValue)
                {
                    crossing[address] = g;
                }
            }

            // A movement touches each address once, and only those that pay or are paid by another.
            void TouchAll(int[] sources, int[] targets)
            {
                foreach (int address in sources.Union(targets))
                {
                    bool pays = Array.BinarySearch(sources, address) >= 0 && targets.Any(t => t != address);
                    bool isPaid = Array.BinarySearch(targets, address) >= 0 && sources.Any(s => s != address);
                    if (pays || isPaid)
                    {
                        Touch(address);
                    }
                }
            }
        }

        return crossing;
    }
}
