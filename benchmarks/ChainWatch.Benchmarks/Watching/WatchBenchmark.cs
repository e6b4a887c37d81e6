using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using ChainWatch.Graph;
using ChainWatch.Graph.Storage;
using ChainWatch.Lists;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Live;

namespace ChainWatch.Benchmarks.Watching;

/// <summary>
/// What a new block costs a live trace over a large history: labels, evidence, and what it means to 10,000 wallets. Blocks are
/// appended to the log in memory as a watcher appends them; that is timed apart.
/// </summary>
internal static class WatchBenchmark
{
    private const int TransfersPerBlock = 300;
    private const int Blocks = 500;

    // So many blocks until the compiler has seen what is hot.
    private const int WarmUp = 1500;
    private const int Wallets = 10_000;
    private const int Hops = 5;
    private const int MaxDegree = 1000;

    public static void Run(string folder, TextWriter output)
    {
        foreach (int lists in new[] { 1, 8 })
        {
            foreach (BlockShape shape in Enum.GetValues<BlockShape>())
            {
                Run(folder, lists, shape, output);
                GC.Collect();
            }
        }
    }

    private static void Run(string folder, int lists, BlockShape shape, TextWriter output)
    {
        string file = Path.Combine(folder, "graph.cwg");
        TransferGraph graph = TransferGraph.Open(file);
        ChainLog history = graph.Chains[0];
        int[] seeds = MemoryMarshal.Cast<byte, int>(File.ReadAllBytes(Path.Combine(folder, "seeds.bin"))).ToArray();
        SplitMix random = new(5);
        HashSet<Address> wallets = [];
        while (wallets.Count < Wallets)
        {
            wallets.Add(history.AddressTable[(int)random.Below((ulong)history.AddressTable.Length)]);
        }

        TraceRequest request = new()
        {
            From = [.. Enumerable.Range(0, lists).Select(l => AddressList.Of($"list {l}", [.. seeds.Where((_, i) => i % lists == l).Select(s => history.AddressTable[s])]))],
            MaxHops = Hops,
            Stops = new StopRule { MaxDegree = MaxDegree },
        };
        long start = Stopwatch.GetTimestamp();
        LiveTrace live = new(graph, history.Chain, request, wallets.Contains);
        live.Watch(wallets);
        TimeSpan traced = Stopwatch.GetElapsedTime(start);
        GrowingLog log = new(file);
        double[] append = new double[Blocks];
        double[] watch = new double[Blocks];
        double[] undo = new double[Blocks];
        double[] reads = new double[Blocks];
        PinnedArray<int> table = PinnedArray<int>.Filled(history.AddressTable.Length, 0);
        int inflows = 0;
        NextTransfers next = new(history, shape, random);
        long height = history.Blocks[^1].Height;
        for (int b = -WarmUp; b < Blocks; b++)
        {
            TransferGraphBuilder rows = new();
            AddBlock(rows, next, ++height, shape);
            start = Stopwatch.GetTimestamp();
            log.Append(rows);
            ChainLog now = log.Log;
            append[Math.Max(b, 0)] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            (int first, int end) = (now.BlockTable[now.BlockTable.Length - 1].FirstGroup, now.Groups.Length);
            reads[Math.Max(b, 0)] = Read(table.Span, random);
            start = Stopwatch.GetTimestamp();
            IReadOnlyList<LiveBlock> came = live.Append(now, first, end);
            watch[Math.Max(b, 0)] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            inflows += b < 0 ? 0 : came.Sum(l => l.Inflows.Count);
        }

        for (int b = 0; b < Math.Min(Blocks, LiveTrace.DepthMax); b++)
        {
            start = Stopwatch.GetTimestamp();
            live.Undo();
            undo[b] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{history.MovementCount} transfers of history, {history.Addresses.Count} addresses; {lists} list(s) with {seeds.Length} seeds in all, {Hops} hops, {Wallets} wallets, degree limit {MaxDegree}: traced in {traced.TotalSeconds:0.00} s"));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {Blocks} blocks of {TransfersPerBlock}{Told(shape)}: labels, evidence and watch check in a median of {Median(watch):0} us (the fastest {watch.Min():0}, a tenth above {Above(watch):0}, the slowest {watch.Max():0}), taken back in {Median(undo):0}; put in order and appended before in {Median(append):0}; {inflows} inflows to wallets. Counting {2 * TransfersPerBlock} random addresses in a table takes {Median(reads):0} us (the fastest {reads.Min():0})"));
    }

    // What the machine takes at this moment for the least that any way of doing it needs: a number for each end of each transfer.
    private static double Read(Span<int> table, SplitMix random)
    {
        Span<int> addresses = stackalloc int[2 * TransfersPerBlock];
        foreach (ref int address in addresses)
        {
            address = (int)random.Below((ulong)table.Length);
        }

        long start = Stopwatch.GetTimestamp();
        foreach (int address in addresses)
        {
            table[address]++;
        }

        return Stopwatch.GetElapsedTime(start).TotalMicroseconds;
    }

    private static void AddBlock(TransferGraphBuilder builder, NextTransfers next, long height, BlockShape shape)
    {
        for (int i = 0; i < TransfersPerBlock; i++)
        {
            (Address from, Address to) = next.Take();
            builder.Add(new Transfer(new ChainPosition(from.Chain, height, shape == BlockShape.AnyAddresses ? i : i / 2), from, to, Asset.Native(from.Chain), Amount.From(1_000_000)));
        }
    }

    private static string Told(BlockShape shape) => shape switch
    {
        BlockShape.AnyAddresses => " between any addresses",
        BlockShape.OneInSixNew => " between any addresses, one in six new, two transfers at a position",
        _ => " as history goes on (hubs, recent payees, new addresses), two transfers at a position",
    };

    private static double Median(double[] values) => values.Order().ElementAt(values.Length / 2);

    private static double Above(double[] values) => values.Order().ElementAt(values.Length * 9 / 10);
}
