using System.Security.Cryptography;

namespace ChainWatch.Graph;

/// <summary>
/// A stream, read or written once from its start, that keeps the SHA-256 of what has passed, and writes or checks it at
/// marks. Buffers, so that single bytes cost little; the inner stream stays open.
/// </summary>
internal sealed class HashedStream(Stream inner, bool writes) : Stream
{
    private const int BufferLength = 1 << 16;
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly byte[] _buffer = new byte[BufferLength];
    private int _hashed;
    private int _position;
    private int _length;

    public override bool CanRead => !writes;

    public override bool CanWrite => writes;

    public override bool CanSeek => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Writes the hash of everything written so far.</summary>
    public void WriteHash()
    {
        Flush();
        Write(_hash.GetCurrentHash());
    }

    /// <summary>Reads the hash of everything read so far; false where the stream holds another, or ends.</summary>
    public bool ReadHash()
    {
        HashPassed();
        byte[] expected = _hash.GetCurrentHash();
        Span<byte> found = stackalloc byte[SHA256.HashSizeInBytes];
        return ReadAtLeast(found, found.Length, throwOnEndOfStream: false) == found.Length && found.SequenceEqual(expected);
    }

    public override int ReadByte()
    {
        if (_position == _length && !Fill())
        {
            return -1;
        }

        return _buffer[_position++];
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override int Read(Span<byte> buffer)
    {
        if (buffer.IsEmpty || (_position == _length && !Fill()))
        {
            return 0;
        }

        int count = Math.Min(buffer.Length, _length - _position);
        _buffer.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }

    public override void WriteByte(byte value)
    {
        if (_position == BufferLength)
        {
            Flush();
        }

        _buffer[_position++] = value;
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (!buffer.IsEmpty)
        {
            if (_position == BufferLength)
            {
                Flush();
            }

            int count = Math.Min(buffer.Length, BufferLength - _position);
            buffer[..count].CopyTo(_buffer.AsSpan(_position));
            _position += count;
            buffer = buffer[count..];
        }
    }

    public override void Flush()
    {
        if (writes)
        {
            _hash.AppendData(_buffer, 0, _position);
            inner.Write(_buffer, 0, _position);
            _position = 0;
        }
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            Flush();
            _hash.Dispose();
        }

        base.Dispose(disposing);
    }

    private bool Fill()
    {
        HashPassed();
        _length = inner.Read(_buffer);
        _position = _hashed = 0;
        return _length > 0;
    }

    private void HashPassed()
    {
        _hash.AppendData(_buffer, _hashed, _position - _hashed);
        _hashed = _position;
    }
}
