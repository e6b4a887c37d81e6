namespace ChainWatch.Tests.Graph.Appending;

/// <summary>A disk that has room for so many bytes more: the rest of a write that does not fit is not written.</summary>
internal sealed class FullDisk(Stream inner) : Passing(inner)
{
    public long Room { get; set; } = long.MaxValue;

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        int fits = (int)Math.Min(buffer.Length, Room);
        base.Write(buffer[..fits]);
        Room -= fits;
        if (fits < buffer.Length)
        {
            throw new IOException("No space left on device");
        }
    }
}

/// <summary>Lets somebody look at the file before each piece that is written.</summary>
internal sealed class Watched(Stream inner, Action look) : Passing(inner)
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        int half = buffer.Length / 2;
        base.Write(buffer[..half]);
        look();
        base.Write(buffer[half..]);
    }
}

/// <summary>Writes to another stream.</summary>
internal abstract class Passing(Stream inner) : Stream
{
    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => inner.Length;

    public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer) => inner.Write(buffer);

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
