using System.Diagnostics;
using System.IO.MemoryMappedFiles;
using System.Runtime.InteropServices;
using ChainWatch.Graph.Storage;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>The binaries of a generated graph, mapped.</summary>
internal sealed unsafe class GraphColumns : IDisposable
{
    private readonly BitRow _fresh;
    private readonly BitRow _freshReversed;
    private readonly List<(MemoryMappedFile File, MemoryMappedViewAccessor View)> _maps = [];

    public GraphColumns(string folder)
    {
        uint* source = Map(Path.Combine(folder, "src.bin"), out long count);
        uint* target = Map(Path.Combine(folder, "dst.bin"), out long targets);
        if (count != targets)
        {
            throw new InvalidDataException($"{folder}: src.bin has {count} transfers, dst.bin {targets}");
        }

        Seeds = MemoryMarshal.Cast<byte, uint>(File.ReadAllBytes(Path.Combine(folder, "seeds.bin"))).ToArray();
        uint last = 0;
        for (long i = 0; i < count; i++)
        {
            last = Math.Max(last, Math.Max(source[i], target[i]));
        }

        Degrees = new int[last + 1];
        for (long i = 0; i < count; i++)
        {
            Degrees[source[i]]++;
            Degrees[target[i]]++;
        }

        // Every page is there now.
        long start = Stopwatch.GetTimestamp();
        _fresh = FreshTails.Find(source, target, checked((int)count), reversed: false);
        FreshSeconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        _freshReversed = FreshTails.Find(source, target, (int)count, reversed: true);
        Transfers = new TransferColumns(source, target, count, fresh: _fresh.Pointer);
        Reversed = new TransferColumns(source, target, count, fresh: _freshReversed.Pointer);
    }

    /// <summary>How long it took to find the fresh tails of passes in chain order, on all processors.</summary>
    public double FreshSeconds { get; }

    /// <summary>The transfers, for passes in chain order.</summary>
    public TransferColumns Transfers { get; }

    /// <summary>The same, for passes from the end.</summary>
    public TransferColumns Reversed { get; }

    public uint[] Seeds { get; }

    /// <summary>How many transfers touch an address in the whole graph.</summary>
    public int[] Degrees { get; }

    public void Dispose()
    {
        foreach ((MemoryMappedFile file, MemoryMappedViewAccessor view) in _maps)
        {
            view.SafeMemoryMappedViewHandle.ReleasePointer();
            view.Dispose();
            file.Dispose();
        }
    }

    private uint* Map(string path, out long count)
    {
        count = new FileInfo(path).Length / sizeof(uint);
        MemoryMappedFile file = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        MemoryMappedViewAccessor view = file.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        byte* start = null;
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _maps.Add((file, view));
        return (uint*)(start + view.PointerOffset);
    }
}
