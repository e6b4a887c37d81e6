namespace ChainWatch.Heuristics;

/// <summary>
/// A mix of Whirlpool. As many inputs as outputs, 5 to 10; every output pays one pool's denomination, each to another
/// address; each input has another owner; some inputs are the denomination (remixed), the others are above it by at most
/// 0.0011 BTC (new, and paying the fee). All addresses are P2WPKH. All input values must be known.
/// </summary>
/// <remarks>
/// Sources: Stütz, Stockinger, Moreno-Sanchez, Haslhofer, Maffei, "Adoption and Actual Privacy of Decentralized CoinJoin
/// Implementations in Bitcoin" (AFT 2022, arXiv 2109.10229) as nopara73/Dumplings applies it (5 to 10 since the surge
/// cycles of May 2023; 0.0011 BTC); distinct owners: Schnoering, Vazirgiannis (arXiv 2311.12491); the pools of Ashigaru
/// (0.025 and 0.25 BTC, since June 2025): Copexit/am-i-exposed.
/// </remarks>
internal static class WhirlpoolShape
{
    private const int SizeMin = 5;
    private const int SizeMax = 10;
    private const ulong PremixExtraMax = 110_000;

    private static ReadOnlySpan<ulong> Pools => [100_000, 1_000_000, 2_500_000, 5_000_000, 25_000_000, 50_000_000];

    public static bool Fits(MovementShape shape)
    {
        int size = shape.Outputs.Length;
        return size is >= SizeMin and <= SizeMax
            && shape.InputValues.Length == size && shape.Owners == size
            && shape.EqualCount == size && shape.Addresses == size
            && Pools.Contains(shape.EqualValue)
            && InputsFit(shape.InputValues, shape.EqualValue)
            && shape.HasOnly(AddressKind.P2Wpkh);
    }

    private static bool InputsFit(ulong[] inputs, ulong pool)
    {
        int remixed = 0;
        foreach (ulong value in inputs)
        {
            if (value < pool || value > pool + PremixExtraMax)
            {
                return false;
            }

            remixed += value == pool ? 1 : 0;
        }

        return remixed > 0 && remixed < inputs.Length;
    }
}
