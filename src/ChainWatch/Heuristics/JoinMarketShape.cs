namespace ChainWatch.Heuristics;

/// <summary>
/// JoinMarket. n of at least 3 equal outputs of at least 10 000 satoshis to n addresses that own no input; the other
/// outputs are n or n-1 changes, each of another value; no address is paid twice; at least n input owners, who can have
/// paid for the equal outputs.
/// </summary>
/// <remarks>
/// Sources: n or n-1 changes and n input owners: BlockSci (citp/BlockSci, heuristics/tx_identification). At least 3
/// participants, no address paid twice: Schnoering, Vazirgiannis (arXiv 2311.12491). One repeated value only:
/// nopara73/Dumplings. 10 000 satoshis: Copexit/am-i-exposed; BlockSci leaves out the dust values 546 and 2730.
/// </remarks>
internal static class JoinMarketShape
{
    private const int EqualMin = 3;
    internal const ulong EqualValueMin = 10_000;

    public static bool Fits(MovementShape shape)
    {
        int equal = shape.EqualPayees;
        int changes = shape.Outputs.Length - equal;
        return equal >= EqualMin && shape.EqualCount == equal
            && shape.EqualValue >= EqualValueMin
            && (changes == equal || changes == equal - 1)
            && shape.UniqueValues == changes
            && shape.Addresses == shape.Outputs.Length
            && shape.Owners >= equal
            && shape.OwnersCanPayEqual();
    }
}
