namespace ChainWatch.Graph.Building;

/// <summary>
/// The key of a transaction inside its position, before transactions are numbered: what it will be made of.
/// </summary>
/// <param name="Code">0: unknown; 1: the one transaction of the position; else twice a use or an index's number, and 2 or 3.</param>
internal readonly record struct TxKey(ulong Code)
{
    /// <summary>Not known.</summary>
    public static TxKey Unknown => new(0);

    /// <summary>The one transaction of its position.</summary>
    public static TxKey OfPosition => new(1);

    /// <summary>The transaction of a use.</summary>
    public static TxKey OfUse(int use) => new(2 + (2UL * (uint)use));

    /// <summary>The transaction at an index of the block whose hash no row tells; by its number among those.</summary>
    public static TxKey OfIndex(int number) => new(3 + (2UL * (uint)number));

    /// <summary>The key and one; 0 where it is not known.</summary>
    /// <param name="txs">The transactions' numbers.</param>
    /// <param name="hashes">How many transactions entries have: keys of indices come after.</param>
    public ulong Number(TxNumbers txs, int hashes) => Code < 2 ? Code
        : (Code & 1) == 0 ? (ulong)txs.NumberOf((int)((Code - 2) >> 1)) + 1
        : (ulong)hashes + ((Code - 3) >> 1) + 1;
}
