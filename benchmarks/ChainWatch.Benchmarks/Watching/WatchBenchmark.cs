using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ChainWatch.Benchmarks.Engine;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Live;

namespace ChainWatch.Benchmarks.Watching;

/// <summary>What a new block costs a live trace over a large history: labels, evidence, and what it means to 10,000 wallets.</summary>
internal static class WatchBenchmark
{
    private const int TransfersPerBlock = 300;
    private const int Blocks = 200;
    private const int Wallets = 10_000;
    private const int Hops = 5;
    private const int MaxDegree = 1000;

    public static void Run(string folder, TextWriter output)
    {
        TransferGraph graph = TransferGraph.Open(Path.Combine(folder, "graph.cwg"));
        ChainLog log = graph.Chains[0];
        int[] seeds = MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(Path.Combine(folder, "seeds.bin"))).ToArray();
        SplitMix random = new(5);
        HashSet<Address> wallets = [];
        while (wallets.Count < Wallets)
        {
            wallets.Add(log.AddressTable[(int)random.Below((ulong)log.AddressTable.Length)]);
        }

        TraceRequest request = new()
        {
            From = [AddressList.Of("seeds", [.. seeds.Select(s => log.AddressTable[s])])],
            MaxHops = Hops,
            Stops = new StopRule { MaxDegree = MaxDegree },
        };
        long start = Stopwatch.GetTimestamp();
        LiveTrace live = new(graph, log.Chain, request);
        TimeSpan history = Stopwatch.GetElapsedTime(start);
        List<double> micros = [];
        List<double> undo = [];
        int inflows = 0;
        long height = log.Blocks[^1].Height;
        for (int b = 0; b < Blocks; b++)
        {
            ChainLog block = Block(log, ++height, random);
            start = Stopwatch.GetTimestamp();
            inflows += live.Append(block, wallets.Contains).Sum(l => l.Inflows.Count);
            micros.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        for (int b = 0; b < Blocks; b++)
        {
            start = Stopwatch.GetTimestamp();
            live.Undo();
            undo.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{log.MovementCount} transfers of history, {log.Addresses.Count} addresses, {seeds.Length} seeds, {Hops} hops, {Wallets} wallets, degree limit {MaxDegree}: traced in {history.TotalSeconds:0.00} s"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{Blocks} blocks of {TransfersPerBlock}: appended in a median of {Median(micros):0} us (the slowest {micros.Max():0}), taken back in {Median(undo):0} us; {inflows} transfers brought funds of the list to a wallet"));
    }

    private static ChainLog Block(ChainLog history, long height, SplitMix random)
    {
        TransferGraphBuilder builder = new();
        Asset coin = Asset.Native(history.Chain);
        Address Any() => history.AddressTable[(int)random.Below((ulong)history.AddressTable.Length)];
        for (int i = 0; i < TransfersPerBlock; i++)
        {
            builder.Add(new Transfer(new ChainPosition(history.Chain, height, i), Any(), Any(), coin, Amount.From(1_000_000)));
        }

        return builder.Build().Chains[0];
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
