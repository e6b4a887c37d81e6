using System.Buffers.Binary;
using System.Globalization;
using ChainWatch.Graph.Appending;
using ChainWatch.Graph.Storage;
using ChainWatch.Sources;

namespace ChainWatch.Graph.Files;

/// <summary>
/// The graph file, <c>.cwg</c>, version 2: parts one after another, each finished by a trailer, and commits, which make the
/// parts before them count. What was built is mapped, and not read: opening takes no longer for a larger one. What was
/// appended is read into memory. Layout in docs/formats.md.
/// </summary>
internal sealed class GraphFile
{
    private const int Version = 2;
    private const int HeaderLength = PartLayout.Alignment;

    // At least: a movement's payer and payee.
    private const int BytesAMovement = 2 * sizeof(int);
    private readonly HashSet<long> _takenBack;

    private GraphFile(string name, ByteBlock bytes, FileScan scan, bool isBeingWritten)
    {
        (Name, Committed, Length, TrailerChecksum) = (name, scan.Committed, scan.Length, scan.Parts[^1].TrailerChecksum);
        Parts = [.. scan.Parts.Select(frame => new PartReader(name, bytes, frame))];
        IsBeingWritten = isBeingWritten;
        _takenBack = [.. Parts.Where(p => p.Kind == PartKind.Commit).SelectMany(CommitPart.TakenBack)];
    }

    public string Name { get; }

    /// <summary>The parts up to the last commit.</summary>
    public IReadOnlyList<PartReader> Parts { get; }

    /// <summary>How many bytes those take, from the start of the file.</summary>
    public long Committed { get; }

    /// <summary>How many bytes the file has. What is behind the last commit was not finished.</summary>
    public long Length { get; }

    /// <summary>The checksum of the last commit's trailer, which the next part repeats.</summary>
    public uint TrailerChecksum { get; }

    /// <summary>Whether another process is writing what is behind the last commit: then nothing is missing.</summary>
    public bool IsBeingWritten { get; }

    /// <summary>How many bytes at the end are no finished part, though nobody is at work on them.</summary>
    public long Unfinished => IsBeingWritten ? 0 : Length - Committed;

    private static ReadOnlySpan<byte> Magic => "CWGRAPH\n"u8;

    /// <summary>Writes a graph, on request with the index of every chain; the stream stays open.</summary>
    public static void Write(TransferGraph graph, Stream output, bool withIndex)
    {
        // What is written in huge pages Linux keeps in huge pages and maps so: an index is then searched a fifth faster.
        bool fillsPages = graph.Chains.Sum(c => (long)c.MovementCount) * BytesAMovement >= HugePages.Size;
        Stream pages = fillsPages ? new BufferedStream(output, HugePages.Size) : output;
        byte[] header = new byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(Magic.Length), Version);
        pages.Write(header);
        uint before = 0;
        int sequence = 0;
        foreach (ChainLog log in graph.Chains)
        {
            before = ChainPart.Writer(log, withIndex).WriteTo(pages, sequence++, before);
        }

