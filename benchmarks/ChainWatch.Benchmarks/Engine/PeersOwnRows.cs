using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>What was measured in this process: the median in seconds, of how many runs, and the histogram if it is an answer.</summary>
internal sealed record PeersOwnAnswer(double Seconds, int Runs, IReadOnlyList<int>? Histogram)
{
    public double? LoadSeconds { get; init; }
}

/// <summary>A row measured in this process.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="Kind">What it answers; histograms of exact rows are checked.</param>
/// <param name="Ask">Measures, for a graph and a degree limit (null: no stops).</param>
internal sealed record PeersOwnRow(string Name, PeersKind Kind, Func<PeersGraph, int?, PeersOwnAnswer> Ask);

/// <summary>ChainWatch's own rows, and the limit they are compared with. A new engine is a line here.</summary>
internal static class PeersOwnRows
{
    private const int RunsMax = 21;
    private const double SecondsEnough = 10;

    public static IReadOnlyList<PeersOwnRow> All { get; } =
    [
        new("reading the two columns once", PeersKind.Limit, ReadColumns),
    ];

    /// <summary>Runs until there are many or ten seconds are over; one run ahead warms up.</summary>
    public static (double Median, int Runs) Measure(Action run)
    {
        run();
        List<double> seconds = [];
        while (seconds.Count < RunsMax && (seconds.Count == 0 || seconds.Sum() < SecondsEnough))
        {
            long start = Stopwatch.GetTimestamp();
            run();
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        seconds.Sort();
        return (seconds[seconds.Count / 2], seconds.Count);
    }

    private static PeersOwnAnswer ReadColumns(PeersGraph graph, int? stopDegree)
    {
        (uint[] from, uint[] to) = (graph.From, graph.To);
        uint sum = 0;
        (double median, int runs) = Measure(() => sum += Sum(from) + Sum(to));
        GC.KeepAlive(sum);
        return new PeersOwnAnswer(median, runs, Histogram: null);
    }

    // Four sums, so that the memory and not the addition sets the pace.
    private static uint Sum(ReadOnlySpan<uint> values)
    {
        ReadOnlySpan<Vector<uint>> vectors = MemoryMarshal.Cast<uint, Vector<uint>>(values);
        (Vector<uint> a, Vector<uint> b, Vector<uint> c, Vector<uint> d) = (Vector<uint>.Zero, Vector<uint>.Zero, Vector<uint>.Zero, Vector<uint>.Zero);
        int i = 0;
        for (; i + 3 < vectors.Length; i += 4)
        {
            a += vectors[i];
            b += vectors[i + 1];
            c += vectors[i + 2];
            d += vectors[i + 3];
        }

        uint sum = Vector.Sum(a + b + c + d);
        foreach (uint value in values[(i * Vector<uint>.Count)..])
        {
            sum += value;
        }

        return sum;
    }
}
