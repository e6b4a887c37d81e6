using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using ChainWatch.Graph;
using ChainWatch.Sources;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>
/// Builds the graph file of a synthetic graph from a stream of transfers in memory: in the stream's order, or shuffled by
/// blocks of rows. Beside it one sequential write of the same bytes, touching as much memory once, and a dictionary that numbers
/// the addresses alone.
/// </summary>
public static class BuildBenchmark
{
    private const int ShuffledRows = 4096;

    public static bool TryRead(string[] options, out int rows, out long? memory, out bool isShuffled)
    {
        (rows, memory, isShuffled) = (10_000_000, null, false);
        for (int i = 0; i < options.Length; i++)
        {
            bool isRead = options[i] switch
            {
                "--rows" => i + 1 < options.Length && int.TryParse(options[++i], out rows) && rows >= 100_000,
                "--memory" => i + 1 < options.Length && TryReadSize(options[++i], out memory),
                "--shuffled" => isShuffled = true,
                _ => false,
            };
            if (!isRead)
            {
                return false;
            }
        }

        return true;
    }

    public static void Run(int rows, long? memory, bool isShuffled, TextWriter output)
    {
        Build(SyntheticGraph.Make(20_000, 100_000), memory, isShuffled, TextWriter.Null); // for the compiler
        Build(SyntheticGraph.Make(20_000, 100_000), memory, isShuffled, TextWriter.Null);
        SyntheticGraph graph = SyntheticGraph.Make(rows / 5, rows);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rows} transfers of {rows / 5} addresses{(isShuffled ? $", {ShuffledRows} rows at a time shuffled" : "")}, memory {(memory is long limit ? $"{limit >> 20} MiB" : "as needed")}, {Environment.ProcessorCount} threads"));
        Build(graph, memory, isShuffled, output);
    }

    private static void Build(SyntheticGraph graph, long? memory, bool isShuffled, TextWriter output)
    {
        int rows = graph.From.Length;
        string folder = Path.Combine(Path.GetTempPath(), "chainwatch-build");
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, "graph.cwg");
        SyntheticTransfers transfers = new(graph, isShuffled ? ShuffledRows : rows);
        Counting counting = new();
        Spent making = Spent.On(() => transfers.SendTo(counting));

        GC.Collect();
        ProcessMemory.ResetPeak();
        long before = ProcessMemory.Now();
        using TransferGraphBuilder builder = new(new GraphBuildOptions { MemoryBytesMax = memory, TemporaryFolder = folder });
        Spent adding = Spent.On(() => transfers.SendTo(builder));
        TransferGraph? built = null;
        Spent building = Spent.On(() => built = builder.Build());
        long peak = ProcessMemory.Peak() - before;
        Spent saving = Spent.On(() =>
        {
            using FileStream file = new(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20);
            built!.Save(file);
        });
        long peakWithFile = ProcessMemory.Peak() - before;
        Spent touching = Spent.On(() => Touch(peak));
        long bytes = new FileInfo(path).Length;
        (byte[] content, string hash) = Look(path);
        Spent writing = Spent.On(() => File.WriteAllBytes(path + ".copy", content)) * ((double)bytes / content.Length);
        Directory.Delete(folder, recursive: true);

        Line(output, "making the transfers", making, rows);
        Line(output, "adding (with making)", adding, rows);
        Line(output, "building", building, rows);
        Line(output, "writing the file", saving, rows);
        Line(output, "graph in memory", adding + building, rows);
        Line(output, "graph file", adding + building + saving, rows);
        Line(output, "peer: as much memory", touching, rows);
        Line(output, "peer: one write", writing, rows);
        Line(output, "peer: dictionary", Spent.On(() => Number(graph)), rows);
        output.WriteLine($"  SHA-256 of the file {hash}");
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {(double)bytes / rows:0.0} bytes a transfer in the file; {peak >> 20} MiB at most in memory for the graph, {peakWithFile >> 20} with the file"));
        GC.KeepAlive(built);
    }

    // What the system takes to supply so much memory, on one thread. A virtual machine may get it from its host page by page, which
    // takes many times as long as clearing it.
    private static unsafe void Touch(long bytes)
    {
        byte* memory = (byte*)NativeMemory.Alloc((nuint)bytes);
        for (long at = 0; at < bytes; at += Environment.SystemPageSize)
        {
            memory[at] = 1;
        }

        NativeMemory.Free(memory);
    }

    // The file's hash, and its first GiB to write again.
    private static (byte[] First, string Hash) Look(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] first = new byte[Math.Min(file.Length, 1 << 30)];
        file.ReadExactly(first);
        file.Position = 0;
        return (first, Convert.ToHexStringLower(SHA256.HashData(file)));
    }

    // What numbering alone costs with what comes with .NET: no order, no columns, no file.
    private static void Number(SyntheticGraph graph)
    {
        Dictionary<Address, int> numbers = [];
        int[] from = new int[graph.From.Length];
        int[] to = new int[graph.To.Length];
        for (int i = 0; i < from.Length; i++)
        {
            from[i] = Number(SyntheticTransfers.AddressOf(graph.From[i]), numbers);
            to[i] = Number(SyntheticTransfers.AddressOf(graph.To[i]), numbers);
        }
    }

    private static int Number(Address address, Dictionary<Address, int> numbers)
    {
        ref int number = ref CollectionsMarshal.GetValueRefOrAddDefault(numbers, address, out bool known);
        return number = known ? number : numbers.Count - 1;
    }

    private static bool TryReadSize(string text, out long? bytes)
    {
        bool isRead = int.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out int number) & text[^2..] is "MB" or "GB";
        bytes = isRead ? (long)number << (text.EndsWith("GB", StringComparison.Ordinal) ? 30 : 20) : null;
        return isRead;
    }

    private static void Line(TextWriter output, string name, Spent spent, int rows) =>
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {name,-22} {rows / spent.Seconds / 1e6,7:0.0} M/s  {spent.Seconds,7:0.000} s  ({spent.Processor * 1e9 / rows,6:0.0} ns of processor time each)"));

    private sealed class Counting : ITransferSink
    {
        private long _sum;

        public void Add(in Transfer transfer, RowOrigin origin = default) => _sum += transfer.Position.Block;

        public void Add(Movement movement, RowOrigin origin = default) => _sum++;

        public void AddContract(Address contract) => _sum++;
    }
}
