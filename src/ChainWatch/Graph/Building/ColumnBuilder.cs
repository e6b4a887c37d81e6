using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>
/// Numbers that are added at the end and become a column: in as few bytes as the highest so far needs, and none while all
/// are the same.
/// </summary>
/// <param name="room">What it may take.</param>
/// <param name="width">Bytes a number, whatever the numbers; 0: as few as it takes.</param>
internal sealed class ColumnBuilder(BuildRoom room, int width = 0) : IDisposable
{
    private const int Piece = 512; // so many numbers fit what a store has room for at once
    private ByteStore? _store = width == 0 ? null : new ByteStore(room);
    private ulong _constant;
    private ulong _widthMax = width == 0 ? 0 : ulong.MaxValue >> (64 - (8 * width));

    /// <summary>How many numbers.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes a number; 0 while all are the same.</summary>
    public int Width { get; private set; } = width;

    /// <summary>The one number, where the width is 0.</summary>
    public ulong Constant => _constant;

    /// <summary>The numbers' bytes; null where the width is 0.</summary>
    public ByteStore? Store => _store;

    /// <summary>Adds a number.</summary>
    /// <exception cref="OverflowException">There are 2^31-1 already.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(ulong number)
    {
        if (_store is null ? number == _constant && Count > 0 : number <= _widthMax)
        {
            if (_store is not null)
            {
                Write(number);
            }

            Count = checked(Count + 1);
        }
        else if (Count == 0 && _store is null)
        {
            AppendSame(number, 1);
        }
        else
        {
            Widen(number);
            Write(number);
            Count = checked(Count + 1);
        }
    }

    /// <summary>Adds numbers: faster than one by one, and the same. None is negative, but where they are as wide as the column must be.</summary>
    [SkipLocalsInit]
    public void Append<T>(ReadOnlySpan<T> numbers)
        where T : unmanaged, IBinaryInteger<T>
    {
        if (numbers.IsEmpty)
        {
            return;
        }

        ulong first = ulong.CreateTruncating(numbers[0]);
        if (_store is null && (Count == 0 || first == _constant) && !numbers.ContainsAnyExcept(numbers[0]))
        {
            AppendSame(first, numbers.Length);
            return;
        }

        if (Width == Unsafe.SizeOf<T>())
        {
            Count = checked(Count + numbers.Length);
            _store!.Append(MemoryMarshal.AsBytes(numbers));
            return;
        }

        Span<ulong> piece = stackalloc ulong[Piece];
        while (!numbers.IsEmpty)
        {
            int count = Math.Min(Piece, numbers.Length);
            ulong bits = 0;
            for (int i = 0; i < count; i++)
            {
                bits |= piece[i] = ulong.CreateTruncating(numbers[i]);
            }

            if (_store is null || bits > _widthMax)
            {
                Widen(bits);
            }

            Count = checked(Count + count);
            Write(piece[..count]);
            numbers = numbers[count..];
        }
    }

    /// <summary>Adds the same number so many times.</summary>
    public void AppendSame(ulong number, int count)
    {
        if (count > 0 && _store is null && (Count == 0 || number == _constant))
        {
            _constant = number;
            Count = checked(Count + count);
            return;
        }

        for (int i = 0; i < count; i++)
        {
            Append(number);
        }
    }

    /// <summary>The column; nothing can be added afterwards.</summary>
    public NumberColumn Finish()
    {
        if (_store is null)
        {
            return new NumberColumn(_constant, Count);
        }

        return new NumberColumn(_store.ToBlock(), 0, Width, Count);
    }

    /// <inheritdoc/>
    public void Dispose() => _store?.Dispose();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Write(ulong number)
    {
        ref byte to = ref MemoryMarshal.GetReference(_store!.Room(Width));
        switch (Width)
        {
            case 1: to = (byte)number; break;
            case 2: Unsafe.WriteUnaligned(ref to, (ushort)number); break;
            case 4: Unsafe.WriteUnaligned(ref to, (uint)number); break;
            default: Unsafe.WriteUnaligned(ref to, number); break;
        }

        _store.Advance(Width);
    }

    private void Write(ReadOnlySpan<ulong> numbers)
    {
        Span<byte> to = _store!.Room(numbers.Length * Width);
        switch (Width)
        {
            case 1:
                for (int i = 0; i < numbers.Length; i++)
                {
                    to[i] = (byte)numbers[i];
                }

                break;
            case 2:
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(to);
                for (int i = 0; i < shorts.Length; i++)
                {
                    shorts[i] = (ushort)numbers[i];
                }

                break;
            case 4:
                Span<uint> ints = MemoryMarshal.Cast<byte, uint>(to);
                for (int i = 0; i < ints.Length; i++)
                {
                    ints[i] = (uint)numbers[i];
                }

                break;
            default:
                MemoryMarshal.AsBytes(numbers).CopyTo(to);
                break;
        }

        _store.Advance(to.Length);
    }

    // From here on every number has room for one.
    private void Widen(ulong number)
    {
        ByteStore? before = _store;
        ColumnReader reader = new(this);
        int count = Count;
        _store = new ByteStore(room);
        Width = Math.Max(NumberColumn.WidthOf(number), before is null && count > 0 ? NumberColumn.WidthOf(_constant) : 0);
        _widthMax = ulong.MaxValue >> (64 - (8 * Width));
        for (int i = 0; i < count; i++)
        {
            Write(reader.Next());
        }

        before?.Dispose();
    }
}
