using System.IO.Compression;

namespace ChainWatch.Text;

/// <summary>
/// Decompresses gzip (RFC 1952, any number of members) and refuses data that is cut short. <see cref="GZipStream"/> alone
/// takes a cut for the end. So one more member with known contents is put behind the file: it comes out at the end if,
/// and only if, the members before it were whole and their checksums right.
/// </summary>
internal sealed class WholeGzipStream : ForwardStream
{
    private const int BufferBytes = 1 << 16;
    private static readonly byte[] EndMark = [.. Enumerable.Repeat("this is the end\n"u8.ToArray(), 4).SelectMany(line => line)];
    private static readonly byte[] EndMember = Compress(EndMark);
    private readonly GZipStream _gzip;
    private readonly string _name;
    private readonly byte[] _buffer = new byte[BufferBytes];
    private int _start;
    private int _end;

    public WholeGzipStream(Stream stored, string name)
    {
        _gzip = new GZipStream(new FollowedStream(stored, EndMember), CompressionMode.Decompress);
        _name = name;
    }

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty)
        {
            return 0;
        }

        // The last bytes are held back until it is known whether they are the mark.
        while (_end - _start <= EndMark.Length)
        {
            if (Fill() == 0)
            {
                return _buffer.AsSpan(_start, _end - _start).SequenceEqual(EndMark) ? 0 : throw Broken();
            }
        }

        int served = Math.Min(buffer.Length, _end - _start - EndMark.Length);
        _buffer.AsSpan(_start, served).CopyTo(buffer);
        _start += served;
        return served;
    }

    protected override void Dispose(bool disposing)
    {
        _gzip.Dispose();
        base.Dispose(disposing);
    }

    private int Fill()
    {
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        (_start, _end) = (0, _end - _start);
        try
        {
            int read = _gzip.Read(_buffer.AsSpan(_end));
            _end += read;
            return read;
        }
        catch (InvalidDataException)
        {
            throw Broken();
        }
    }

    private ChainWatchException Broken() =>
        ChainWatchException.At(_name, 0, null, "the gzip data is cut short, damaged or followed by other bytes; expected whole gzip members");

    private static byte[] Compress(byte[] contents)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.SmallestSize))
        {
            gzip.Write(contents);
        }

        return compressed.ToArray();
    }

    /// <summary>A stream, then some bytes.</summary>
    private sealed class FollowedStream(Stream first, byte[] then) : ForwardStream
    {
        private int _thenServed;

        public override int Read(Span<byte> buffer)
        {
            int read = first.Read(buffer);
            if (read > 0 || buffer.IsEmpty)
            {
                return read;
            }

            int served = Math.Min(buffer.Length, then.Length - _thenServed);
            then.AsSpan(_thenServed, served).CopyTo(buffer);
            _thenServed += served;
            return served;
        }

        protected override void Dispose(bool disposing)
        {
            first.Dispose();
            base.Dispose(disposing);
        }
    }
}
