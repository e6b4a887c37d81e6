using ChainWatch.Console.Printing.Trace;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Sources;

/// <summary>The sources as people read them: rings, those that lists name with their paths, stops, the rest.</summary>
internal static class SourcesText
{
    private const int ListedMax = 10;
    private const int RowsMax = 50;

    public static void Write(Page page, SourcesAnswer answer)
    {
        TraceResult result = answer.Result;
        AmountText amounts = new(result.Request.Tokens);
        page.Title($"Where did the funds of {string.Join(", ", result.Lists.Select(list => list.Name))} come from, within {Words.Count(result.Request.MaxHops, "hop")}?");
        foreach (string reason in answer.BeyondLists)
        {
            page.Line($"incomplete: {reason}", 2, Styles.Open);
        }

        foreach (TracedList wallet in result.Lists)
        {
            WriteWallet(page, answer, wallet, new PathText(page, answer.Names, amounts));
        }

        NotFollowedTable.Write(page, result, amounts);
        CoverageText.Write(page, result.Coverage);
        ListsUsed.Write(page, result);
        Limits.Write(page);
    }

    private static void WriteWallet(Page page, SourcesAnswer answer, TracedList wallet, PathText paths)
    {
        Source[] sources = [.. answer.Sources.Where(source => source.Exposure.List == wallet.Name)];
        Source[] listed = [.. sources.Where(source => source.Matches.Count > 0)];
        page.Heading($"Sources of {wallet.Name}");
        string answered = wallet.SeedsInData == 0 ? "the wallet does not occur in the data"
            : $"{Words.Count(sources.Length, "address", "addresses")}, {Words.Number(listed.Length)} of them named by the lists at hand";
        page.Line(answered, 2, listed.Length > 0 ? Styles.Found : Styles.Strong);
        int behind = answer.Result.BeyondOpaque.Where(b => b.List == wallet.Name).Sum(b => b.Addresses);
        if (behind > 0)
        {
            page.Line($"{Words.Count(behind, "further address lies", "further addresses lie")} behind opaque stops: a lead, never a source", 2, Styles.Open);
        }

        if (sources.Length == 0)
        {
            return;
        }

        Exposure[] exposures = [.. sources.Select(source => source.Exposure)];
        RingsTable.Write(page, exposures, answer.Names, answer.Result);
        foreach (Source source in listed.Take(ListedMax))
        {
            page.Heading($"{(answer.Result.Coverage.IsComplete ? "" : "At most ")}{Words.Count(source.Exposure.Hops, "hop")} away: {source.Exposure.Address}");
            paths.Write(source.Exposure.Path);
            paths.WriteMeasures(source.Exposure);
        }

        WriteMore(page, listed.Length - ListedMax, "listed source");
        StopsTable.Write(page, exposures, answer.Result.Request.Stops, "last departure");
        page.Heading("All sources");
        TextTable table = new("#hops", "!address", "!last departure", "known as");
        foreach (Source source in sources.Take(RowsMax))
        {
            table.Add(
                Words.Number(source.Exposure.Hops),
                source.Exposure.Address.ToString(),
                source.Exposure.Arrival is Arrival a ? Words.Time(a.Time) is { Length: > 0 } time ? time : Words.Block(a.Position) : "",
                string.Join("; ", answer.Names.Of(source.Exposure.Address)));
        }

        page.Write(table);
        WriteMore(page, sources.Length - RowsMax, "source");
    }

    private static void WriteMore(Page page, int count, string what)
    {
        if (count > 0)
        {
            page.Line($"and {Words.Count(count, $"more {what}")}: --format csv", 2, Styles.Faint);
        }
    }
}
