using System.Buffers;
using System.Buffers.Binary;

namespace ChainWatch.Bitcoin.Files;

/// <summary>Judges what looks like a record.</summary>
/// <param name="network">The network whose magic stands before it.</param>
/// <param name="offset">Where its content starts.</param>
/// <param name="length">The bytes of its content.</param>
/// <param name="head">The first of them.</param>
/// <returns>What is wrong with it; null where it was taken.</returns>
internal delegate string? RecordTaker(BitcoinNetwork network, long offset, int length, ReadOnlySpan<byte> head);

/// <summary>
/// Walks over the records of one file: magic, length (32 bits), content, and for undo data a checksum.
/// Reads the head of each record alone. What is no record is searched for the next magic.
/// </summary>
internal sealed class RecordScanner
{
    private const int HeadLength = 4 + 4;
    private const int ChunkLength = 1 << 16;

    private readonly DataFiles _files;
    private readonly int _number;
    private readonly ObfuscationKey _key;
    private readonly ScanNotes _notes;
    private readonly long _size;

    public RecordScanner(DataFiles files, int number, ObfuscationKey key, ScanNotes notes)
    {
        (_files, _number, _key, _notes) = (files, number, key, notes);
        _size = files.LengthOf(number);
    }

    /// <summary>The least bytes of content.</summary>
    public required int Shortest { get; init; }

    /// <summary>The most bytes of content.</summary>
    public required int Longest { get; init; }

    /// <summary>The bytes behind the content that its length does not count.</summary>
    public required int Trailer { get; init; }

    /// <summary>The networks whose records count.</summary>
    public required IReadOnlyList<BitcoinNetwork> Networks { get; init; }

    private string Path => _files.PathOf(_number);

    /// <summary>Hands every record to the taker, in file order.</summary>
    public void Scan(RecordTaker take, CancellationToken cancellationToken)
    {
        Span<byte> head = stackalloc byte[HeadLength + BlockHead.Needed];
        long at = 0;
        while (at < _size)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<byte> seen = head[.._files.Read(_number, at, head)];
            if (MagicOf(seen) is { } network)
            {
                at = seen.Length < HeadLength ? EndOfHalfWritten(at) : Step(at, network, seen, take);
            }
            else if (seen.Length < 4 && IsStartOfMagic(seen))
            {
                at = EndOfHalfWritten(at);
            }
            else
            {
                at = NextMagic(at, countGap: true);
            }
        }
    }

    private long Step(long at, BitcoinNetwork network, ReadOnlySpan<byte> seen, RecordTaker take)
    {
        uint length = BinaryPrimitives.ReadUInt32LittleEndian(seen[4..]);
        if (length < Shortest || length > Longest)
        {
            _notes.AddUnfit(Path, at, $"a record of {length} bytes; expected {Shortest} to {Longest}");
            return NextMagic(at + 4, countGap: false);
        }

        long end = at + HeadLength + length + Trailer;
        if (end > _size)
        {
            _notes.AddHalfWritten(Path, at);
            return NextMagic(at + 4, countGap: false);
        }

        ReadOnlySpan<byte> content = seen[HeadLength..];
        string? problem = take(network, at + HeadLength, (int)length, content[..(int)Math.Min(content.Length, length)]);
        if (problem is null)
        {
            return end;
        }

        _notes.AddUnfit(Path, at, problem);
        Span<byte> next = stackalloc byte[4];
        bool endsAtRecord = end == _size || (_files.Read(_number, end, next) == 4 && MagicOf(next) is not null);
        return endsAtRecord ? end : NextMagic(at + 4, countGap: false);
    }

    private long EndOfHalfWritten(long at)
    {
        _notes.AddHalfWritten(Path, at);
        return _size;
    }

    private BitcoinNetwork? MagicOf(ReadOnlySpan<byte> bytes)
    {
        foreach (BitcoinNetwork network in Networks)
        {
            if (bytes.StartsWith(network.Magic))
            {
                return network;
            }
        }

        return null;
    }

    private bool IsStartOfMagic(ReadOnlySpan<byte> bytes)
    {
        foreach (BitcoinNetwork network in Networks)
        {
            if (network.Magic.AsSpan().StartsWith(bytes))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The next place with a magic, or the end. A gap of zeros is what the node set aside for later blocks; another is noted.</summary>
    private long NextMagic(long from, bool countGap)
    {
        byte[] chunk = ArrayPool<byte>.Shared.Rent(ChunkLength);
        try
        {
            bool isPadding = true;
            bool isCodedPadding = true;
            long at = from;
            while (true)
            {
                Span<byte> bytes = chunk.AsSpan(0, ChunkLength);
                bytes = bytes[.._files.ReadRaw(_number, at, bytes)];
                byte[]? raw = null;
                if (_key.IsNeeded && isPadding)
                {
                    // The node sets space aside without its key: plain zeros in the file.
                    raw = ArrayPool<byte>.Shared.Rent(bytes.Length);
                    bytes.CopyTo(raw);
                }

                _key.Apply(bytes, at);
                int found = IndexOfMagic(bytes);
                bool isLast = bytes.Length < ChunkLength;
                int gap = found >= 0 ? found : isLast ? bytes.Length : bytes.Length - 3;
                isCodedPadding &= !bytes[..gap].ContainsAnyExcept((byte)0);
                isPadding &= !(raw ?? chunk).AsSpan(0, gap).ContainsAnyExcept((byte)0);
                if (raw is not null)
                {
                    ArrayPool<byte>.Shared.Return(raw);
                }

                at += gap;
                if (found >= 0 || isLast)
                {
                    if (countGap && !isPadding && !isCodedPadding)
                    {
                        _notes.AddGarbage(Path, from, at - from);
                    }

                    return at;
                }
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    private int IndexOfMagic(ReadOnlySpan<byte> bytes)
    {
        int first = -1;
        foreach (BitcoinNetwork network in Networks)
        {
            int found = bytes.IndexOf(network.Magic);
            if (found >= 0)
            {
                first = found;
                bytes = bytes[..(found + 3)];
            }
        }

        return first;
    }
}
