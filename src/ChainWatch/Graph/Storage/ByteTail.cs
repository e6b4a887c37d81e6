namespace ChainWatch.Graph.Storage;

/// <summary>The tail of a column of bytes while it grows, as <see cref="NumberTail"/> is of one of numbers.</summary>
internal sealed unsafe class ByteTail
{
    private const int LeastCapacity = 256;
    private const int CopyMax = 1 << 20;
    private NativeBlock? _block;

    /// <summary>How many bytes.</summary>
    public long Length { get; private set; }

    /// <summary>A base with these bytes behind it.</summary>
    public ByteColumn Behind(in ByteColumn start) => Length == 0 ? start : start.With(_block!, Length);

    /// <summary>Adds bytes.</summary>
    public void Add(in ByteColumn bytes)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        long total = Length + bytes.Length;
        if (_block is null || _block.Length < total)
        {
            Move(_block, Math.Max(Math.Max(total, LeastCapacity), 2 * Length));
        }

        for (long at = 0; at < bytes.Length; at += CopyMax)
        {
            int count = (int)Math.Min(CopyMax, bytes.Length - at);
            bytes.Slice(at, count).CopyTo(new Span<byte>(_block!.Pointer + Length + at, count));
        }

        GC.KeepAlive(_block);
        Length = total;
    }

    /// <summary>Forgets the bytes from one on. Those who hold the column keep it as it was.</summary>
    public void Cut(long length)
    {
        if (length < Length)
        {
            NativeBlock? old = _block;
            (_block, Length) = (null, length);
            if (length > 0)
            {
                Move(old!, length);
            }
        }
    }

    private void Move(NativeBlock? old, long capacity)
    {
        NativeBlock block = new(capacity);
        if (old is not null)
        {
            Buffer.MemoryCopy(old.Pointer, block.Pointer, block.Length, Length);
            GC.KeepAlive(old);
        }

        _block = block;
    }
}
