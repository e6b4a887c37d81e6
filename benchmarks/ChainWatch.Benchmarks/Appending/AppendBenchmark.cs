using System.Diagnostics;
using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Graph.Appending;

namespace ChainWatch.Benchmarks.Appending;

/// <summary>What it costs to append blocks of 300 transfers to a file: time, bytes, and opening it again.</summary>
public static class AppendBenchmark
{
    private const int Transfers = 300;
    private const int DurableBlocks = 200;

    public static void Run(int blocksBefore, int blocks, TextWriter output)
    {
        string folder = Directory.CreateTempSubdirectory("chainwatch-append-").FullName;
        try
        {
            Run(Path.Combine(folder, "chain.cwg"), blocksBefore, blocks, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Run(string file, int blocksBefore, int blocks, TextWriter output)
    {
        BlockStory story = new(Transfers);
        using (FileStream stream = File.Create(file))
        {
            story.Graph(blocksBefore).Save(stream);
        }

        long before = new FileInfo(file).Length;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"built: {(long)blocksBefore * Transfers} transfers, {before} bytes, opened in {Open(file):0.0} ms"));
        (double first, double durable) = Append(file, story, blocksBefore, DurableBlocks, isDurable: true);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DurableBlocks} blocks of {Transfers}, waiting for the disk: {durable:0.000} ms a block in the median (the first: {first:0.0} ms)"));
        TimeSpan processor = Environment.CpuUsage.TotalTime;
        (first, double quick) = Append(file, story, blocksBefore + DurableBlocks, blocks, isDurable: false);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{blocks} blocks of {Transfers}, not waiting: {quick:0.000} ms a block in the median (the first: {first:0.0} ms), {(Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / blocks:0.000} ms of processor time"));
        long appended = (long)(blocks + DurableBlocks) * Transfers;
        long length = new FileInfo(file).Length;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(double)(length - before) / (blocks + DurableBlocks):0} bytes a block, {(double)(length - before) / appended:0.0} a transfer (built: {(double)before / ((long)blocksBefore * Transfers):0.0})"));
        TransferGraph.Open(file);
        processor = Environment.CpuUsage.TotalTime;
        double opened = Open(file);
        double opening = (Environment.CpuUsage.TotalTime - processor).TotalMilliseconds / 2;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"opened in {opened:0.0} ms: {opened * 1_000_000 / appended:0} ms for a million appended transfers, {opening * 1_000_000 / appended:0} of processor time"));
    }

    private static (double First, double Median) Append(string file, BlockStory story, long from, int blocks, bool isDurable)
    {
        using GraphAppender appender = GraphAppender.Open(file, new AppendOptions { IsDurable = isDurable });
        double[] times = new double[blocks];
        for (int i = 0; i < blocks; i++)
        {
            long start = Stopwatch.GetTimestamp();
            story.Send(appender, from + i);
            appender.Commit([BlockStory.Source(from + i)]);
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        double first = times[0];
        Array.Sort(times);
        return (first, times[blocks / 2]);
    }

    private static double Open(string file)
    {
        TransferGraph.Open(file);
        long start = Stopwatch.GetTimestamp();
        TransferGraph.Open(file);
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
