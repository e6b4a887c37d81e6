using System.Diagnostics;
using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Graph.Storage;
using ChainWatch.Labels;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>
/// The index and the search by it on a generated graph, as a graph file: <c>graph.cwg</c> in the folder, made where it is missing.
/// With stops at degree 1,000. What a question finds in the index is measured, and not the lane that is run over it.
/// </summary>
internal static class IndexBenchmark
{
    private const int DegreeMax = 1000;
    private const int Questions = 1000;
    private const int Builds = 3;

    public static void Run(string folder, TextWriter output)
    {
        string path = Path.Combine(folder, "graph.cwg");
        (uint[] seeds, int[] degrees) = Make(folder, path);
        long opening = Stopwatch.GetTimestamp();
        TransferGraph graph = TransferGraph.Open(path);
        ChainLog log = graph.Chains[0];
        LogIndex index = log.Adjacency(build: false)!;
        output.WriteLine(Line($"{log.MovementCount} transfers, {log.AddressTable.Length} addresses, file of {new FileInfo(path).Length} bytes, opened in {Stopwatch.GetElapsedTime(opening).TotalMilliseconds:0.0} ms"));
        // Once the stops are the addresses that have more transfers in the whole graph, once where they come to have more.
        TraceRequest final = new() { From = [], MaxHops = 5, Stops = new StopRule { Lists = [HubsOf(degrees)] } };
        TraceRequest growing = new() { From = [], MaxHops = 5, Stops = new StopRule { MaxDegree = DegreeMax } };

        // The pages of the index are checked when they are first read: so these questions take longer.
        LaneRules rules = new(log, final with { MaxHops = 3 });
        WarmUp(rules, index);
        Ask("received, 3 hops, pages not read before", rules, index, reversed: false, Pick(seeds, 1), output);
        Ask("sent, 3 hops, pages not read before", rules, index, reversed: true, Wallets(log, 2), output);
        double read = Read(log);
        foreach (NumberColumn column in new[] { index.Forward.Starts, index.Forward.Entries, index.Backward.Starts, index.Backward.Entries })
        {
            column.Ints(0, column.Count);
        }

        foreach ((string stops, TraceRequest request) in new[] { ("final degree", final), ("degree so far", growing) })
        {
            LaneRules three = new(log, request with { MaxHops = 3 });
            LaneRules five = new(log, request with { MaxHops = 5 });
            Ask($"received, 3 hops, {stops}", three, index, reversed: false, Pick(seeds, 3), output);
            Ask($"sent, 3 hops, {stops}", three, index, reversed: true, Wallets(log, 4), output);
            Ask($"sent, 5 hops, {stops}", five, index, reversed: true, Wallets(log, 5), output);
            AskAll(Line($"received, {seeds.Length} seeds, 3 hops, {stops}"), three, index, seeds, read, output);
            AskAll(Line($"received, {seeds.Length} seeds, 5 hops, {stops}"), five, index, seeds, read, output);
        }

        Build(log, read, output);
        GC.KeepAlive(graph);
    }

    private static (uint[] Seeds, int[] Degrees) Make(string folder, string path)
    {
        using GraphColumns columns = new(folder);
        if (!File.Exists(path))
        {
            using FileStream file = File.Create(path, 1 << 20);
            SyntheticLog.Make(columns.Transfers, columns.Degrees.Length).Save(file, withIndex: true);
        }

        return (columns.Seeds, columns.Degrees);
    }

    private static StopList HubsOf(int[] degrees) => new("hubs", [.. Enumerable.Range(0, degrees.Length)
        .Where(i => degrees[i] > DegreeMax)
        .Select(i => new StopLabel(SyntheticLog.AddressAt(i), StopCategory.Exchange, "hub", "generated"))]);

    // A few questions, many times over: for the compiler.
    private static void WarmUp(LaneRules rules, LogIndex index)
    {
        ReachCollector collector = new();
        for (int i = 0; i < 40_000; i++)
        {
            collector.TryCollect(new LaneQuestion(rules, [i % 8], [], i % 2 == 0, ThroughOpaque: false), index, 1000, out _);
        }
    }

