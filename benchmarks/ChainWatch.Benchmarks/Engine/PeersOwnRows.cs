using System.Diagnostics;
using System.Numerics;
using System.Runtime.InteropServices;
using ChainWatch.Lists;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Engine;

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
    private const int WatchedCount = 10_000;

    public static IReadOnlyList<PeersOwnRow> All { get; } =
    [
        new("reading the two columns once", PeersKind.Limit, ReadColumns),
        new("ChainWatch, one list", PeersKind.Exact, (graph, stops) => Lane(graph, stops, KeptEvidence.Labels)),
        new("ChainWatch, one list, evidence and events", PeersKind.Exact, (graph, stops) => Lane(graph, stops, KeptEvidence.Inflows)),
        new("ChainWatch, eight lists", PeersKind.Exact, EightLists),
        new("ChainWatch, Tracer.Trace, the whole answer", PeersKind.Exact, Trace),
    ];

    /// <summary>Runs until there are many or ten seconds are over; one run ahead warms up.</summary>
    public static (double Median, int Runs) Measure(Action run) => Measure(() => run);

    /// <summary>The same, where every run needs a state of its own: making it is left out.</summary>
    public static (double Median, int Runs) Measure(Func<Action> prepare)
    {
        prepare()();
        List<double> seconds = [];
        while (seconds.Count < RunsMax && (seconds.Count == 0 || seconds.Sum() < SecondsEnough))
        {
            // The state of the run before is garbage; what it took from the system is used again.
            GC.Collect();
            Action run = prepare();
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

    // The lane of the one-pass engine, with the filter's bits, as a trace runs it.
    private static PeersOwnAnswer Lane(PeersGraph graph, int? stopDegree, KeptEvidence kept)
    {
        OwnGraph own = OwnGraph.Of(graph);
        LaneQuestion question = new(new LaneRules(own.Log, own.Request(stopDegree, PeersExpected.HopsMax)), own.Seeds, [], Reversed: false, ThroughOpaque: false);
        SplitMix random = new(5);
        HashSet<int> watched = [.. Enumerable.Range(0, WatchedCount).Select(_ => (int)random.Below((ulong)own.Degrees.Length))];
        LaneBatch? batch = null;
        (double median, int runs) = Measure(() =>
        {
            batch = null;
            batch = new LaneBatch([new LaneSpec(question, kept, watched)], undoable: false, VectorPaths.Best);
            return () => batch.Append(0, own.Log.Groups.Length);
        });
        int[] counts = new int[PeersExpected.HopsMax + 1];
        DenseLane lane = batch!.Lanes[0];
        foreach (int address in lane.Reached())
        {
            counts[lane.HopsOf(address)]++;
        }

        GC.KeepAlive(own.Graph);
        return new PeersOwnAnswer(median, runs, counts);
    }

    // The graph's seeds, and seven lists as long of addresses that pay; the histogram is that of the first.
    private static PeersOwnAnswer EightLists(PeersGraph graph, int? stopDegree)
    {
        using GraphColumns columns = new(graph.Folder);
        EightListsRun run = new("eight lists", columns, new LaneSettings { Addresses = columns.Degrees.Length, MaxHops = PeersExpected.HopsMax }, stopDegree ?? int.MaxValue);
        (double median, int runs) = Measure(run.Prepare);
        return new PeersOwnAnswer(median, runs, run.FirstHistogram());
    }

    // What a caller gets: every address with its hops, path and arrival at hand. Its filter and stops were judged by the run ahead.
    private static PeersOwnAnswer Trace(PeersGraph graph, int? stopDegree)
    {
        OwnGraph own = OwnGraph.Of(graph);
        TraceRequest request = own.Request(stopDegree, PeersExpected.HopsMax) with
        {
            From = [AddressList.Of("seeds", [.. own.Seeds.Select(SyntheticLog.AddressAt)])],
        };
        TraceResult? result = null;
        (double median, int runs) = Measure(() => result = Tracer.Trace(own.Graph, request));
        int[] counts = new int[PeersExpected.HopsMax + 1];
        foreach (Exposure exposure in result!.Exposures)
        {
            counts[exposure.Hops]++;
        }

        return new PeersOwnAnswer(median, runs, counts);
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
