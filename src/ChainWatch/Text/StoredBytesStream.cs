namespace ChainWatch.Text;

/// <summary>A file's bytes as stored, hashed as they go by. The first bytes can be looked at before anything is read.</summary>
internal sealed class StoredBytesStream(Stream inner, string name) : ForwardStream
{
    private const int HeadBytes = 2;
    private readonly BackgroundSha256 _hash = new();
    private readonly byte[] _head = new byte[HeadBytes];
    private int _headLength = -1;
    private int _headServed;

    /// <summary>True where the file starts with gzip's magic bytes (RFC 1952), whatever it is called.</summary>
    public bool IsGzip => Head().SequenceEqual<byte>([0x1f, 0x8b]);

    public override int Read(Span<byte> buffer)
    {
        ReadOnlySpan<byte> head = Head()[_headServed..];
        if (head.IsEmpty || buffer.IsEmpty)
        {
            return ReadInner(buffer);
        }

        int served = Math.Min(head.Length, buffer.Length);
        head[..served].CopyTo(buffer);
        _headServed += served;
        return served;
    }

    /// <summary>Reads what is left and returns the hash of everything, 64 lower-case hexadecimal digits.</summary>
    public string FinishSha256()
    {
        byte[] rest = new byte[1 << 16];
        while (Read(rest) > 0)
        {
        }

        return Convert.ToHexStringLower(_hash.Finish());
    }

    protected override void Dispose(bool disposing)
    {
        _hash.Dispose();
        inner.Dispose();
        base.Dispose(disposing);
    }

    private ReadOnlySpan<byte> Head()
    {
        if (_headLength < 0)
        {
            _headLength = 0;
            int read;
            while (_headLength < HeadBytes && (read = ReadInner(_head.AsSpan(_headLength))) > 0)
            {
                _headLength += read;
            }
        }

        return _head.AsSpan(0, _headLength);
    }

    private int ReadInner(Span<byte> buffer)
    {
        try
        {
            int read = inner.Read(buffer);
            _hash.Append(buffer[..read]);
            return read;
        }
        catch (IOException e)
        {
            throw ChainWatchException.At(name, 0, null, $"cannot be read: {e.Message}");
        }
    }
}
