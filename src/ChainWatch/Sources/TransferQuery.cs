namespace ChainWatch.Sources;

/// <summary>What is asked of a source. The default asks for everything it has.</summary>
public sealed record TransferQuery
{
    /// <summary>Everything a source has.</summary>
    public static TransferQuery Everything { get; } = new();

    /// <summary>The blocks to read, both ends included; null: all.</summary>
    public BlockWindow? Blocks { get; init; }

    /// <summary>
    /// Only transfers that touch one of these, on the side that <see cref="Side"/> tells; null: everybody's. Whoever answers
    /// learns them.
    /// </summary>
    public IReadOnlyList<Address>? Addresses { get; init; }

    /// <summary>On which side of a transfer the <see cref="Addresses"/> stand. A source may send those of the other side, too.</summary>
    public TransferSide Side { get; init; } = TransferSide.Both;

    /// <summary>Only these transactions, each with all its transfers; null: no such bound. Stands alone.</summary>
    public IReadOnlyList<TxId>? Transactions { get; init; }
}

/// <summary>The sides of a transfer.</summary>
[Flags]
public enum TransferSide
{
    /// <summary>The payer.</summary>
    From = 1,

    /// <summary>The payee.</summary>
    To = 2,

    /// <summary>Either.</summary>
    Both = From | To,
}

/// <summary>Blocks of a chain from one height to another, both included.</summary>
/// <param name="First">The lowest height.</param>
/// <param name="Last">The highest height, at least <paramref name="First"/>; <see cref="long.MaxValue"/>: up to the newest.</param>
public readonly record struct BlockWindow(long First, long Last)
{
    /// <summary>How many blocks.</summary>
    public long Count => Last - First + 1;

    /// <summary>From a height up to the newest.</summary>
    public static BlockWindow From(long first) => new(first, long.MaxValue);

    /// <summary>The window with its end told, where it is up to the newest.</summary>
    /// <param name="newest">The newest height there is.</param>
    public BlockWindow UpTo(long newest) => Last == long.MaxValue ? this with { Last = newest } : this;

    /// <summary><c>FIRST-LAST</c>.</summary>
    public override string ToString() => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{First}-{Last}");
}
