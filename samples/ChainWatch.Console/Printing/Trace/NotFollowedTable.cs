using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>The transfers that were not followed, and why: nothing is dropped without being counted.</summary>
internal static class NotFollowedTable
{
    private const int AssetsMax = 4;

    public static void Write(Page page, TraceResult result, AmountText amounts)
    {
        // Where both directions are asked for, both leave out the same transfers.
        NotFollowedCount[] counts = [.. result.NotFollowed.Distinct()];
        if (counts.Length == 0)
        {
            return;
        }

        page.Heading("Transfers not followed");
        TextTable table = new("#count", "reason", "assets");
        foreach (IGrouping<NotFollowedReason, NotFollowedCount> reason in counts.GroupBy(c => c.Reason).OrderBy(g => g.Key))
        {
            table.Add(Words.Number(reason.Sum(c => c.Count)), Words.Of(reason.Key), Assets(reason, amounts));
        }

        page.Write(table);
    }

    // A token that nobody knows has no name to show but the one that it gives itself.
    private static string Assets(IEnumerable<NotFollowedCount> counts, AmountText amounts)
    {
        NotFollowedCount[] known = [.. counts.Where(c => amounts.IsKnown(c.Asset)).OrderByDescending(c => c.Count).ThenBy(c => c.Asset)];
        int unknown = counts.Count() - known.Length;
        return string.Join(", ",
        [
            .. known.Take(AssetsMax).Select(c => amounts.Symbol(c.Asset)),
            .. known.Length > AssetsMax ? [$"{known.Length - AssetsMax} more tokens"] : Array.Empty<string>(),
            .. unknown > 0 ? [Words.Count(unknown, "unlisted token")] : Array.Empty<string>(),
        ]);
    }
}
