using System.Buffers.Binary;
using System.Numerics;
using ChainWatch.Sources;

namespace ChainWatch.Collecting;

/// <summary>
/// What was fetched so far, in one file that only grows: records with a checksum each, so that a kill at any byte leaves
/// every whole record readable. What a kill left half-written at the end is cut off when the log is opened again.
/// </summary>
/// <remarks>Layout in docs/formats.md. One process at a time: the file is locked while it is open.</remarks>
internal sealed class CollectedLog : IDisposable
{
    private const string FileName = "collected.cwl";
    private const int HeadLength = 13; // mark, type, length, checksum
    private const uint Mark = 0x31525743; // "CWR1"
    private readonly FileStream _file;
    private readonly string _name;
    private readonly Dictionary<string, List<CollectedPart>> _parts = new(StringComparer.Ordinal);

    private CollectedLog(FileStream file, string name) => (_file, _name) = (file, name);

    private enum RecordType : byte
    {
        Part = 1,
        Profile = 2,
        Dropped = 3,
    }

    /// <summary>The endpoint as it was when it was asked last; null where it never was.</summary>
    public SourceProfile? Profile { get; private set; }

    /// <summary>Rows of all parts.</summary>
    public long Rows { get; private set; }

    /// <summary>Every part that stands, in the order of the keys and of the blocks.</summary>
    public IEnumerable<CollectedPart> Parts => _parts.OrderBy(p => p.Key, StringComparer.Ordinal).SelectMany(p => p.Value.OrderBy(x => x.Window.First));

    /// <summary>Opens the log in a folder, which is made where it is missing; null: a log that is gone with the process.</summary>
    /// <exception cref="ChainWatchException">The folder cannot be used, another process uses it, or its file is damaged.</exception>
    public static CollectedLog Open(string? folder)
    {
        if (folder is null)
        {
            string temporary = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
            return new CollectedLog(new FileStream(temporary, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose), "the collection");
        }

        string path = Path.Combine(folder, FileName);
        FileStream file;
        try
        {
            Directory.CreateDirectory(folder);
            file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException(File.Exists(folder) ? $"{folder}: is a file; expected a folder for the state"
                : File.Exists(path) && e is IOException ? $"{path}: another process is collecting into this folder; expected one at a time"
                : $"{folder}: cannot be used as the folder for the state", e);
        }

        CollectedLog log = new(file, path);
        try
        {
            log.ReadAll();
            return log;
        }
        catch
        {
            log.Dispose();
            throw;
        }
    }

    /// <summary>The parts of a key, by their blocks.</summary>
    public IReadOnlyList<CollectedPart> PartsOf(string key) => _parts.TryGetValue(key, out List<CollectedPart>? parts) ? parts : [];

    /// <summary>Keeps a part with its rows.</summary>
    public void Add(CollectedPart part, ReadOnlySpan<byte> rows)
    {
        byte[] head = PartCodec.Write(part);
        byte[] payload = [.. head, .. rows];
        long start = Append(RecordType.Part, payload);
        Take(part with { Offset = start + HeadLength + head.Length, Length = rows.Length });
    }

    /// <summary>Keeps what the endpoint was.</summary>
    public void Add(SourceProfile profile)
    {
        Append(RecordType.Profile, ProfileCodec.Write(profile));
        Profile = profile;
    }

    /// <summary>Forgets every part that rests on a block from a height on.</summary>
    public void DropFrom(long height) => Drop(height, withGaps: false);

    /// <summary>Forgets every part that has gaps: they may be closed this time.</summary>
    public void DropWithGaps()
    {
        if (_parts.Values.Any(parts => parts.Exists(p => p.Gaps.Count > 0)))
        {
            Drop(long.MaxValue, withGaps: true);
        }
    }

    /// <summary>Sends a part's rows to a sink.</summary>
    public void SendTo(CollectedPart part, ITransferSink sink, Chain chain, CancellationToken cancellationToken)
    {
        byte[] rows = new byte[part.Length];
        _file.Position = part.Offset;
        _file.ReadExactly(rows);
        using MemoryStream stream = new(rows, writable: false);
        using RowReader reader = new(stream, chain, _name);
        reader.ReadTo(sink, cancellationToken);
    }

