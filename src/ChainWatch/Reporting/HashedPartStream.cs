namespace ChainWatch.Reporting;

/// <summary>Passes what is written on to another stream, and a part of it to a hash: a report is written and hashed in one go.</summary>
internal sealed class HashedPartStream(Stream output, BodyHash hash) : Stream
{
    /// <summary>Whether what is written now belongs to the part.</summary>
    public bool IsHashing { get; set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        if (IsHashing)
        {
            hash.Append(buffer);
        }

        output.Write(buffer);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => output.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();
}
