using ChainWatch.Text;

namespace ChainWatch.Bundling;

/// <summary>A stretch of a longer stream, read from its start to its end. The longer stream stays open.</summary>
internal sealed class StretchStream(Stream inner, long offset, long length) : ForwardStream
{
    private long _position;

    public override long Length => length;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        inner.Position = offset + _position;
        int read = inner.Read(buffer[..(int)Math.Min(buffer.Length, length - _position)]);
        _position += read;
        return read;
    }
}
