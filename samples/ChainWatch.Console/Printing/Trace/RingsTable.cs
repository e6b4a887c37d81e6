using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>How many addresses stand at each number of hops, how many of them stop the trace, and who names how many.</summary>
internal static class RingsTable
{
    private const int PartiesMax = 4;

    public static void Write(Page page, Exposure[] reached, KnownNames names, TraceResult result)
    {
        Dictionary<Address, string[]> named = reached.ToDictionary(e => e.Address, e => PartiesOf(names.MatchesOf(e.Address)));
        string[] parties = [.. named.Values.SelectMany(p => p).GroupBy(p => p).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key)];
        bool areMore = parties.Length > PartiesMax;
        parties = [.. parties.Take(PartiesMax)];

        // The tighter view beside the other, where the data tell which outputs are spent.
        bool byCoin = reached.Any(e => e.AreCoinsKnown);
        page.Blank();
        TextTable table = new([result.Coverage.IsComplete ? "#hops" : "#hops at most", "#addresses", .. byCoin ? ["#by coin"] : Array.Empty<string>(), "#stops", .. parties.Select(p => $"#{p}")]);
        foreach (IGrouping<int, Exposure> ring in reached.GroupBy(e => e.Hops).OrderBy(g => g.Key))
        {
            table.Add(
            [
                Words.Number(ring.Key),
                Words.Number(ring.Count()),
                .. byCoin ? [Cell(ring.Count(e => e.IsSeed || e.ByCoin is not null))] : Array.Empty<string>(),
                Cell(ring.Count(IsStop)),
                .. parties.Select(party => Cell(ring.Count(e => named[e.Address].Contains(party, StringComparer.Ordinal)))),
            ]);
        }

        page.Write(table);
        if (parties.Length > 0)
        {
            page.Line($"of the addresses, those that {(areMore ? "these and other parties" : "somebody")} names on the lists at hand; attributed is not designated", 2, Styles.Faint);
        }
    }

    public static bool IsStop(Exposure exposure) => exposure.Label is not null || exposure.StopReason is "degree" or "dust" or "opaque:coinjoin";

    private static string Cell(int count) => count == 0 ? "-" : Words.Number(count);

    private static string[] PartiesOf(IReadOnlyList<ScreeningMatch> matches) =>
        [.. matches.Select(match => $"{Words.Of(match.Status)} by {match.Entry.Authority}").Distinct(StringComparer.Ordinal)];
}
