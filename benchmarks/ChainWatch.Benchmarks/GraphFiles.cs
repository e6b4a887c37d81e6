using System.Globalization;
using System.Runtime.InteropServices;

namespace ChainWatch.Benchmarks;

/// <summary>A synthetic graph as files.</summary>
public static class GraphFiles
{
    /// <summary>Writes <c>transfers.csv</c> (the transfer file) and <c>seeds.txt</c> (an address a line).</summary>
    public static void Write(SyntheticGraph graph, string folder)
    {
        Directory.CreateDirectory(folder);
        using (StreamWriter csv = new(Path.Combine(folder, "transfers.csv"), append: false, System.Text.Encoding.ASCII, 1 << 20))
        {
            csv.Write("chain,block,position,time,tx,from,to,asset,value\n");
            int position = 0;
            for (int i = 0; i < graph.From.Length; i++)
            {
                // Every transfer is a transaction of its own, so the order is proven throughout.
                position = i > 0 && graph.Time[i] == graph.Time[i - 1] ? position + 1 : 0;
                uint block = (graph.Time[i] - SyntheticGraph.FirstTime) / SyntheticGraph.BlockSeconds;
                DateTimeOffset time = DateTimeOffset.FromUnixTimeSeconds(graph.Time[i]);
                csv.Write(string.Create(CultureInfo.InvariantCulture, $"ethereum,{block},{position},{time:yyyy-MM-dd'T'HH:mm:ss'Z'},{Hash(i)},{Address(graph.From[i])},{Address(graph.To[i])},native,{Wei(graph.Value[i])}\n"));
            }
        }

        File.WriteAllText(Path.Combine(folder, "seeds.txt"), string.Concat(graph.Seeds.Select(seed => Address(seed) + "\n")));
    }

    /// <summary>Writes the raw columns, little-endian, for programs in other languages.</summary>
    public static void WriteBinaries(SyntheticGraph graph, string folder)
    {
        Directory.CreateDirectory(folder);
        WriteColumn(folder, "src.bin", graph.From);
        WriteColumn(folder, "dst.bin", graph.To);
        WriteColumn(folder, "ts.bin", graph.Time);
        WriteColumn(folder, "val.bin", graph.Value);
        WriteColumn(folder, "seeds.bin", graph.Seeds);
    }

    private static void WriteColumn<T>(string folder, string name, T[] column)
        where T : unmanaged
    {
        using FileStream file = File.Create(Path.Combine(folder, name));
        const int piece = 1 << 20;
        for (int i = 0; i < column.Length; i += piece)
        {
            file.Write(MemoryMarshal.AsBytes(column.AsSpan(i, Math.Min(piece, column.Length - i))));
        }
    }

    private static string Address(uint number) => string.Create(CultureInfo.InvariantCulture, $"0xc4a15a7c000000000000000000000000{number:x8}");

    private static string Hash(int transfer) => string.Create(CultureInfo.InvariantCulture, $"0x{(ulong)transfer * 0x9e3779b97f4a7c15:x16}{0:x32}{transfer:x16}");

    // Whole coins to wei by way of gwei, which fit; never zero.
    private static string Wei(double coins) => string.Create(CultureInfo.InvariantCulture, $"{(ulong)(coins * 1e9) + 1}000000000");
}
