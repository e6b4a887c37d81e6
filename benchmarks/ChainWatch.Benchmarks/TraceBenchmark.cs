using System.Diagnostics;
using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Reporting;
using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Benchmarks;

/// <summary>Reads a generated transfer file, traces it and writes the CSV, all with the library in this process, and times each step.</summary>
public static class TraceBenchmark
{
    public static async Task RunAsync(string folder, int hops, TextWriter output)
    {
        AddressList seeds = AddressList.Of("seeds", AddressFile.Read(Path.Combine(folder, "seeds.txt")).Select(row => row.Address));

        long start = Stopwatch.GetTimestamp();
        TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource([Path.Combine(folder, "transfers.csv")], declaredComplete: true)).ConfigureAwait(false);
        TimeSpan read = Stopwatch.GetElapsedTime(start);

        start = Stopwatch.GetTimestamp();
        TraceResult result = Tracer.Trace(graph, new TraceRequest { From = [seeds], MaxHops = hops });
        TimeSpan trace = Stopwatch.GetElapsedTime(start);

        start = Stopwatch.GetTimestamp();
        await using (StreamWriter csv = new(Stream.Null))
        {
            Report.WriteCsv(result, csv);
        }

        TimeSpan written = Stopwatch.GetElapsedTime(start);
        using Process self = Process.GetCurrentProcess();
        output.WriteLine("hops,addresses");
        foreach (IGrouping<int, Exposure> ring in result.Exposures.GroupBy(e => e.Hops).OrderBy(g => g.Key))
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ring.Key},{ring.Count()}"));
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"read {read.TotalSeconds:0.00} s, trace {trace.TotalSeconds:0.00} s, csv {written.TotalSeconds:0.00} s; processor time {Environment.CpuUsage.TotalTime.TotalSeconds:0.00} s; peak memory {self.PeakWorkingSet64 / 1e6:0} MB"));
    }
}
