using System.Numerics;

namespace ChainWatch.Graph.Storage;

/// <summary>
/// Whole numbers from 0, each in 1, 2, 4 or 8 bytes, little-endian; or one number for all, which takes no byte.
/// </summary>
internal readonly unsafe struct NumberColumn
{
    private readonly ByteBlock? _block;
    private readonly long _offset;
    private readonly ulong _constant;

    /// <param name="block">Where the numbers stand.</param>
    /// <param name="offset">Where in it the first stands.</param>
    /// <param name="width">Bytes a number: 1, 2, 4 or 8.</param>
    /// <param name="count">How many.</param>
    public NumberColumn(ByteBlock block, long offset, int width, int count)
    {
        (_block, _offset, Width, Count) = (block, offset, width, count);
    }

    /// <summary>The same number for all.</summary>
    public NumberColumn(ulong constant, int count)
    {
        (_constant, Count) = (constant, count);
    }

    /// <summary>Bytes a number; 0 where all are the same.</summary>
    public int Width { get; }

    /// <summary>How many numbers.</summary>
    public int Count { get; }

    /// <summary>The one number, where <see cref="Width"/> is 0.</summary>
    public ulong Constant => _constant;

    /// <summary>A number.</summary>
    public ulong this[int i]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)i, (uint)Count, nameof(i));
            if (Width == 0)
            {
                return _constant;
            }

            long offset = _offset + ((long)i * Width);
            _block!.Require(offset, Width);
            byte* p = _block.Pointer + offset;
            ulong number = Width switch { 1 => *p, 2 => *(ushort*)p, 4 => *(uint*)p, _ => *(ulong*)p };
            // The pointer does not keep the memory: this does, up to here.
            GC.KeepAlive(_block);
            return number;
        }
    }

    /// <summary>A number that is known to be at most 2^31-1.</summary>
    /// <exception cref="OverflowException">It is not.</exception>
    public int At(int i) => checked((int)this[i]);

    /// <summary>A number that stands one higher than what it tells, which is from -1.</summary>
    public int OrNone(int i) => checked((int)this[i] - 1);

    /// <summary>Some numbers of 4 bytes.</summary>
    public ReadOnlySpan<int> Ints(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)(uint)first + count, Count, nameof(first));
        if (count == 0)
        {
            return [];
        }

        if (Width != sizeof(int))
        {
            throw new InvalidOperationException($"a column of {Width} bytes a number; expected {sizeof(int)}");
        }

        long offset = _offset + ((long)first * Width);
        _block!.Require(offset, (long)count * Width);
        return new ReadOnlySpan<int>(_block.Pointer + offset, count);
    }

    /// <summary>Some numbers, to be read by their places in the column without further checks.</summary>
    public NumberRun Run(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)(uint)first + count, Count, nameof(first));
        if (Width == 0 || count == 0)
        {
            return new NumberRun(null, 0, _constant);
        }

        _block!.Require(_offset + ((long)first * Width), (long)count * Width);
        return new NumberRun(_block.Pointer + _offset, Width, 0);
    }

    /// <summary>The column's bytes; none where all numbers are the same.</summary>
    public ByteColumn Bytes() => Width == 0 ? ByteColumn.Empty : new ByteColumn(_block!, _offset, (long)Count * Width);

    /// <summary>Numbers in as few bytes as the highest needs; none where all are the same.</summary>
    public static NumberColumn Of(int count, Func<int, ulong> at)
    {
        ulong first = count > 0 ? at(0) : 0;
        ulong max = first;
        bool isConstant = true;
        for (int i = 1; i < count; i++)
        {
            ulong number = at(i);
            max = Math.Max(max, number);
            isConstant &= number == first;
        }

        return isConstant ? new NumberColumn(first, count) : Of(count, WidthOf(max), at);
    }

    /// <summary>Numbers in a given number of bytes.</summary>
    public static NumberColumn Of(int count, int width, Func<int, ulong> at)
    {
        NativeBlock block = new((long)count * width);
        for (int i = 0; i < count; i++)
        {
            byte* p = block.Pointer + ((long)i * width);
            ulong number = at(i);
            switch (width)
            {
                case 1: *p = (byte)number; break;
                case 2: *(ushort*)p = (ushort)number; break;
                case 4: *(uint*)p = (uint)number; break;
                default: *(ulong*)p = number; break;
            }
        }

        return new NumberColumn(block, 0, width, count);
    }

    /// <summary>How many bytes numbers up to a highest one take.</summary>
    public static int WidthOf(ulong max) => (64 - BitOperations.LeadingZeroCount(max)) switch { <= 8 => 1, <= 16 => 2, <= 32 => 4, _ => 8 };
}
