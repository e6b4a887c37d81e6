using System.Buffers.Binary;
using System.Globalization;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Files;

/// <summary>
/// One part of a graph file, as it is asked for. The header, the directory and the table of checksums are checked when it is
/// opened; every page when it is first read, so that no answer rests on a byte that was not written.
/// </summary>
internal sealed unsafe class PartReader : ByteBlock
{
    private readonly string _name;
    private readonly ByteBlock _file;
    private readonly byte* _checksums;
    private readonly ulong[] _checked;
    private readonly Dictionary<SectionId, (int Width, long Count, ulong Constant, long Offset, long Length)> _sections = [];

    private PartReader(string name, ByteBlock file, long offset, ReadOnlySpan<byte> header, long partLength, uint trailer)
    {
        _name = name;
        _file = file;
        FileOffset = offset;
        PartLength = partLength;
        TrailerChecksum = trailer;
        Pointer = file.Pointer + offset;
        Length = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        Kind = (PartKind)BinaryPrimitives.ReadInt32LittleEndian(header[8..]);
        _checksums = Pointer + Length;
        CheckedPages = _checked = new ulong[(PartLayout.PagesOf(Length) + 63) / 64];
        ReadDirectory(BinaryPrimitives.ReadInt32LittleEndian(header[12..]));
    }

    /// <summary>The file, for messages.</summary>
    public string Name => _name;

    public PartKind Kind { get; }

    /// <summary>Where in the file it begins.</summary>
    public long FileOffset { get; }

    /// <summary>How long it is, trailer included.</summary>
    public long PartLength { get; }

    /// <summary>The checksum of its trailer, which the next part repeats.</summary>
    public uint TrailerChecksum { get; }

    /// <summary>The sections, in the order of the file, with their bytes.</summary>
    public IEnumerable<(SectionId Id, int Width, long Count, long Length)> Sections =>
        _sections.OrderBy(s => s.Value.Offset).ThenBy(s => s.Key).Select(s => (s.Key, s.Value.Width, s.Value.Count, s.Value.Length));

