using System.Diagnostics;
using System.Globalization;
using ChainWatch.Ethereum.Decoding;

namespace ChainWatch.Benchmarks.Ethereum;

/// <summary>How fast receipts and logs are decoded, against JsonDocument on the same bytes.</summary>
public static class DecodeBenchmark
{
    private const int Runs = 7;
    private const int Repeats = 60;

    public static void Run(TextWriter output)
    {
        RecordedAnswers answers = new();
        byte[] receipts = answers.Receipts(150, 400);
        byte[] logs = answers.Logs(4_000);
        Compare(output, "eth_getBlockReceipts, 150 receipts with 400 logs", receipts, 400, () => Receipts(receipts), () => DocumentTwin.Receipts(receipts));
        Compare(output, "eth_getLogs, 4000 logs", logs, 4_000, () => Logs(logs), () => DocumentTwin.Logs(logs));
    }

    private static long Logs(byte[] json)
    {
        List<LogRow> rows = RowPool<LogRow>.Rent();
        LogDecoder.Decode(json, rows);
        long count = rows.Count;
        RowPool<LogRow>.Return(rows);
        return count;
    }

    private static long Receipts(byte[] json)
    {
        using Receipts decoded = ReceiptDecoder.Decode(json);
        return decoded.Logs.Count;
    }

    private static void Compare(TextWriter output, string what, byte[] json, int logs, Func<long> ours, Func<long> document)
    {
        List<double> mine = [];
        List<double> theirs = [];
        for (int run = 0; run < Runs + 2; run++)
        {
            // In turns, so that both see the same machine; the first two warm up.
            double a = Time(ours);
            double b = Time(document);
            if (run >= 2)
            {
                mine.Add(a);
                theirs.Add(b);
            }
        }

        double own = Median(mine);
        double twin = Median(theirs);
        (long ownBytes, long twinBytes) = (Allocated(ours), Allocated(document));
        CultureInfo invariant = CultureInfo.InvariantCulture;
        output.WriteLine(string.Create(invariant, $"{what}: {json.Length / 1e3:0} kB"));
        output.WriteLine(string.Create(invariant, $"  ours          {json.Length / own / 1e6,7:0} MB/s   {ownBytes,10:N0} bytes allocated, {(double)ownBytes / logs:0} a log"));
        output.WriteLine(string.Create(invariant, $"  JsonDocument  {json.Length / twin / 1e6,7:0} MB/s   {twinBytes,10:N0} bytes allocated, {(double)twinBytes / logs:0} a log"));
        output.WriteLine(string.Create(invariant, $"  ratio         {twin / own,7:0.0}"));
    }

    private static double Time(Func<long> work)
    {
        long start = Stopwatch.GetTimestamp();
        long seen = 0;
        for (int i = 0; i < Repeats; i++)
        {
            seen += work();
        }

        GC.KeepAlive(seen);
        return Stopwatch.GetElapsedTime(start).TotalSeconds / Repeats;
    }

    private static long Allocated(Func<long> work)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        work();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
