namespace ChainWatch.Benchmarks.Engine;

/// <summary>
/// The answer that every peer that minds time must give: addresses by their least number of hops. Counted here by the plainest
/// scan there is, and for three sizes also written down, so that a change of the generator shows.
/// </summary>
internal static class PeersExpected
{
    public const int HopsMax = 5;

    /// <summary>With stops: an address with more transfers than this, in all, is reached and not traced through.</summary>
    public const int StopDegree = 1000;

    private const byte Unreached = byte.MaxValue;

    private static readonly Dictionary<(int Transfers, int? StopDegree), int[]> s_known = new()
    {
        [(1_000_000, null)] = [2000, 8599, 81025, 76002, 25208, 5661],
        [(1_000_000, StopDegree)] = [2000, 8599, 46976, 70226, 42040, 15000],
        [(10_000_000, null)] = [2000, 9058, 695661, 865224, 328669, 78155],
        [(10_000_000, StopDegree)] = [2000, 9058, 79302, 338616, 591436, 489070],
        [(100_000_000, null)] = [2000, 8238, 6615028, 8824712, 3472667, 842275],
        [(100_000_000, StopDegree)] = [2000, 8238, 49766, 289485, 1367637, 3960872],
    };

    /// <summary>The histogram of a graph. Throws where the graph is not the one whose answer is known.</summary>
    public static int[] Histogram(PeersGraph graph, int? stopDegree)
    {
        int[] counted = Count(graph, stopDegree);
        return !s_known.TryGetValue((graph.Transfers, stopDegree), out int[]? known) || known.AsSpan().SequenceEqual(counted)
            ? counted
            : throw new InvalidDataException($"{graph.Folder} is not the graph of this generator: addresses by hops are {string.Join(", ", counted)}; {string.Join(", ", known)} are expected");
    }

    private static int[] Count(PeersGraph graph, int? stopDegree)
    {
        bool[] isStop = Stops(graph, stopDegree);
        byte[] hops = new byte[graph.Addresses];
        Array.Fill(hops, Unreached);
        foreach (uint seed in graph.Seeds)
        {
            hops[seed] = 0;
        }

        for (int i = 0; i < graph.Transfers; i++)
        {
            (uint from, uint to) = (graph.From[i], graph.To[i]);
            if (hops[from] < HopsMax && hops[from] + 1 < hops[to] && !isStop[from])
            {
                hops[to] = (byte)(hops[from] + 1);
            }
        }

        int[] counts = new int[HopsMax + 1];
        foreach (byte reached in hops.Where(h => h != Unreached))
        {
            counts[reached]++;
        }

        return counts;
    }

    private static bool[] Stops(PeersGraph graph, int? stopDegree)
    {
        int[] degrees = new int[graph.Addresses];
        for (int i = 0; i < graph.Transfers; i++)
        {
            degrees[graph.From[i]]++;
            degrees[graph.To[i]]++;
        }

        return [.. degrees.Select(degree => degree > stopDegree)];
    }
}
