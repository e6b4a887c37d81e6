using System.Runtime.InteropServices;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>One of the synthetic graphs, as the files that every peer reads; made where it is missing.</summary>
internal sealed class PeersGraph
{
    /// <summary>Transfers to an address, on average.</summary>
    private const int TransfersPerAddress = 5;

    private static readonly string[] s_files = ["src.bin", "dst.bin", "ts.bin", "val.bin", "seeds.bin"];
    private uint[]? _from;
    private uint[]? _to;

    private PeersGraph(string folder, int transfers)
    {
        Folder = folder;
        Transfers = transfers;
        Seeds = Column("seeds.bin");
    }

    /// <summary>Where the files are.</summary>
    public string Folder { get; }

    public int Transfers { get; }

    public int Addresses => Transfers / TransfersPerAddress;

    /// <summary>Where the funds start.</summary>
    public uint[] Seeds { get; }

    /// <summary>Who paid, by transfer in chain order.</summary>
    public uint[] From => _from ??= Column("src.bin");

    /// <summary>Who was paid.</summary>
    public uint[] To => _to ??= Column("dst.bin");

    public static PeersGraph Open(string data, int transfers, TextWriter log)
    {
        string folder = Path.Combine(data, PeersOptions.Text(transfers));
        if (!IsWhole(folder, transfers))
        {
            log.WriteLine($"making {folder}");
            Make(folder, transfers);
        }

        return new PeersGraph(folder, transfers);
    }

    /// <summary>Gives the columns' memory back before another program wants it.</summary>
    public void Release()
    {
        _from = _to = null;
        GC.Collect();
    }

    // In a folder beside it first: an interrupted run leaves no half a graph under the right name.
    private static void Make(string folder, int transfers)
    {
        string unfinished = folder + ".unfinished";
        foreach (string old in new[] { unfinished, folder }.Where(Directory.Exists))
        {
            foreach (string file in s_files)
            {
                File.Delete(Path.Combine(old, file));
            }

            Directory.Delete(old); // Fails where somebody keeps something else there.
        }

        GraphFiles.WriteBinaries(SyntheticGraph.Make(transfers / TransfersPerAddress, transfers), unfinished);
        Directory.Move(unfinished, folder);
        GC.Collect();
    }

    private static bool IsWhole(string folder, int transfers) => s_files.All(name => new FileInfo(Path.Combine(folder, name)) is { Exists: true } file
        && (name == "seeds.bin" ? file.Length > 0 : file.Length == (name == "val.bin" ? 8L : 4L) * transfers));

    private uint[] Column(string name)
    {
        using FileStream file = File.OpenRead(Path.Combine(Folder, name));
        uint[] values = new uint[file.Length / sizeof(uint)];
        file.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }
}
