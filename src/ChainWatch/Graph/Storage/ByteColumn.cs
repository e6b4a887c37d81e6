namespace ChainWatch.Graph.Storage;

/// <summary>
/// Bytes that are read in runs: rows of addresses and hashes, texts. In one piece, or in two as a <see cref="NumberColumn"/>;
/// no row lies in both.
/// </summary>
internal readonly unsafe struct ByteColumn
{
    private readonly ByteBlock? _block;
    private readonly ByteBlock? _tail;
    private readonly long _offset;

    public ByteColumn(ByteBlock block, long offset, long length)
    {
        (_block, _offset, Length, BaseLength) = (block, offset, length, length);
    }

    private ByteColumn(in ByteColumn start, ByteBlock tail, long length)
    {
        this = start;
        (_tail, Length) = (tail, start.Length + length);
    }

    /// <summary>No bytes.</summary>
    public static ByteColumn Empty => default;

    /// <summary>How many bytes.</summary>
    public long Length { get; }

    /// <summary>How many of them are the base.</summary>
    public long BaseLength { get; }

    /// <summary>Some bytes, which must lie in one piece.</summary>
    public ReadOnlySpan<byte> Slice(long first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, Length, nameof(first));
        if (count == 0)
        {
            return [];
        }

        if (first >= BaseLength)
        {
            return new ReadOnlySpan<byte>(_tail!.Pointer + (first - BaseLength), count);
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, BaseLength, nameof(first));
        _block!.Require(_offset + first, count);
        return new ReadOnlySpan<byte>(_block.Pointer + _offset + first, count);
    }

    /// <summary>The bytes with a tail behind them; they must have none.</summary>
    public ByteColumn With(ByteBlock tail, long length) =>
        Length == BaseLength ? new ByteColumn(this, tail, length) : throw new InvalidOperationException("a column that has a tail");

    /// <summary>Rows of one length.</summary>
    public static ByteColumn Of(int count, int length, Action<int, Span<byte>> write)
    {
        NativeBlock block = new((long)count * length);
        for (int i = 0; i < count; i++)
        {
            write(i, new Span<byte>(block.Pointer + ((long)i * length), length));
        }

        return new ByteColumn(block, 0, block.Length);
    }

    /// <summary>A copy of bytes.</summary>
    public static ByteColumn Of(ReadOnlySpan<byte> bytes)
    {
        NativeBlock block = new(bytes.Length);
        bytes.CopyTo(new Span<byte>(block.Pointer, bytes.Length));
        return new ByteColumn(block, 0, bytes.Length);
    }
}
