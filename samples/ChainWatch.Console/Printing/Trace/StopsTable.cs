using ChainWatch.Labels;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>The stops that were reached: where the next question goes to a service, or where a conduit hides what follows.</summary>
internal static class StopsTable
{
    private const int RowsMax = 25;

    public static void Write(Page page, Exposure[] beyond, StopRule rule, string when)
    {
        Exposure[] stops = [.. beyond.Where(RingsTable.IsStop)];
        page.Heading("Stops: reached, reported, not traced through");
        if (stops.Length == 0)
        {
            int labels = rule.Lists.Sum(list => list.Labels.Count);
            page.Line(labels == 0 ? "none, and no label was used to tell one" : $"none: of {Words.Count(labels, "label")}, not one is of an address reached", 2);
            return;
        }

        TextTable table = new("!stop", "!address", "#hops", $"!{when}", "name");
        foreach (Exposure stop in stops.Take(RowsMax))
        {
            table.Add(stop.StopReason, stop.Address.ToString(), Words.Number(stop.Hops), Arrival(stop), stop.Label?.Name ?? "");
        }

        page.Write(table);
        if (stops.Length > RowsMax)
        {
            page.Line($"and {Words.Number(stops.Length - RowsMax)} more: --format csv", 2, Styles.Faint);
        }

        foreach (string meaning in stops.Select(Meaning).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            page.Line(meaning, 2, Styles.Faint);
        }
    }

    private static string Arrival(Exposure stop) => stop.Arrival is Arrival arrival
        ? arrival.Time is DateTimeOffset time ? Words.Time(time)[..10] : Words.Block(arrival.Position)
        : "";

    private static string Meaning(Exposure stop) => stop.Label?.Kind switch
    {
        StopKind.Service => "service: the chain cannot say what happened inside; the next step is to ask it",
        StopKind.Contract => "contract: followed inside one transaction (conversion); what stays is stopped",
        StopKind.Opaque => "opaque: a conduit that is not seen through",
        _ when stop.StopReason == "opaque:coinjoin" => "opaque:coinjoin: all that went on went into CoinJoins; who paid whom in one cannot be told",
        _ when stop.StopReason == "degree" => "degree: more followed transfers than the limit asked for; labelling it as a service settles it",
        _ => "dust: less than the minimum asked for, told because it is a direct link to a designated address",
    };
}