    public void Dispose() => _file.Dispose();

    private void Take(CollectedPart part)
    {
        if (!_parts.TryGetValue(part.Key, out List<CollectedPart>? parts))
        {
            _parts[part.Key] = parts = [];
        }

        int at = parts.FindIndex(p => p.Window.First > part.Window.First);
        parts.Insert(at < 0 ? parts.Count : at, part);
        Rows += part.Rows;
    }

    private void Drop(long height, bool withGaps)
    {
        byte[] payload = new byte[9];
        BinaryPrimitives.WriteInt64LittleEndian(payload, height);
        payload[8] = withGaps ? (byte)1 : (byte)0;
        Append(RecordType.Dropped, payload);
        Forget(height, withGaps);
    }

    private void Forget(long height, bool withGaps)
    {
        foreach (List<CollectedPart> parts in _parts.Values)
        {
            Rows -= parts.Where(Goes).Sum(p => p.Rows);
            parts.RemoveAll(Goes);
        }

        bool Goes(CollectedPart part) => part.AnchorHeight >= height || (withGaps && part.Gaps.Count > 0);
    }

    private long Append(RecordType type, ReadOnlySpan<byte> payload)
    {
        byte[] record = new byte[HeadLength + payload.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(record, Mark);
        record[4] = (byte)type;
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(5), payload.Length);
        payload.CopyTo(record.AsSpan(HeadLength));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(9), Checksum(record[4], payload));
        long start = _file.Length;
        try
        {
            _file.Position = start;
            _file.Write(record);
            _file.Flush();
        }
        catch (IOException e)
        {
            throw new ChainWatchException($"{_name}: cannot be written: the disk is full, or the folder is gone; what was kept before stays readable", e);
        }

        return start;
    }

    private void ReadAll()
    {
        byte[] head = new byte[HeadLength];
        long position = 0;
        while (position < _file.Length)
        {
            _file.Position = position;
            int length = 0;
            bool whole = _file.Length - position >= HeadLength;
            if (whole)
            {
                _file.ReadExactly(head);
                length = BinaryPrimitives.ReadInt32LittleEndian(head.AsSpan(5));
                if (BinaryPrimitives.ReadUInt32LittleEndian(head) != Mark || length < 0)
                {
                    throw Damaged(position);
                }

                whole = _file.Length - position - HeadLength >= length;
            }

            if (!whole)
            {
                // A kill came while it was written.
                _file.SetLength(position);
                return;
            }

            byte[] payload = new byte[length];
            _file.ReadExactly(payload);
            if (BinaryPrimitives.ReadUInt32LittleEndian(head.AsSpan(9)) != Checksum(head[4], payload))
            {
                throw Damaged(position);
            }

            Take((RecordType)head[4], payload, position);
            position += HeadLength + length;
        }
    }

    private void Take(RecordType type, byte[] payload, long position)
    {
        try
        {
            switch (type)
            {
                case RecordType.Part:
                    (CollectedPart part, int length) = PartCodec.Read(payload);
                    Take(part with { Offset = position + HeadLength + length, Length = payload.Length - length });
                    break;
                case RecordType.Profile:
                    Profile = ProfileCodec.Read(payload);
                    break;
                case RecordType.Dropped:
                    Forget(BinaryPrimitives.ReadInt64LittleEndian(payload), payload[8] == 1);
                    break;
                default:
                    throw Damaged(position);
            }
        }
        catch (Exception e) when (e is EndOfStreamException or FormatException or ArgumentException or IndexOutOfRangeException)
        {
            throw new ChainWatchException(Damaged(position).Message, e);
        }
    }

    private ChainWatchException Damaged(long position) =>
        ChainWatchException.At(_name, 0, null, $"the state is damaged at byte {position}, or was written by another version; delete the folder to fetch anew");

    private static uint Checksum(byte type, ReadOnlySpan<byte> payload)
    {
        uint crc = BitOperations.Crc32C(uint.MaxValue, type);
        while (payload.Length >= 8)
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(payload));
            payload = payload[8..];
        }

        foreach (byte b in payload)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
