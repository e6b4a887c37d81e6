namespace ChainWatch.Graph.Storage;

/// <summary>
/// Amounts: below 2^63 as a number; above, bit 63 and where in the wide rows the amount begins, the most significant byte
/// first: 16 bytes, or with bit 62 32 bytes.
/// </summary>
internal readonly struct AmountColumn(NumberColumn numbers, ByteColumn wide)
{
    public const ulong IsWide = 1UL << 63;
    public const ulong IsWidest = 1UL << 62;
    public const int WideLength = 16;
    public const int WidestLength = 32;

    public NumberColumn Numbers => numbers;

    public ByteColumn Wide => wide;

    public Amount this[int i]
    {
        get
        {
            ulong number = numbers[i];
            return (number & IsWide) == 0
                ? Amount.From(number)
                : Amount.FromBigEndian(wide.Slice((long)(number & ~(IsWide | IsWidest)), (number & IsWidest) == 0 ? WideLength : WidestLength));
        }
    }

    public static AmountColumn Of(int count, Func<int, Amount> at)
    {
        using MemoryStream wide = new();
        Span<byte> word = stackalloc byte[WidestLength];
        ulong[] numbers = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            Amount amount = at(i);
            if (!amount.TryGetUInt64(out numbers[i]) || numbers[i] >= IsWide)
            {
                amount.CopyBigEndian(word);
                bool isWidest = word[..(WidestLength - WideLength)].ContainsAnyExcept((byte)0);
                numbers[i] = IsWide | (isWidest ? IsWidest : 0) | (ulong)wide.Position;
                wide.Write(isWidest ? word : word[(WidestLength - WideLength)..]);
            }
        }

        return new AmountColumn(NumberColumn.Of(count, i => numbers[i]), ByteColumn.Of(wide.GetBuffer().AsSpan(0, (int)wide.Length)));
    }
}
