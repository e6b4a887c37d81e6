using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>The transfers that were not followed, and why: nothing is dropped without being counted.</summary>
internal static class NotFollowedTable
{
    private const int AssetsMax = 2;

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
            NotFollowedCount[] most = [.. reason.OrderByDescending(c => c.Count).ThenBy(c => c.Asset)];
            string assets = string.Join(", ", most.Take(AssetsMax).Select(c => amounts.Symbol(c.Asset)));
            table.Add(Words.Number(reason.Sum(c => c.Count)), Words.Of(reason.Key), most.Length > AssetsMax ? $"{assets} and {most.Length - AssetsMax} more" : assets);
        }

        page.Write(table);
    }
}
