using System.Diagnostics;
using System.Globalization;
using ChainWatch.Benchmarks.Appending;
using ChainWatch.Benchmarks.Engine;
using ChainWatch.Lists;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Benchmarks.Watching;

/// <summary>A day of blocks, one after the other as fast as they come: the rate, and what memory and open files do meanwhile.</summary>
internal static class ReplayBenchmark
{
    private const int TransfersPerBlock = 300;
    private const int WalletsByDefault = 10_000;
    private const int BlocksByDefault = 7_200;
    private const int Seeds = 100;
    private const int Shown = 12;

    /// <summary>Reads <c>[--blocks N] [--wallets N]</c>.</summary>
    public static bool TryRead(string[] options, out int blocks, out int wallets)
    {
        (blocks, wallets) = (BlocksByDefault, WalletsByDefault);
        while (options is [string name, string text, .. string[] rest] && int.TryParse(text, out int number) && number >= 100)
        {
            switch (name)
            {
                case "--blocks": blocks = number; break;
                case "--wallets": wallets = number; break;
                default: return false;
            }

            options = rest;
        }

        return options.Length == 0;
    }

    public static async Task RunAsync(int blocks, int wallets, TextWriter output)
    {
        string folder = Directory.CreateTempSubdirectory("chainwatch-replay-").FullName;
        try
        {
            await RunAsync(folder, blocks, wallets, output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task RunAsync(string folder, int blocks, int wallets, TextWriter output)
    {
        StorySource source = new(new BlockStory(TransfersPerBlock), 0);
        WatchRequest request = new()
        {
            Trace = new TraceRequest
            {
                From = [AddressList.Of("seeds", Enumerable.Range(1, Seeds).Select(i => BlockStory.At((ulong)i)))],
                To = [.. Enumerable.Range(0, wallets).Select(i => BlockStory.At((ulong)(10_000 + (i * 7))))],
                MaxHops = 4,
                Stops = new StopRule { MaxDegree = 1000 },
            },
        };
        using Watcher watcher = Watcher.Open(folder, request, [source]);
        output.WriteLine("blocks, blocks/s, resident MB, of it managed MB, open files, alerts");
        int alerts = 0;
        long start = Stopwatch.GetTimestamp();
        for (int part = 1; part <= Shown; part++)
        {
            long partStart = Stopwatch.GetTimestamp();
            long before = source.Head;
            while (source.Head < (long)blocks * part / Shown)
            {
                source.Head++;
                alerts += (await watcher.CatchUpAsync()).Count;
            }

            double rate = (source.Head - before) / Stopwatch.GetElapsedTime(partStart).TotalSeconds;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{source.Head}, {rate:0}, {ProcessMemory.Now() / 1e6:0}, {GC.GetTotalMemory(forceFullCollection: true) / 1e6:0.0}, {OpenFiles()}, {alerts}"));
        }

        TimeSpan whole = Stopwatch.GetElapsedTime(start);
        long bytes = new FileInfo(Path.Combine(folder, Watcher.GraphName)).Length;
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{blocks} blocks of {TransfersPerBlock} transfers in {whole.TotalSeconds:0.0} s: {blocks / whole.TotalSeconds:0} blocks/s, each appended and synced by itself; {source.RequestCount} requests; graph file {bytes / 1e6:0} MB, {bytes / (double)blocks / TransfersPerBlock:0.0} bytes a transfer"));
    }

    private static int OpenFiles() => OperatingSystem.IsLinux() ? Directory.GetFileSystemEntries("/proc/self/fd").Length : 0;
}
