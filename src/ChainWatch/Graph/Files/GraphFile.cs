using System.Buffers.Binary;
using System.Globalization;
using ChainWatch.Graph.Storage;
using ChainWatch.Sources;

namespace ChainWatch.Graph.Files;

/// <summary>
/// The graph file, <c>.cwg</c>, version 2: parts one after another, each finished by a trailer, and commits, which make the
/// parts before them count. It is mapped, and not read: opening takes no longer for a larger file. Layout in docs/formats.md.
/// </summary>
internal sealed class GraphFile
{
    private const int Version = 2;
    private const int HeaderLength = PartLayout.Alignment;

    private GraphFile(string name, IReadOnlyList<PartReader> parts, long committed, long length)
    {
        (Name, Parts, Committed, Length) = (name, parts, committed, length);
    }

    public string Name { get; }

    /// <summary>The parts up to the last commit.</summary>
    public IReadOnlyList<PartReader> Parts { get; }

    /// <summary>How many bytes those take, from the start of the file.</summary>
    public long Committed { get; }

    /// <summary>How many bytes the file has. What is behind the last commit was not finished.</summary>
    public long Length { get; }

    private static ReadOnlySpan<byte> Magic => "CWGRAPH\n"u8;

    /// <summary>Writes a graph, on request with the index of every chain; the stream stays open.</summary>
    public static void Write(TransferGraph graph, Stream output, bool withIndex)
    {
        byte[] header = new byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(Magic.Length), Version);
        output.Write(header);
        uint before = 0;
        int sequence = 0;
        foreach (ChainLog log in graph.Chains)
        {
            before = ChainPart.Writer(log, withIndex).WriteTo(output, sequence++, before);
        }

        CommitPart.Writer(graph).WriteTo(output, sequence, before);
        GC.KeepAlive(graph);
    }

    /// <summary>Opens a file's parts.</summary>
    /// <exception cref="ChainWatchException">The file is none, is of another version, or holds nothing that was finished.</exception>
    public static GraphFile Open(string name, FileStream file) =>
        Open(name, file.Length == 0 ? new NativeBlock(0) : new MappedBlock(file));

    /// <summary>Opens the parts of a file's bytes.</summary>
    /// <exception cref="ChainWatchException">The file is none, is of another version, or holds nothing that was finished.</exception>
    public static unsafe GraphFile Open(string name, ByteBlock bytes)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("graph files are mapped as they are, which needs a little-endian processor");
        }

        ReadOnlySpan<byte> header = new(bytes.Pointer, (int)Math.Min(HeaderLength, bytes.Length));
        if (header.Length < Magic.Length + sizeof(int) || !header.StartsWith(Magic))
        {
            throw ChainWatchException.At(name, 0, null, "is no graph file; expected one written with --output-graph or graph build");
        }

        int version = BinaryPrimitives.ReadInt32LittleEndian(header[Magic.Length..]);
        if (version != Version)
        {
            throw ChainWatchException.At(name, 0, null, $"is a graph file of version {version}; expected version {Version}");
        }

        if (header.Length < HeaderLength || header[(Magic.Length + sizeof(int))..].ContainsAnyExcept((byte)0))
        {
            throw Unfinished(name);
        }

        List<PartReader> parts = [];
        int committed = 0;
        long end = HeaderLength;
        uint before = 0;
        for (long offset = HeaderLength; PartReader.TryRead(name, bytes, offset, parts.Count, before) is PartReader part; offset += part.PartLength)
        {
            parts.Add(part);
            before = part.TrailerChecksum;
            if (part.Kind == PartKind.Commit)
            {
                (committed, end) = (parts.Count, offset + part.PartLength);
            }
        }

        return committed > 0 ? new GraphFile(name, parts[..committed], end, bytes.Length) : throw Unfinished(name);
    }

    /// <summary>The graph of the last commit.</summary>
    /// <exception cref="ChainWatchException">A part was changed, or is none that this version reads.</exception>
    public TransferGraph Read()
    {
        try
        {
            ChainLog[] logs = [.. Parts.Where(p => p.Kind == PartKind.Chain).Select(ChainPart.Read)];
            Coverage coverage = CommitPart.Read(Parts[^1], logs);
            return new TransferGraph(logs, Committed == Length ? coverage : coverage with
            {
                Gaps = [.. coverage.Gaps, new CoverageGap(GapKind.MissingBlocks, string.Create(CultureInfo.InvariantCulture, $"{Name}: the last {Length - Committed} bytes are no finished part (a writer was stopped, or they were changed): what they would hold is missing"), 1)],
            });
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw new ChainWatchException($"{Name}: no graph file of ours: {e.Message}", e);
        }
    }

    /// <summary>What the file holds.</summary>
    public GraphFileInfo Describe()
    {
        TransferGraph graph = Read();
        int chains = 0;
        return new GraphFileInfo(Name, Length, Length - Committed, [.. Parts.Select(p => new GraphPartInfo(
            p.Kind == PartKind.Chain ? graph.Chains[chains++].Chain : null,
            p.PartLength,
            [.. p.Sections.Select(s => new GraphSectionInfo(NameOf(s.Id), s.Count, s.Width, s.Length, s.Id is SectionId.Sources or SectionId.Targets))]))], graph);
    }

    // InputOwners: input-owners.
    private static string NameOf(SectionId id) => string.Concat(id.ToString().Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static ChainWatchException Unfinished(string name) =>
        ChainWatchException.At(name, 0, null, "the graph file was cut or changed: it holds nothing that was finished; expected it as it was written");
}
