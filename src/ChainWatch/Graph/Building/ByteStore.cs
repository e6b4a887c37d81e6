using ChainWatch.Graph.Files;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>Bytes that are added at the end: in memory, and from some length on in a temporary file.</summary>
internal sealed unsafe class ByteStore(BuildRoom room) : IDisposable
{
    private const int TailAtFirst = 64;
    private const int TailMax = 1 << 16;
    private const int PieceBytes = 1 << 20;
    private const long BodyAtFirst = 1 << 22;
    private const long BodyMore = 1 << 30;

    private byte[] _tail = new byte[TailAtFirst];
    private int _used;
    private NativeBlock? _body;
    private TemporaryFile? _file;
    private long _flushed;

    /// <summary>How many bytes.</summary>
    public long Length => _flushed + _used;

    /// <summary>Room for the next bytes, at most 4096, which count once <see cref="Advance"/> is called.</summary>
    public Span<byte> Room(int bytes)
    {
        if (_tail.Length - _used < bytes)
        {
            MakeRoom(bytes);
        }

        return _tail.AsSpan(_used, bytes);
    }

    /// <summary>Says that room was written to.</summary>
    public void Advance(int bytes) => _used += bytes;

    /// <summary>Adds bytes.</summary>
    /// <exception cref="ChainWatchException">The disk is full or does not work.</exception>
    public void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            int count = Math.Min(bytes.Length, 4096);
            bytes[..count].CopyTo(Room(count));
            _used += count;
            bytes = bytes[count..];
        }
    }

    /// <summary>Reads bytes that were added.</summary>
    /// <exception cref="ChainWatchException">The disk does not work.</exception>
    public void Read(long offset, Span<byte> to)
    {
        int before = (int)Math.Clamp(_flushed - offset, 0, to.Length);
        if (before > 0)
        {
            if (_file is not null)
            {
                if (_file.Read(to[..before], offset) < before)
                {
                    throw _file.Changed(offset);
                }
            }
            else
            {
                new ReadOnlySpan<byte>(_body!.Pointer + offset, before).CopyTo(to);
            }
        }

        if (before < to.Length)
        {
            _tail.AsSpan((int)(offset + before - _flushed), to.Length - before).CopyTo(to[before..]);
        }
    }

    /// <summary>Changes all bytes piece by piece, on several threads, each piece a multiple of 64 bytes but for the last.</summary>
    public void Transform(Action<byte[], int> inMemory)
    {
        inMemory(_tail, _used);
        int pieces = (int)((_flushed + PieceBytes - 1) / PieceBytes);
        int shares = Math.Min(room.Threads, pieces);
        Threads.For(shares, room.Threads, share =>
        {
            byte[] piece = GC.AllocateUninitializedArray<byte>(PieceBytes);
            for (int p = share; p < pieces; p += shares)
            {
                room.CancellationToken.ThrowIfCancellationRequested();
                long offset = (long)p * PieceBytes;
                int count = (int)Math.Min(PieceBytes, _flushed - offset);
                Read(offset, piece.AsSpan(0, count));
                inMemory(piece, count);
                if (_file is not null)
                {
                    _file.Write(piece.AsSpan(0, count), offset);
                }
                else
                {
                    piece.AsSpan(0, count).CopyTo(new Span<byte>(_body!.Pointer + offset, count));
                }
            }
        }, room.CancellationToken);
    }

    /// <summary>The bytes where they lie; nothing can be added afterwards, and the store is empty.</summary>
    /// <exception cref="ChainWatchException">The disk is full or does not work.</exception>
    public ByteBlock ToBlock()
    {
        if (_flushed == 0)
        {
            NativeBlock small = new(_used, isZeroed: false);
            _tail.AsSpan(0, _used).CopyTo(small.Span);
            return small;
        }

        Flush();
        if (_file is null)
        {
            NativeBlock body = _body!;
            _body = null;
            body.Shorten(_flushed);
            return body;
        }

        using FileStream stream = new(_file.Handle, FileAccess.ReadWrite, bufferSize: 0);
        _file = null;
        return new MappedBlock(stream, stream.Length);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _body?.Dispose();
        _file?.Dispose();
        (_body, _file) = (null, null);
    }

    private void MakeRoom(int bytes)
    {
        if (_tail.Length < TailMax)
        {
            Array.Resize(ref _tail, Math.Max(2 * _tail.Length, _used + bytes));
            if (Length < room.StoreBytesMax)
            {
                return;
            }
        }

        Flush();
    }

    private void Flush()
    {
        room.CancellationToken.ThrowIfCancellationRequested();
        long length = Length;
        if (_file is null && length > room.StoreBytesMax)
        {
            _file = TemporaryFile.In(room.Folder, "the build");
            for (long offset = 0; offset < _flushed; offset += PieceBytes)
            {
                _file.Write(new ReadOnlySpan<byte>(_body!.Pointer + offset, (int)Math.Min(PieceBytes, _flushed - offset)), offset);
            }

            _body?.Dispose();
            _body = null;
        }

        if (_file is not null)
        {
            _file.Write(_tail.AsSpan(0, _used), _flushed);
        }
        else
        {
            if (_body is null || _body.Length < length)
            {
                // What is not used of it is not taken.
                long capacity = Math.Clamp(4 * length, BodyAtFirst, Math.Max(BodyAtFirst, length + BodyMore));
                _body = _body is null ? new NativeBlock(capacity, isZeroed: false) : _body.Grown(capacity);
            }

            _tail.AsSpan(0, _used).CopyTo(new Span<byte>(_body.Pointer + _flushed, _used));
        }

        _flushed = length;
        _used = 0;
    }
}
