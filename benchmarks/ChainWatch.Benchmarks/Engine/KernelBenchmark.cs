using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>
/// The one-pass kernels on a generated graph: each variant in turn, several rounds, so that what else the machine does falls on
/// all alike. Times are medians and minima; ratios are to one sequential read of the two columns in the same run.
/// </summary>
internal static unsafe class KernelBenchmark
{
    private const int DegreeMax = 1000;
    private const int WatchedCount = 10_000;

    public static bool TryRead(string[] options, out int hops, out int repeats)
    {
        (hops, repeats) = (0, 5);
        return options is ["--hops", string hopsText, .. string[] more]
            && int.TryParse(hopsText, NumberStyles.None, CultureInfo.InvariantCulture, out hops) && hops is >= 1 and <= LabelByte.HopsMax
            && (more.Length == 0 || (more is ["--repeats", string text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out repeats) && repeats > 0));
    }

    public static void Run(string folder, int hops, int repeats, TextWriter output)
    {
        using GraphColumns graph = new(folder);
        List<KernelRun> runs = [.. Runs(graph, hops)];
        List<double> reads = [];
        for (int round = 0; round < repeats; round++)
        {
            for (int i = 0; i < 3; i++)
            {
                reads.Add(Read(graph.Transfers));
            }

            foreach (KernelRun run in runs)
            {
                run.Once();
            }
        }

        reads.Sort();
        double read = reads[reads.Count / 2];
        output.WriteLine(Line($"{graph.Transfers.Count} transfers, {graph.Degrees.Length} addresses, {graph.Seeds.Length} seeds, {hops} hops, fastest path {VectorPaths.Best}"));
        output.WriteLine(Line($"{"one sequential read",-44} median {read * 1e3,9:0.0} ms, min {reads[0] * 1e3,9:0.0} ms, {read * 1e9 / graph.Transfers.Count,6:0.00} ns a transfer"));
        output.WriteLine(Line($"{"finding the fresh tails, once",-44}        {graph.FreshSeconds * 1e3,9:0.0} ms, {graph.FreshSeconds * 1e9 / graph.Transfers.Count,25:0.00} ns a transfer"));
        foreach (KernelRun run in runs)
        {
            run.Seconds.Sort();
            double median = run.Seconds[run.Seconds.Count / 2];
            output.WriteLine(Line($"{run.Name,-44} median {median * 1e3,9:0.0} ms, min {run.Seconds[0] * 1e3,9:0.0} ms, {median * 1e9 / graph.Transfers.Count,6:0.00} ns a transfer, {median / read,5:0.0} reads; {run.Result}"));
        }
    }

    private static IEnumerable<KernelRun> Runs(GraphColumns graph, int hops)
    {
        List<uint> watched = [];
        SplitMix random = new(5);
        for (int i = 0; i < WatchedCount; i++)
        {
            watched.Add((uint)random.Below((ulong)graph.Degrees.Length));
        }

        LaneSettings bare = new() { Addresses = graph.Degrees.Length, MaxHops = hops };
        LaneSettings full = bare with { KeepsSteps = true, Interest = new InterestSet([.. watched.Distinct()], graph.Degrees.Length) };
        foreach (int degreeMax in new[] { int.MaxValue, DegreeMax })
        {
            string stops = degreeMax == int.MaxValue ? "" : ", stops";
            foreach (VectorPath path in Enum.GetValues<VectorPath>().Where(VectorPaths.IsSupported))
            {
                yield return new OneListRun($"bare, {path}{stops}", graph, bare with { Path = path }, degreeMax);
            }

            yield return new OneListRun($"bare, one thread{stops}", graph, bare, degreeMax, alone: true);
            yield return new OneListRun($"steps{stops}", graph, bare with { KeepsSteps = true }, degreeMax);
            yield return new OneListRun($"inflows{stops}", graph, full with { KeepsSteps = false }, degreeMax);
            yield return new OneListRun($"steps and inflows{stops}", graph, full, degreeMax);
            yield return new OneListRun($"bare, reversed{stops}", graph, bare with { Reversed = true }, degreeMax);
            yield return new EightListsRun($"8 lists, bare{stops}", graph, bare, degreeMax);
            yield return new EightListsRun($"8 lists, steps{stops}", graph, bare with { KeepsSteps = true }, degreeMax);
        }
    }

    /// <summary>The seconds that one sequential read of the two columns takes.</summary>
    public static double Read(in TransferColumns columns)
    {
        long start = Stopwatch.GetTimestamp();
        Vector256<uint> sum = Vector256<uint>.Zero;
        for (long i = 0; i + 8 <= columns.Count; i += 8)
        {
            sum += Vector256.Load(columns.Source + i) ^ Vector256.Load(columns.Target + i);
        }

        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        GC.KeepAlive(Vector256.Sum(sum));
        return seconds;
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
