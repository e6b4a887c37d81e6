namespace ChainWatch.Graph.Storage;

/// <summary>
/// The tail of a column of numbers while it grows. What was handed out by <see cref="Behind"/> never changes: new numbers come
/// behind those that it counts, or in new memory.
/// </summary>
/// <param name="width">Bytes a number: 1, 4 or 8.</param>
internal sealed unsafe class NumberTail(int width)
{
    private const int LeastCapacity = 64;
    private NativeBlock? _block;

    /// <summary>How many numbers.</summary>
    public int Count { get; private set; }

    /// <summary>A base with these numbers behind it.</summary>
    public NumberColumn Behind(in NumberColumn start) => Count == 0 ? start : start.With(_block!, width, Count);

    /// <summary>Adds numbers of a column in one piece, whose memory the caller keeps.</summary>
    /// <exception cref="FormatException">One takes more bytes than there are for it.</exception>
    public void Add(in NumberColumn numbers)
    {
        int count = numbers.Count;
        if (count == 0)
        {
            return;
        }

        int total = checked(Count + count);
        Reserve(total);
        ulong max = width == sizeof(ulong) ? ulong.MaxValue : (1UL << (8 * width)) - 1;
        byte* p = _block!.Pointer + ((long)Count * width);
        NumberRun run = numbers.Run(0, count);
        for (int i = 0; i < count; i++, p += width)
        {
            ulong number = run[i];
            if (number > max)
            {
                throw new FormatException($"the number {number}; expected at most {max}");
            }

            switch (width)
            {
                case 1: *p = (byte)number; break;
                case 4: *(uint*)p = (uint)number; break;
                default: *(ulong*)p = number; break;
            }
        }

        GC.KeepAlive(_block);
        Count = total;
    }

    /// <summary>Forgets the numbers from one on. Those who hold the column keep it as it was.</summary>
    public void Cut(int count)
    {
        if (count < Count)
        {
            NativeBlock? old = _block;
            (_block, Count) = (null, count);
            if (count > 0)
            {
                Move(old!, count);
            }
        }
    }

    private void Reserve(int count)
    {
        if (_block is null || _block.Length < (long)count * width)
        {
            Move(_block, Math.Max(Math.Max(count, LeastCapacity), (int)Math.Min(int.MaxValue, 2L * Count)));
        }
    }

    private void Move(NativeBlock? old, int capacity)
    {
        NativeBlock block = new((long)capacity * width);
        if (old is not null)
        {
            Buffer.MemoryCopy(old.Pointer, block.Pointer, block.Length, (long)Count * width);
            GC.KeepAlive(old);
        }

        _block = block;
    }
}
