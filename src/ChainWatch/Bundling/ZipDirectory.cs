using System.Buffers.Binary;
using ChainWatch.Text;

namespace ChainWatch.Bundling;

/// <summary>
/// Reads a bundle's records, and takes none that is not exactly as <see cref="ZipForm"/> makes it: files follow one another without
/// a byte between them, in the order of the directory, stored, each name once. So no byte outside the files' own can change
/// unseen, nothing can grow when it is taken out, and no name leads out of a folder.
/// </summary>
internal sealed class ZipDirectory(Stream zip, string file)
{
    // Far more than a bundle of a whole collection has.
    private const long DirectoryBytesMax = 1L << 29;
    private const long ManifestBytesLookedAt = 1 << 24;
    private readonly List<ZipEntry> _entries = [];
    private long _count;

    /// <summary>The files, in their order.</summary>
    /// <exception cref="ChainWatchException">A record is not as it was written: it names the file that it is of, or the bundle.</exception>
    public IReadOnlyList<ZipEntry> Read()
    {
        (long count, long length, long offset) = ReadEnd();
        _count = count;
        byte[] directory = ReadBytes(offset, (int)length);
        int position = 0;
        long next = 0;
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        for (long i = 0; i < count; i++)
        {
            if (position == directory.Length)
            {
                throw Problem($"the record at its end counts {count} files, and its directory has {i}");
            }

            ZipEntry entry = ReadEntry(directory, ref position, next, offset);
            if (!names.Add(entry.Name))
            {
                throw Problem(entry.Name, "stands in the bundle twice; expected it once");
            }

            _entries.Add(entry);
            next = entry.Offset + entry.Length;
        }

        return position != directory.Length ? throw Problem($"the record at its end counts {count} files, and its directory has more")
            : next != offset ? throw Problem($"{offset - next} bytes that are no file's stand before its directory; expected none")
            : _entries;
    }

    private (long Count, long Length, long Offset) ReadEnd()
    {
        if (zip.Length < ZipForm.EndLength)
        {
            throw Problem("is cut short, or is no evidence bundle");
        }

        byte[] tail = ReadBytes(Math.Max(0, zip.Length - ZipForm.EndLength - ZipForm.End64Length), (int)Math.Min(zip.Length, ZipForm.EndLength + ZipForm.End64Length));
        ReadOnlySpan<byte> end = tail.AsSpan()[^ZipForm.EndLength..];
        (long count, long length, long offset) = (BinaryPrimitives.ReadUInt16LittleEndian(end[10..]), BinaryPrimitives.ReadUInt32LittleEndian(end[12..]), BinaryPrimitives.ReadUInt32LittleEndian(end[16..]));
        if ((count == ZipForm.Max16 || length == ZipForm.Max32 || offset == ZipForm.Max32) && tail.Length == ZipForm.EndLength + ZipForm.End64Length)
        {
            count = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(32));
            length = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(40));
            offset = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(48));
        }

        if (count < 0 || length < 0 || offset < 0 || length > DirectoryBytesMax || count > length / ZipForm.CentralFixed)
        {
            throw Problem("the record at its end is not as it was written, the bundle is cut short, or it is none");
        }

        byte[] expected = ZipForm.End(count, length, offset);
        return expected.Length <= tail.Length && tail.AsSpan()[^expected.Length..].SequenceEqual(expected) && offset + length + expected.Length == zip.Length
            ? (count, length, offset)
            : throw Problem("the record at its end is not as it was written, the bundle is cut short, or it is none");
    }

    private ZipEntry ReadEntry(byte[] directory, ref int position, long offset, long end)
    {
        ReadOnlySpan<byte> left = directory.AsSpan(position);
        byte[]? local = ReadLocal(offset, end);
        if (left.Length < ZipForm.CentralFixed)
        {
            throw Problem(NameOf(local), "its record in the directory is cut short");
        }

        int nameLength = BinaryPrimitives.ReadUInt16LittleEndian(left[28..]);
        if (left.Length < ZipForm.CentralFixed + nameLength || EntryName.Read(left.Slice(ZipForm.CentralFixed, nameLength)) is not string name)
        {
            throw Problem(NameOf(local), "its name in the directory is none that a file of a bundle may have");
        }

        ReadOnlySpan<byte> nameBytes = left.Slice(ZipForm.CentralFixed, nameLength);
        uint crc = BinaryPrimitives.ReadUInt32LittleEndian(left[16..]);
        long length = BinaryPrimitives.ReadUInt32LittleEndian(left[24..]);
        if (length == ZipForm.Max32 && left.Length >= ZipForm.CentralFixed + nameLength + 12)
        {
            length = BinaryPrimitives.ReadInt64LittleEndian(left[(ZipForm.CentralFixed + nameLength + 4)..]);
        }

        // Before the lengths are added up: a false one must not lead past the end.
        long bytes = offset + ZipForm.LocalLength(nameLength);
        if (length < 0 || length > end - bytes)
        {
            throw Problem(Truer(name, local, end), "its length in the directory is more than there is");
        }

        byte[] expected = ZipForm.Central(nameBytes, crc, length, offset);
        if (!left.StartsWith(expected))
        {
            throw Problem(Truer(name, local, end), "its record in the directory is not as it was written");
        }

        if (local is null || !local.AsSpan().SequenceEqual(ZipForm.Local(nameBytes, crc, length)))
        {
            throw Problem(Truer(name, local, end), "the record before its bytes is not as it was written, or not that of the directory");
        }

        position += expected.Length;
        return new ZipEntry(name, crc, bytes, length);
    }

    // The record that a file's bytes should follow; null where there can be none.
    private byte[]? ReadLocal(long offset, long end)
    {
        if (end - offset < ZipForm.LocalFixed)
        {
            return null;
        }

        int length = ZipForm.LocalLength(BinaryPrimitives.ReadUInt16LittleEndian(ReadBytes(offset, ZipForm.LocalFixed).AsSpan(26)));
        return ReadBytes(offset, (int)Math.Min(length, end - offset));
    }

    private static string? NameOf(byte[]? local) => local is null || local.Length < ZipForm.LocalLength(0) ? null
        : EntryName.Read(local.AsSpan()[ZipForm.LocalFixed..^(ZipForm.LocalLength(0) - ZipForm.LocalFixed)]);

    // Where the two records give a file two names, one of them is not as it was written: the manifest knows which.
    private string Truer(string inDirectory, byte[]? local, long end)
    {
        if (NameOf(local) is not string other || other == inDirectory)
        {
            return inDirectory;
        }

        // It ends where the directory begins, and names all files but itself in their order.
        long length = Math.Min(end, ManifestBytesLookedAt);
        string[] lines = System.Text.Encoding.UTF8.GetString(ReadBytes(end - length, (int)length)).Split('\n');
        long fromEnd = _count - _entries.Count;
        string manifest = fromEnd == 1 ? ChecksumList.FileName : fromEnd <= lines.Length ? lines[^(int)fromEnd] : "";
        return manifest.EndsWith(other, StringComparison.Ordinal) && !manifest.EndsWith(inDirectory, StringComparison.Ordinal) ? other : inDirectory;
    }

    private byte[] ReadBytes(long offset, int count)
    {
        byte[] bytes = new byte[count];
        zip.Position = offset;
        zip.ReadExactly(bytes);
        return bytes;
    }

    private ChainWatchException Problem(string? name, string problem) => ChainWatchException.At(
        file, 0, name is null ? $"file {_entries.Count + 1}" : Found.OneLine(name), problem);

    private ChainWatchException Problem(string problem) => ChainWatchException.At(file, 0, null, problem);
}
