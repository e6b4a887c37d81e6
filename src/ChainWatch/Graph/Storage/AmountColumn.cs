namespace ChainWatch.Graph.Storage;

/// <summary>
/// Amounts: below 2^63 as a number, above that bit 63 and the number of a row of 32 bytes, the most significant first.
/// </summary>
internal readonly struct AmountColumn(NumberColumn numbers, ByteColumn wide)
{
    private const ulong IsWide = 1UL << 63;
    private const int WideLength = 32;

    public NumberColumn Numbers => numbers;

    public ByteColumn Wide => wide;

    public Amount this[int i]
    {
        get
        {
            ulong number = numbers[i];
            return (number & IsWide) == 0 ? Amount.From(number) : Amount.FromBigEndian(wide.Slice((long)(number & ~IsWide) * WideLength, WideLength));
        }
    }

    /// <summary>Whether an amount is zero; looks at no wide row.</summary>
    public bool IsZero(int i) => numbers[i] == 0;

    public static AmountColumn Of(int count, Func<int, Amount> at)
    {
        List<Amount> wide = [];
        ulong[] numbers = new ulong[count];
        for (int i = 0; i < count; i++)
        {
            Amount amount = at(i);
            if (!amount.TryGetUInt64(out numbers[i]) || numbers[i] >= IsWide)
            {
                numbers[i] = IsWide | (uint)wide.Count;
                wide.Add(amount);
            }
        }

        return new AmountColumn(NumberColumn.Of(count, i => numbers[i]), ByteColumn.Of(wide.Count, WideLength, (i, row) => wide[i].CopyBigEndian(row)));
    }
}
