namespace ChainWatch.Heuristics;

/// <summary>
/// A round of Wasabi 1.x. The most frequent output value is within 0.02 BTC of 0.1 BTC and goes to at least 10 addresses
/// that own no input; there are at least as many input owners, who can have paid for it; at least 2 output values occur
/// once (a change and the coordinator's fee). All addresses are P2WPKH.
/// </summary>
/// <remarks>
/// Source: nopara73/Dumplings, Scanner, its rule for rounds without a fixed coordinator address. Counting owners in place
/// of inputs: Schnoering, Vazirgiannis (arXiv 2311.12491).
/// </remarks>
internal static class Wasabi1Shape
{
    private const int EqualMin = 10;
    private const int UniqueMin = 2;
    private const ulong DenominationMin = 8_000_000;
    private const ulong DenominationMax = 12_000_000;

    public static bool Fits(MovementShape shape) =>
        shape.EqualPayees >= EqualMin
        && shape.EqualValue is >= DenominationMin and <= DenominationMax
        && shape.Owners >= shape.EqualPayees
        && shape.UniqueValues >= UniqueMin
        && shape.HasOnly(AddressKind.P2Wpkh)
        && shape.OwnersCanPayEqual();
}
