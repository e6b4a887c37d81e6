using ChainWatch.Sources;

namespace ChainWatch.Graph;

/// <summary>
/// The graph file, <c>.cwg</c>, version 1: the transfers in chain order, then what they rest on, each part with the SHA-256
/// of all bytes before it. The first part is the same bytes for the same transfers; whom they were asked of, and when,
/// stands in the second. Layout in docs/formats.md.
/// </summary>
internal static class GraphFile
{
    private const int Version = 1;
    private const int ChainsMax = 1 << 10;

    private static ReadOnlySpan<byte> Magic => "CWGRAPH\n"u8;

    /// <summary>Writes a graph; the stream stays open.</summary>
    public static void Write(TransferGraph graph, Stream output)
    {
        using HashedStream hashed = new(output, writes: true);
        using BinaryWriter writer = new(hashed, System.Text.Encoding.UTF8, leaveOpen: true);
        writer.Write(Magic);
        writer.Write(Version);
        writer.Write7BitEncodedInt(graph.Chains.Count);
        foreach (ChainLog log in graph.Chains)
        {
            writer.Write(log.Chain.Id);
            using RowWriter rows = new(hashed, log.Chain);
            log.SendTo(rows);
        }

        hashed.WriteHash();
        CoverageCodec.WriteAll(writer, graph.Coverage.Sources, source => CoverageCodec.Write(writer, source));
        hashed.WriteHash();
    }

    /// <summary>Reads a graph.</summary>
    /// <param name="name">The file as the user named it.</param>
    /// <param name="input">Its bytes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="ChainWatchException">The file is none, is of another version, or has been changed or cut.</exception>
    public static TransferGraph Read(string name, Stream input, CancellationToken cancellationToken)
    {
        using HashedStream hashed = new(input, writes: false);
        using BinaryReader reader = new(hashed, System.Text.Encoding.UTF8, leaveOpen: true);
        try
        {
            if (!reader.ReadBytes(Magic.Length).AsSpan().SequenceEqual(Magic))
            {
                throw ChainWatchException.At(name, 0, null, "is no graph file; expected one written with --output-graph");
            }

            int version = reader.ReadInt32();
            if (version != Version)
            {
                throw ChainWatchException.At(name, 0, null, $"is a graph file of version {version}; expected version {Version}");
            }

            TransferGraphBuilder builder = new();
            int chains = reader.Read7BitEncodedInt();
            if (chains is < 0 or > ChainsMax)
            {
                throw Changed(name);
            }

            for (int i = 0; i < chains; i++)
            {
                Chain chain = Chain.Parse(reader.ReadString());
                builder.AddChain(chain);
                using RowReader rows = new(hashed, chain, name);
                rows.ReadTo(builder, cancellationToken);
            }

            Check(hashed, name);
            builder.Add(CoverageCodec.ReadAll(reader, () => CoverageCodec.Read(reader)));
            Check(hashed, name);
            return hashed.ReadByte() < 0 ? builder.Build() : throw Changed(name);
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException)
        {
            throw new ChainWatchException(Changed(name).Message, e);
        }
    }

    private static void Check(HashedStream hashed, string name)
    {
        if (!hashed.ReadHash())
        {
            throw Changed(name);
        }
    }

    private static ChainWatchException Changed(string name) =>
        ChainWatchException.At(name, 0, null, "the graph file was changed or cut after it was written: its SHA-256 does not match; expected it as --output-graph wrote it");
}