    /// <summary>Reads the part that begins at a place of a file.</summary>
    /// <param name="name">The file, for messages.</param>
    /// <param name="file">Its bytes.</param>
    /// <param name="offset">Where the part begins.</param>
    /// <param name="sequence">How many parts come before.</param>
    /// <param name="before">The checksum of the trailer before.</param>
    /// <returns>Null where no finished part is there.</returns>
    /// <exception cref="ChainWatchException">A finished part is there, and its directory was changed.</exception>
    public static PartReader? TryRead(string name, ByteBlock file, long offset, long sequence, uint before)
    {
        if (file.Length - offset < PartLayout.HeaderLength + PartLayout.TrailerLength)
        {
            return null;
        }

        ReadOnlySpan<byte> header = new(file.Pointer + offset, PartLayout.HeaderLength);
        long dataLength = BinaryPrimitives.ReadInt64LittleEndian(header[16..]);
        long partLength = BinaryPrimitives.ReadInt64LittleEndian(header[24..]);
        if (!header.StartsWith(PartLayout.HeaderMark)
            || BinaryPrimitives.ReadUInt32LittleEndian(header[PartLayout.ChecksumOffset..]) != PageChecksum.OfRecord(header[..PartLayout.ChecksumOffset])
            || BinaryPrimitives.ReadInt64LittleEndian(header[32..]) != sequence
            || BinaryPrimitives.ReadUInt32LittleEndian(header[40..]) != before
            || dataLength < PartLayout.HeaderLength || dataLength % PartLayout.Alignment != 0
            || partLength > file.Length - offset
            || partLength != dataLength + PartLayout.Align(PartLayout.PagesOf(dataLength) * sizeof(uint)) + PartLayout.TrailerLength)
        {
            return null;
        }

        ReadOnlySpan<byte> trailer = new(file.Pointer + offset + partLength - PartLayout.TrailerLength, PartLayout.TrailerLength);
        uint checksum = BinaryPrimitives.ReadUInt32LittleEndian(trailer[PartLayout.ChecksumOffset..]);
        ReadOnlySpan<byte> checksums = new(file.Pointer + offset + dataLength, checked((int)(partLength - dataLength - PartLayout.TrailerLength)));
        return trailer.StartsWith(PartLayout.TrailerMark)
            && checksum == PageChecksum.OfRecord(trailer[..PartLayout.ChecksumOffset])
            && BinaryPrimitives.ReadInt64LittleEndian(trailer[8..]) == partLength
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer[16..]) == PageChecksum.OfRecord(checksums)
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer[20..]) == PageChecksum.OfRecord(header)
            ? new PartReader(name, file, offset, header, partLength, checksum)
            : null;
    }

    /// <inheritdoc/>
    protected override void Check(long offset, long length)
    {
        long last = (offset + length - 1) / PageChecksum.PageLength;
        for (long page = offset / PageChecksum.PageLength; page <= last; page++)
        {
            if ((Volatile.Read(ref _checked[page >> 6]) & (1UL << (int)(page & 63))) == 0)
            {
                Check(page);
            }
        }
    }

    /// <summary>A section of numbers.</summary>
    public NumberColumn Numbers(SectionId id, int? count = null)
    {
        (int width, long found, ulong constant, long offset, _) = Find(id);
        return found <= int.MaxValue && (count is null || found == count)
            ? width == 0 ? new NumberColumn(constant, (int)found) : new NumberColumn(this, offset, width, (int)found)
            : throw Changed(id, count is null ? "more numbers than can be" : string.Create(CultureInfo.InvariantCulture, $"{found} numbers; expected {count}"));
    }

    /// <summary>A section of numbers of 4 bytes.</summary>
    public NumberColumn Ints(SectionId id, int? count = null) => Find(id).Width == sizeof(int)
        ? Numbers(id, count)
        : throw Changed(id, string.Create(CultureInfo.InvariantCulture, $"{Find(id).Width} bytes a number; expected {sizeof(int)}"));

    /// <summary>Whether the part has a section.</summary>
    public bool Has(SectionId id) => _sections.ContainsKey(id);

    /// <summary>A section of bytes.</summary>
    public ByteColumn Bytes(SectionId id, long? length = null)
    {
        (int width, _, _, long offset, long found) = Find(id);
        return width == 1 && (length is null || found == length)
            ? found == 0 ? ByteColumn.Empty : new ByteColumn(this, offset, found)
            : throw Changed(id, string.Create(CultureInfo.InvariantCulture, $"{found} bytes; expected {length}"));
    }

    /// <summary>A section of amounts.</summary>
    public AmountColumn Amounts(SectionId numbers, SectionId wide, int count) => new(Numbers(numbers, count), Bytes(wide));

    private void ReadDirectory(int count)
    {
        long length = (long)count * PartLayout.EntryLength;
        if (count < 0 || PartLayout.HeaderLength + length > Length)
        {
            throw Changed(null, "a directory that does not fit");
        }

        Require(0, PartLayout.HeaderLength + length);
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> entry = new(Pointer + PartLayout.HeaderLength + ((long)i * PartLayout.EntryLength), PartLayout.EntryLength);
            SectionId id = (SectionId)BinaryPrimitives.ReadInt32LittleEndian(entry);
            int width = BinaryPrimitives.ReadInt32LittleEndian(entry[4..]);
            long numbers = BinaryPrimitives.ReadInt64LittleEndian(entry[8..]);
            long offset = BinaryPrimitives.ReadInt64LittleEndian(entry[24..]);
            long bytes = BinaryPrimitives.ReadInt64LittleEndian(entry[32..]);
            if (width is not (0 or 1 or 2 or 4 or 8) || numbers < 0 || offset < 0 || offset % PartLayout.Alignment != 0
                || bytes < 0 || offset > Length || bytes > Length - offset || (Int128)numbers * width != bytes
                || !_sections.TryAdd(id, (width, numbers, BinaryPrimitives.ReadUInt64LittleEndian(entry[16..]), offset, bytes)))
            {
                throw Changed(id, "a place that does not fit");
            }
        }
    }

    private (int Width, long Count, ulong Constant, long Offset, long Length) Find(SectionId id) =>
        _sections.TryGetValue(id, out var section) ? section : throw Changed(id, "nothing; expected the section");

    // Two threads may check one page: both find the same.
    private void Check(long page)
    {
        long start = page * PageChecksum.PageLength;
        ReadOnlySpan<byte> bytes = new(Pointer + start, (int)Math.Min(PageChecksum.PageLength, Length - start));
        if (PageChecksum.Of(bytes) != BinaryPrimitives.ReadUInt32LittleEndian(new ReadOnlySpan<byte>(_checksums + (page * sizeof(uint)), sizeof(uint))))
        {
            throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture, $"{_name}: the graph file was changed after it was written: the checksum of bytes {FileOffset + start} to {FileOffset + start + bytes.Length - 1} does not match; expected it as it was written"));
        }

        Interlocked.Or(ref _checked[page >> 6], 1UL << (int)(page & 63));
        GC.KeepAlive(_file);
    }

    private ChainWatchException Changed(SectionId? id, string found) =>
        new(string.Create(CultureInfo.InvariantCulture, $"{_name}: no graph file of ours: the part at byte {FileOffset} has {(id is null ? "" : $"in section {(int)id} ")}{found}"));
}
