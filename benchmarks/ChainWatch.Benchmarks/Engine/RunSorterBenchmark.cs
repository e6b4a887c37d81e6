using System.Diagnostics;
using System.Globalization;
using ChainWatch.Graph.Building;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>Sorts rows of 40 bytes, in memory and through a temporary file: random, in order, nearly in order, as side-by-side fetchers deliver.</summary>
public static class RunSorterBenchmark
{
    private const long AllInMemory = 1L << 40;

    public static void Run(int rows, TextWriter output)
    {
        Sort(100_000, "random", AllInMemory, TextWriter.Null); // for the compiler
        Sort(100_000, "random", 1 << 20, TextWriter.Null);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} rows of 40 bytes, {Environment.ProcessorCount} threads"));
        foreach (string shape in new[] { "random", "in order", "nearly in order", "blocks shuffled" })
        {
            Sort(rows, shape, AllInMemory, output);
            Sort(rows, shape, Math.Max(1 << 20, rows * 10L), output);
        }

        int[] places = Places(rows, "random", new SplitMix(7));
        BenchmarkRow[] array = new BenchmarkRow[rows];
        for (int i = 0; i < rows; i++)
        {
            array[i] = Make(i, places[i]);
        }

        TimeSpan before = Environment.CpuUsage.TotalTime;
        long start = Stopwatch.GetTimestamp();
        Array.Sort(array, (x, y) => default(BenchmarkRowOrder).Compare(x, y));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        double processor = (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {"random",-16} {"Array.Sort",-10} {rows / seconds / 1e6,7:0.0} M rows/s  (one thread, nothing copied; {processor:0.000} s of processor time)"));
    }

    private static void Sort(int rows, string shape, long memory, TextWriter output)
    {
        // No more is asked of the system than can be used.
        memory = Math.Min(memory, (rows * 60L) + (64 << 20));
        using RunSorter<BenchmarkRow, BenchmarkRowOrder> sorter = new(default, memory, Path.GetTempPath(), Environment.ProcessorCount, CancellationToken.None);
        SplitMix random = new(7);
        int[] places = Places(rows, shape, random);
        BenchmarkRow[] batch = new BenchmarkRow[1 << 16];
        double adding = 0;
        double processor = 0;
        for (int from = 0; from < rows; from += batch.Length)
        {
            int count = Math.Min(batch.Length, rows - from);
            for (int i = 0; i < count; i++)
            {
                batch[i] = Make(from + i, places[from + i]);
            }

            TimeSpan before = Environment.CpuUsage.TotalTime;
            long start = Stopwatch.GetTimestamp();
            sorter.Add(batch.AsSpan(0, count));
            processor += (Environment.CpuUsage.TotalTime - before).TotalSeconds;
            adding += Stopwatch.GetElapsedTime(start).TotalSeconds;
        }

        TimeSpan beforeMerge = Environment.CpuUsage.TotalTime;
        long merge = Stopwatch.GetTimestamp();
        BenchmarkRow last = new() { Block = long.MinValue };
        long seen = 0;
        int runs = sorter.Runs;
        sorter.Merge(sorted =>
        {
            if (default(BenchmarkRowOrder).Compare(last, sorted[0]) > 0)
            {
                throw new InvalidOperationException("rows came out of order");
            }

            last = sorted[^1];
            seen += sorted.Length;
        });
        double merging = Stopwatch.GetElapsedTime(merge).TotalSeconds;
        processor += (Environment.CpuUsage.TotalTime - beforeMerge).TotalSeconds;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {shape,-16} {(runs == 0 ? "in memory" : $"{runs + 1} runs"),-10} {seen / (adding + merging) / 1e6,7:0.0} M rows/s  (adding {adding:0.000} s, then {merging:0.000} s; {processor:0.000} s of processor time)"));
    }

    // By the order in which rows come, their places in the sorted order.
    private static int[] Places(int rows, string shape, SplitMix random)
    {
        int[] places = [.. Enumerable.Range(0, rows)];
        switch (shape)
        {
            case "random":
                for (int i = rows - 1; i > 0; i--)
                {
                    int other = (int)random.Below((ulong)i + 1);
                    (places[i], places[other]) = (places[other], places[i]);
                }

                return places;

            case "nearly in order":
                // One in a thousand stands anywhere.
                for (int i = 0; i < rows / 1000; i++)
                {
                    places[(int)random.Below((ulong)rows)] = (int)random.Below((ulong)rows);
                }

                return places;

            case "blocks shuffled":
                // Batches of 5,000 rows, in an order without a pattern.
                return [.. places.Chunk(5000).OrderBy(_ => random.Next()).SelectMany(chunk => chunk)];

            default:
                return places;
        }
    }

    // 200 transactions a block, a row each.
    private static BenchmarkRow Make(int number, int place) =>
        new() { Block = 18_000_000 + (place / 200), Index = place % 200, Source = number, Target = place, Asset = place % 7, Value = (ulong)number, Line = (ulong)number };
}
