using ChainWatch.Sources;

namespace ChainWatch.Graph.Appending;

/// <summary>What is at hand of a chain when rows were appended to it: added up, and not counted anew.</summary>
internal static class ChainCoverages
{
    /// <summary>What is at hand of both.</summary>
    /// <param name="before">What was at hand; null: nothing.</param>
    /// <param name="known">The log as it was.</param>
    /// <param name="rows">The rows, put in order by themselves.</param>
    /// <param name="appended">What they are; null where there are none.</param>
    /// <param name="newAddresses">How many of their addresses the log did not know.</param>
    public static ChainCoverage? Add(ChainCoverage? before, ChainLog known, ChainLog? rows, ChainCoverage? appended, int newAddresses)
    {
        if (rows is null || appended is null)
        {
            return before;
        }

        return new ChainCoverage(static () => throw new InvalidOperationException("the rows are not appended yet"))
        {
            Chain = appended.Chain,
            FirstBlock = before?.FirstBlock ?? appended.FirstBlock,
            LastBlock = appended.LastBlock,
            FirstTime = before is null ? appended.FirstTime : before.FirstTime,
            LastTime = appended.LastTime,
            Movements = (before?.Movements ?? 0) + appended.Movements,
            Addresses = known.AddressTable.Length + newAddresses - CountUncounted(before, known, rows, appended),
            BlocksWithoutOrder = (before?.BlocksWithoutOrder ?? 0) + appended.BlocksWithoutOrder,
            Kinds = [.. (before?.Kinds ?? []).Union(appended.Kinds, StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
    }

    /// <summary>The same, whose content is a log's.</summary>
    public static ChainCoverage Of(ChainCoverage counted, ChainLog log) => Copy(counted, () => TransferWriter.Sha256(log, 0, log.Groups.Length));

    /// <summary>The same without content: what is kept for long must not keep the log as it was then.</summary>
    public static ChainCoverage? Counted(ChainCoverage? coverage) => coverage is null ? null : Copy(coverage, static () => throw new InvalidOperationException("kept to count on from"));

    private static ChainCoverage Copy(ChainCoverage counted, Func<string> contentSha256) => new(contentSha256)
    {
        Chain = counted.Chain,
        FirstBlock = counted.FirstBlock,
        LastBlock = counted.LastBlock,
        FirstTime = counted.FirstTime,
        LastTime = counted.LastTime,
        Movements = counted.Movements,
        Addresses = counted.Addresses,
        BlocksWithoutOrder = counted.BlocksWithoutOrder,
        Kinds = counted.Kinds,
    };

    // The zero address as one of several payers has a number and is not counted: there it is nobody. So at most one is not.
    private static int CountUncounted(ChainCoverage? before, ChainLog known, ChainLog rows, ChainCoverage appended)
    {
        int uncounted = known.AddressTable.Length - (before?.Addresses ?? 0);
        if (rows.Chain.IsEvm && rows.NumberOf(Address.FromPayload(rows.Chain, AddressKind.Evm, new byte[20])) is >= 0 and int zero)
        {
            bool isCounted = rows.AddressTable.Length == appended.Addresses;
            bool isNew = known.NumberOf(rows.AddressTable[zero]) < 0;
            uncounted = isCounted ? 0 : isNew ? 1 : uncounted;
        }

        return uncounted;
    }
}