    private static void Ask(string name, LaneRules rules, LogIndex index, bool reversed, int[] seeds, TextWriter output)
    {
        ReachCollector collector = new();
        double[] microseconds = new double[seeds.Length];
        long[] relaxed = new long[seeds.Length];
        for (int i = 0; i < seeds.Length; i++)
        {
            LaneQuestion question = new(rules, [seeds[i]], [], reversed, ThroughOpaque: false);
            long start = Stopwatch.GetTimestamp();
            collector.TryCollect(question, index, long.MaxValue, out _);
            microseconds[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            relaxed[i] = collector.Relaxed;
        }

        double sum = microseconds.Sum();
        output.WriteLine(Line($"{name,-48} median {Quantile(microseconds, 50),8:0.0} us, p90 {Quantile(microseconds, 90),8:0.0} us, p99 {Quantile(microseconds, 99),9:0.0} us; entries median {Quantile(relaxed, 50),6}, p90 {Quantile(relaxed, 90),6}; {sum * 1e3 / Math.Max(1, relaxed.Sum()):0} ns an entry"));
    }

    private static void AskAll(string name, LaneRules rules, LogIndex index, uint[] seeds, double read, TextWriter output)
    {
        ReachCollector collector = new();
        LaneQuestion question = new(rules, [.. seeds.Select(s => (int)s)], [], Reversed: false, ThroughOpaque: false);
        List<double> seconds = [];
        for (int round = 0; round < Builds; round++)
        {
            long start = Stopwatch.GetTimestamp();
            collector.TryCollect(question, index, long.MaxValue, out _);
            seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
        }

        seconds.Sort();
        output.WriteLine(Line($"{name,-48} median {seconds[Builds / 2] * 1e3:0.0} ms, {seconds[Builds / 2] / read:0.0} reads; {collector.Relaxed} entries, {seconds[Builds / 2] * 1e9 / collector.Relaxed:0} ns an entry"));
    }

    private static void Build(ChainLog log, double read, TextWriter output)
    {
        foreach (int threads in new[] { 1, 2 })
        {
            List<double> seconds = [];
            for (int round = 0; round < Builds; round++)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                long start = Stopwatch.GetTimestamp();
                AdjacencyBuilder.Build(log.Entries, log.Columns.Multis, log.AddressTable.Length, threads, CancellationToken.None);
                seconds.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
            }

            seconds.Sort();
            output.WriteLine(Line($"{$"building both directions, {threads} threads",-48} median {seconds[Builds / 2] * 1e3:0} ms, {seconds[Builds / 2] / read:0.0} reads; {2e-6 * log.MovementCount / seconds[Builds / 2]:0} M entries/s"));
        }

        GC.KeepAlive(log);
    }

    // One sequential read of the two hot columns, whose pages are checked already.
    private static unsafe double Read(ChainLog log)
    {
        fixed (int* source = log.Entries.Sources.Ints(0, log.Entries.Length), target = log.Entries.Targets.Ints(0, log.Entries.Length))
        {
            List<double> seconds = [];
            for (int i = 0; i < 5; i++)
            {
                seconds.Add(KernelBenchmark.Read(new TransferColumns((uint*)source, (uint*)target, log.Entries.Length)));
            }

            seconds.Sort();
            return seconds[seconds.Count / 2];
        }
    }

    private static int[] Pick(uint[] seeds, ulong randomSeed)
    {
        SplitMix random = new(randomSeed);
        return [.. Enumerable.Range(0, Questions).Select(_ => (int)seeds[random.Below((ulong)seeds.Length)])];
    }

    private static int[] Wallets(ChainLog log, ulong randomSeed)
    {
        SplitMix random = new(randomSeed);
        return [.. Enumerable.Range(0, Questions).Select(_ => (int)random.Below((ulong)log.AddressTable.Length))];
    }

    private static T Quantile<T>(T[] values, int percent)
    {
        Array.Sort(values);
        return values[Math.Min(values.Length - 1, values.Length * percent / 100)];
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
