namespace ChainWatch.Heuristics;

/// <summary>
/// Equal outputs of many people, by whatever program: n of at least 5 addresses that own no input get the same value, at
/// least 10 000 satoshis; the other outputs are at most n + 1 (a change each and a coordinator's fee); at least n input
/// owners, who can have paid for the equal outputs.
/// </summary>
/// <remarks>
/// Sources: 5 equal outputs, since batches of payments often have 3 or 4, and 10 000 satoshis: Copexit/am-i-exposed. At
/// least (outputs - 1) / 2 of them and not more than input owners: Schnoering, Vazirgiannis (arXiv 2311.12491).
/// That the owners can have paid for them is a bound of ours in place of BlockSci's search for subset sums.
/// </remarks>
internal static class EqualOutputsShape
{
    private const int EqualMin = 5;

    public static bool Fits(MovementShape shape)
    {
        int equal = shape.EqualPayees;
        return equal >= EqualMin
            && shape.EqualValue >= JoinMarketShape.EqualValueMin
            && shape.Outputs.Length - equal <= equal + 1
            && shape.Owners >= equal
            && shape.OwnersCanPayEqual();
    }
}
