using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>Amounts that are added at the end and become a column; see <see cref="AmountColumn"/>.</summary>
internal sealed class AmountBuilder(BuildRoom room) : IDisposable
{
    private readonly ColumnBuilder _numbers = new(room);
    private readonly ByteStore _wide = new(room);

    /// <summary>Amounts below this one are numbers.</summary>
    public const ulong NumberMax = AmountColumn.IsWide - 1;

    /// <summary>The numbers.</summary>
    public ColumnBuilder Numbers => _numbers;

    /// <summary>Adds an amount.</summary>
    public void Append(in Amount amount)
    {
        if (amount.TryGetUInt64(out ulong units) && units <= NumberMax)
        {
            _numbers.Append(units);
            return;
        }

        Span<byte> word = stackalloc byte[AmountColumn.WidestLength];
        amount.CopyBigEndian(word);
        bool isWidest = word[..(AmountColumn.WidestLength - AmountColumn.WideLength)].ContainsAnyExcept((byte)0);
        _numbers.Append(AmountColumn.IsWide | (isWidest ? AmountColumn.IsWidest : 0) | (ulong)_wide.Length);
        _wide.Append(isWidest ? word : word[(AmountColumn.WidestLength - AmountColumn.WideLength)..]);
    }

    /// <summary>Adds the values of transfers that follow one another in a batch.</summary>
    public void Append(TransferBatch batch, Range rows)
    {
        ReadOnlySpan<ulong> values = batch.Values[rows];
        while (values.IndexOfAnyExceptInRange(0UL, NumberMax) is >= 0 and int wide)
        {
            _numbers.Append(values[..wide]);
            Append(batch.WideValueOf(values[wide]));
            values = values[(wide + 1)..];
        }

        _numbers.Append(values);
    }

    /// <summary>The amount that a number of the column stands for.</summary>
    public Amount AmountOf(ulong number)
    {
        if (number <= NumberMax)
        {
            return Amount.From(number);
        }

        Span<byte> word = stackalloc byte[(number & AmountColumn.IsWidest) == 0 ? AmountColumn.WideLength : AmountColumn.WidestLength];
        _wide.Read((long)(number & ~(AmountColumn.IsWide | AmountColumn.IsWidest)), word);
        return Amount.FromBigEndian(word);
    }

    /// <summary>The column; nothing can be added afterwards.</summary>
    public AmountColumn Finish()
    {
        long length = _wide.Length;
        return new AmountColumn(_numbers.Finish(), length == 0 ? ByteColumn.Empty : new ByteColumn(_wide.ToBlock(), 0, length));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _numbers.Dispose();
        _wide.Dispose();
    }
}
