namespace ChainWatch.Benchmarks.Appending;

/// <summary>Writes in small pieces of random length, so that a process can be killed at any byte.</summary>
public sealed class ChoppedStream(Stream inner, SplitMix random) : Stream
{
    private const int PieceMax = 700;

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => inner.Length;

    public override long Position { get => inner.Position; set => throw new NotSupportedException(); }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        while (buffer.Length > 0)
        {
            int piece = Math.Min(buffer.Length, 1 + (int)random.Below(PieceMax));
            inner.Write(buffer[..piece]);
            buffer = buffer[piece..];
        }
    }

    public override void Flush() => inner.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
