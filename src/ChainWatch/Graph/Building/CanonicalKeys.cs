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

    /// <summary>Compares two rows with addresses whose numbers are equal; zero for the same address alone.</summary>
    public abstract int CompareEqualKeys(byte* x, byte* y);
}
