namespace ChainWatch.Graph.Building;

/// <summary>
/// The canonical order of a chain's rows, without making their texts: by a number of 64 bits, and where two are equal by a
/// comparison. The order is that of <see cref="Address.ToCanonicalString"/> by code unit.
/// </summary>
internal abstract unsafe class CanonicalKeys
{
    /// <summary>The order of a chain's addresses.</summary>
    public static CanonicalKeys Of(Chain chain) => chain.IsEvm ? new EvmKeys() : new BitcoinKeys(chain);

    /// <summary>A number that never falls from one row to a later one in the order. The row holds an address with a payload.</summary>
    public abstract ulong KeyOf(byte* row);

    /// <summary>How many further numbers there are for rows of which the first is equal.</summary>
    public virtual int FurtherKeys => 0;

    /// <summary>A further number, from 0: among rows whose numbers before it are equal, it never falls along the order.</summary>
    public virtual ulong FurtherKeyOf(byte* row, int number) => throw new NotSupportedException();

    /// <summary>Compares two rows with addresses whose first numbers are equal; zero for the same address alone.</summary>
    public abstract int CompareEqualKeys(byte* x, byte* y);
}