        CommitPart.Writer(graph.Coverage).WriteTo(pages, sequence, before);
        pages.Flush();
        GC.KeepAlive(graph);
    }

    /// <summary>Opens a file's parts.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="file">It.</param>
    /// <param name="isWriterAlive">Whether another process is writing it.</param>
    /// <exception cref="ChainWatchException">The file is none, is of another version, or holds nothing that was finished.</exception>
    public static GraphFile Open(string name, FileStream file, Func<bool> isWriterAlive)
    {
        // A writer may finish, or be stopped, between the look at the file and the look at the writer: then both again.
        FileScan scan = Scan(name, new HandleBytes(file.SafeFileHandle));
        bool isBeingWritten = false;
        while (scan.Committed < scan.Length && !(isBeingWritten = isWriterAlive()))
        {
            FileScan again = Scan(name, new HandleBytes(file.SafeFileHandle));
            if ((again.Committed, again.Length) == (scan.Committed, scan.Length))
            {
                break;
            }

            scan = again;
        }

        return new GraphFile(name, new MappedBlock(file, scan.Committed), scan, isBeingWritten);
    }

    /// <summary>Opens the parts of a file's bytes.</summary>
    /// <exception cref="ChainWatchException">The file is none, is of another version, or holds nothing that was finished.</exception>
    public static GraphFile Open(string name, ByteBlock bytes) => new(name, bytes, Scan(name, new BlockBytes(bytes)), isBeingWritten: false);

    /// <summary>The graph of the last commit.</summary>
    /// <exception cref="ChainWatchException">A part was changed, or is none that this version reads.</exception>
    public TransferGraph Read()
    {
        try
        {
            TransferGraph graph = ToGraph([.. ReadTails(forAppending: false).Select(t => t.Log)], Parts[^1]);
            return Unfinished == 0 ? graph : new TransferGraph(graph.Chains, graph.Coverage with
            {
                Gaps = [.. graph.Coverage.Gaps, new CoverageGap(GapKind.MissingBlocks, string.Create(CultureInfo.InvariantCulture, $"{Name}: the last {Unfinished} bytes are no finished part (a writer was stopped, or they were changed): what they would hold is missing"), 1)],
            });
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException or OverflowException)
        {
            throw new ChainWatchException($"{Name}: no graph file of ours: {e.Message}", e);
        }
    }

    /// <summary>The chains as they are at the last commit, by name.</summary>
    /// <param name="forAppending">Whether they may be appended to, and parts be taken back.</param>
    public List<LogTail> ReadTails(bool forAppending)
    {
        List<LogTail> tails = [];
        Dictionary<long, Func<ChainCoverage?>> befores = [];
        PartReader? commit = null;
        for (int sequence = 0; sequence < Parts.Count; sequence++)
        {
            PartReader part = Parts[sequence];
            switch (part.Kind)
            {
                case PartKind.Chain:
                    (Chain built, Asset[] assets) = ChainPart.ReadDescription(part);
                    tails.Add(tails.Exists(t => t.Chain == built) ? throw new FormatException($"{built} twice") : new LogTail(built, assets, part));
                    break;
                case PartKind.Appended:
                    Chain chain = ChainPart.ReadDescription(part).Chain;
                    befores[sequence] = Before(chain, commit, sequence, befores);
                    if (_takenBack.Contains(sequence))
                    {
                        break;
                    }

                    if (tails.Find(t => t.Chain == chain) is not LogTail tail)
                    {
                        tails.Add(tail = new LogTail(chain, [], new EmptySections(Name)));
                    }

                    tail.Append(part, sequence, forAppending ? befores[sequence] : null);
                    break;
                case PartKind.Commit:
                    commit = part;
                    break;
                default:
                    throw new FormatException(string.Create(CultureInfo.InvariantCulture, $"a part of kind {(int)part.Kind}; expected one of 1 to 3"));
            }
        }

        tails.Sort((x, y) => x.Chain.CompareTo(y.Chain));
        return tails;
    }

    // What the chain rested on before a part: what the commit before says, or, of rows that are written again when others are
    // taken back, what was before those.
    private Func<ChainCoverage?> Before(Chain chain, PartReader? commit, int sequence, Dictionary<long, Func<ChainCoverage?>> befores)
    {
        PartReader next = Parts.Skip(sequence).First(p => p.Kind == PartKind.Commit);
        return next.Has(SectionId.TakenBack) ? befores[CommitPart.TakenBack(next).Min()]
            : () => commit is null ? null : CommitPart.ChainOf(commit, chain);
    }

    /// <summary>A graph with what a commit says that it rests on.</summary>
    public static TransferGraph ToGraph(IReadOnlyList<ChainLog> logs, PartReader commit) => new(logs, CommitPart.Read(commit, logs));

    /// <summary>Whether a part counts no more.</summary>
    public bool IsTakenBack(long sequence) => _takenBack.Contains(sequence);

    /// <summary>What the file holds.</summary>
    public GraphFileInfo Describe() => new(Name, Length, Unfinished, [.. Parts.Select((p, i) => new GraphPartInfo(
        p.Kind == PartKind.Commit ? null : ChainPart.ReadDescription(p).Chain,
        p.PartLength,
        [.. p.Sections.Select(s => new GraphSectionInfo(NameOf(s.Id), s.Count, s.Width, s.Length, s.Id is SectionId.Sources or SectionId.Targets))],
        p.Kind == PartKind.Appended,
        _takenBack.Contains(i)))], Read());

    private static FileScan Scan(string name, IFileBytes bytes)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("graph files are mapped as they are, which needs a little-endian processor");
        }

        Span<byte> header = stackalloc byte[HeaderLength];
        header = header[..(int)Math.Min(HeaderLength, bytes.Length)];
        if (header.Length < Magic.Length + sizeof(int) || !bytes.TryRead(0, header) || !header.StartsWith(Magic))
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
            throw NothingFinished(name);
        }

        List<PartFrame> parts = [];
        int committed = 0;
        long end = HeaderLength;
        uint before = 0;
        for (long offset = HeaderLength; PartFrame.Find(bytes, offset, parts.Count, before) is PartFrame part; offset += part.Length)
        {
            parts.Add(part);
            before = part.TrailerChecksum;
            if (part.Kind == PartKind.Commit)
            {
                (committed, end) = (parts.Count, offset + part.Length);
            }
        }

        return committed > 0 ? new FileScan(parts[..committed], end, bytes.Length) : throw NothingFinished(name);
    }

    // InputOwners: input-owners.
    private static string NameOf(SectionId id) => string.Concat(id.ToString().Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static ChainWatchException NothingFinished(string name) =>
        ChainWatchException.At(name, 0, null, "the graph file was cut or changed: it holds nothing that was finished; expected it as it was written");

    // The parts up to the last commit, where that ends, and how long the file was.
    private sealed record FileScan(List<PartFrame> Parts, long Committed, long Length);
}
