using ChainWatch.Text;

namespace ChainWatch.Lists.Ofac;

/// <summary>A stream whose first bytes can be looked at before it is read, whether or not it can seek. It does not close what it reads.</summary>
internal sealed class PeekedStream : ForwardStream
{
    private readonly Stream _inner;
    private readonly byte[] _head;
    private readonly int _headLength;
    private int _position;

    public PeekedStream(Stream inner, int headLengthMax)
    {
        _inner = inner;
        _head = new byte[headLengthMax];
        _headLength = inner.ReadAtLeast(_head, headLengthMax, throwOnEndOfStream: false);
    }

    /// <summary>The first bytes: fewer than asked for only where the stream has no more.</summary>
    public ReadOnlySpan<byte> Head => _head.AsSpan(0, _headLength);

    public override int Read(Span<byte> buffer)
    {
        if (_position == _headLength)
        {
            return _inner.Read(buffer);
        }

        int count = Math.Min(buffer.Length, _headLength - _position);
        _head.AsSpan(_position, count).CopyTo(buffer);
        _position += count;
        return count;
    }
}
