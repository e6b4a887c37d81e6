using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>Builds the graph of a synthetic transfer file, hashes and all. Beside it the same file read by its lines alone.</summary>
public static class CsvBenchmark
{
    public static void Run(int rows, TextWriter output)
    {
        string folder = Path.Combine(Path.GetTempPath(), "chainwatch-csv");
        Run(folder, SyntheticGraph.Make(20_000, 100_000), TextWriter.Null); // for the compiler
        Run(folder, SyntheticGraph.Make(20_000, 100_000), TextWriter.Null);
        Run(folder, SyntheticGraph.Make(Math.Max(20_000, rows / 5), rows), output);
    }

    private static void Run(string folder, SyntheticGraph graph, TextWriter output)
    {
        GraphFiles.Write(graph, folder);
        int rows = graph.From.Length;
        string file = Path.Combine(folder, "transfers.csv");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} rows, {new FileInfo(file).Length >> 20} MiB, {Environment.ProcessorCount} threads"));
        TransferFileSource source = new([file], declaredComplete: true);
        using TransferGraphBuilder builder = new();
        Spent reading = Spent.On(() => builder.Add(source.ReadAsync(TransferQuery.Everything, builder).AsTask().GetAwaiter().GetResult()));
        TransferGraph? built = null;
        Spent building = Spent.On(() => built = builder.Build());
        long length = 0;
        Spent lines = Spent.On(() => length = File.ReadLines(file).Sum(line => (long)line.Length));
        Line(output, "reading", reading, rows);
        Line(output, "building", building, rows);
        Line(output, "graph of the file", reading + building, rows);
        Line(output, "peer: lines alone", lines, rows);
        GC.KeepAlive((built, length));
        Directory.Delete(folder, recursive: true);
    }

    private static void Line(TextWriter output, string name, Spent spent, int rows) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-22} {rows / spent.Seconds / 1e6,7:0.00} M/s  {spent.Seconds,7:0.000} s  ({spent.Processor * 1e9 / rows,6:0.0} ns of processor time each)"));
}
