using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace ChainWatch.Graph.Storage;

/// <summary>
/// Whole numbers from 0, each in 1, 2, 4 or 8 bytes, little-endian; or one number for all, which takes no byte. A column has
/// one piece, or two: the base, as a file was built, and behind it the tail, what was appended. Each piece lies together in
/// memory, with a width of its own. Code that reads whole runs asks for them piece by piece: <see cref="IntsFrom"/>.
/// </summary>
internal readonly unsafe struct NumberColumn
{
    private readonly ByteBlock? _block;
    private readonly ByteBlock? _tail;
    private readonly long _offset;
    private readonly ulong _constant;
    private readonly int _tailWidth;

    /// <param name="block">Where the numbers stand.</param>
    /// <param name="offset">Where in it the first stands.</param>
    /// <param name="width">Bytes a number: 1, 2, 4 or 8.</param>
    /// <param name="count">How many.</param>
    public NumberColumn(ByteBlock block, long offset, int width, int count)
    {
        (_block, _offset, Width, Count, BaseCount) = (block, offset, width, count, count);
    }

    /// <summary>The same number for all.</summary>
    public NumberColumn(ulong constant, int count)
    {
        (_constant, Count, BaseCount) = (constant, count, count);
    }

    private NumberColumn(in NumberColumn start, ByteBlock tail, int tailWidth, int tailCount)
    {
        this = start;
        (_tail, _tailWidth, Count) = (tail, tailWidth, checked(start.Count + tailCount));
    }

    /// <summary>Bytes a number of the base; 0 where all are the same.</summary>
    public int Width { get; }

    /// <summary>How many numbers.</summary>
    public int Count { get; }

    /// <summary>How many of them, from the first on, are the base; the others are the tail.</summary>
    public int BaseCount { get; }

    /// <summary>The one number, where <see cref="Width"/> is 0.</summary>
    public ulong Constant => _constant;

    /// <summary>A number.</summary>
    public ulong this[int i]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)i, (uint)Count, nameof(i));
            if (i >= BaseCount)
            {
                return Read(_tail!, (long)(i - BaseCount) * _tailWidth, _tailWidth);
            }

            return Width == 0 ? _constant : Read(_block!, _offset + ((long)i * Width), Width);
        }
    }

    /// <summary>A number that is known to be at most 2^31-1.</summary>
    /// <exception cref="OverflowException">It is not.</exception>
    public int At(int i) => checked((int)this[i]);

    /// <summary>A number that stands one higher than what it tells, which is from -1.</summary>
    public int OrNone(int i) => checked((int)this[i] - 1);

    /// <summary>Some numbers of 4 bytes, which must lie in one piece.</summary>
    public ReadOnlySpan<int> Ints(int first, int count)
    {
        ReadOnlySpan<int> ints = IntsFrom(first, count);
        return ints.Length == count ? ints
            : throw new InvalidOperationException($"{count} numbers from {first} on lie in two pieces, the second from {BaseCount} on; expected them to be asked for piece by piece");
    }

    /// <summary>
    /// Some numbers of 4 bytes, as many as lie together: all of <paramref name="count"/>, or up to the end of the base. At
    /// least one, where one is asked for, so that two calls give any run:
    /// <c>for (int i = first; i &lt; end; i += run.Length) { run = column.IntsFrom(i, end - i); … }</c>
    /// </summary>
    public ReadOnlySpan<int> IntsFrom(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)(uint)first + count, Count, nameof(first));
        if (count == 0)
        {
            return [];
        }

        bool isBase = first < BaseCount;
        int width = isBase ? Width : _tailWidth;
        if (width != sizeof(int))
        {
            throw new InvalidOperationException($"a column of {width} bytes a number; expected {sizeof(int)}");
        }

        ByteBlock block = (isBase ? _block : _tail)!;
        long offset = isBase ? _offset + ((long)first * sizeof(int)) : (long)(first - BaseCount) * sizeof(int);
        count = isBase ? Math.Min(count, BaseCount - first) : count;
        block.Require(offset, (long)count * sizeof(int));
        return new ReadOnlySpan<int>(block.Pointer + offset, count);
    }

    /// <summary>Asks the processor for a number that will be read soon.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(int i)
    {
        if (Sse.IsSupported && (uint)i < (uint)BaseCount && Width != 0)
        {
            Sse.Prefetch0(_block!.Pointer + _offset + ((long)i * Width));
        }
    }

    /// <summary>The column's bytes; none where all numbers are the same. Of a column in one piece.</summary>
    public ByteColumn Bytes() => Count != BaseCount ? throw new InvalidOperationException("a column in two pieces has no bytes of its own")
        : Width == 0 ? ByteColumn.Empty : new ByteColumn(_block!, _offset, (long)Count * Width);

    /// <summary>The column with a tail behind it; it must have none.</summary>
    public NumberColumn With(ByteBlock tail, int width, int count) =>
        Count == BaseCount ? new NumberColumn(this, tail, width, count) : throw new InvalidOperationException("a column that has a tail");

    /// <summary>Some numbers of one piece, to be read by their places in the column without further checks.</summary>
    public NumberRun Run(int first, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((long)(uint)first + count, Count, nameof(first));
        if (count > 0 && first >= BaseCount)
        {
            return new NumberRun(_tail!.Pointer - ((long)BaseCount * _tailWidth), _tailWidth, 0);
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(first + count, BaseCount, nameof(first));
        if (Width == 0 || count == 0)
        {
            return new NumberRun(null, 0, _constant);
        }

        _block!.Require(_offset + ((long)first * Width), (long)count * Width);
        return new NumberRun(_block.Pointer + _offset, Width, 0);
    }

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

    private static ulong Read(ByteBlock block, long offset, int width)
    {
        block.Require(offset, width);
        byte* p = block.Pointer + offset;
        ulong number = width switch { 1 => *p, 2 => *(ushort*)p, 4 => *(uint*)p, _ => *(ulong*)p };
        // The pointer does not keep the memory: this does, up to here.
        GC.KeepAlive(block);
        return number;
    }
}
