using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>The answer for one list and direction where no wallet is watched: how many addresses, in rings, with stops and one path.</summary>
internal sealed class ListAnswer(Page page, TraceResult result, TracedList list, Direction direction, KnownNames names, PathText paths)
{
    public void Write()
    {
        Exposure[] reached = [.. result.Exposures.Where(e => e.List == list.Name && e.Direction == direction)];
        Exposure[] beyond = [.. reached.Where(e => !e.IsSeed)];
        page.Heading(direction == Direction.Received ? $"Funds from {list.Name}" : $"Funds that reached {list.Name}");
        page.Line(Answer(beyond), 2, beyond.Length > 0 ? Styles.Found : result.IsComplete ? Styles.Strong : Styles.Open);
        page.Line($"from {Words.Count(list.SeedCount, "seed address", "seed addresses")}, of which the data hold {Words.Number(list.SeedsInData)}", 2);
        int behind = result.BeyondOpaque.Where(b => b.List == list.Name && b.Direction == direction).Sum(b => b.Addresses);
        if (behind > 0)
        {
            page.Line($"{Words.Count(behind, "further address lies", "further addresses lie")} within {Words.Count(result.Request.MaxHops, "hop")} only if opaque stops are traced through: a lead, never a path (watch them with --to for the amounts)", 2, Styles.Open);
        }

        if (beyond.Length > 0)
        {
            RingsTable.Write(page, reached, names, result);
            page.Line(WhereItEnds(beyond), 2);
            StopsTable.Write(page, beyond, result.Request.Stops, direction == Direction.Received ? "arrival" : "last departure");
            WriteFarthest(beyond);
        }
    }

    private string Answer(Exposure[] beyond)
    {
        string within = $"within {Words.Count(result.Request.MaxHops, "hop")}";
        return beyond.Length > 0
            ? $"{Words.Count(beyond.Length, "address", "addresses")} {(direction == Direction.Received ? "reached" : "paid into it")} {within}"
            : result.IsComplete
                ? $"no address {(direction == Direction.Received ? "reached" : "paid into it")} {within}, in the data covered"
                : $"no address {(direction == Direction.Received ? "reached" : "paid into it")} {within} in the data at hand, which are incomplete";
    }

    private static string WhereItEnds(Exposure[] beyond)
    {
        (Func<Exposure, bool> Is, string One, string Many)[] ends =
        [
            (e => e.StopReason.Length == 0, "passes the funds on", "pass the funds on"),
            (e => e.StopReason == "no-onward-transfer", "has no onward transfer in the data", "have no onward transfer in the data"),
            (e => e.StopReason == "hop-limit", "is at the hop limit", "are at the hop limit"),
            (RingsTable.IsStop, "is a stop", "are stops"),
        ];
        if (beyond is [Exposure only])
        {
            return $"it {ends.First(end => end.Is(only)).One}";
        }

        IEnumerable<string> parts = ends.Select(end => (end, Count: beyond.Count(end.Is))).Where(end => end.Count > 0).Select(end => Words.Count(end.Count, end.end.One, end.end.Many));
        return $"of the {Words.Number(beyond.Length)}: {string.Join(", ", parts)}";
    }

    private void WriteFarthest(Exposure[] beyond)
    {
        Exposure farthest = beyond.OrderByDescending(e => e.Hops).ThenBy(e => e.Address).First();
        page.Heading($"A witness path: one of the farthest ({Words.Count(farthest.Hops, "hop")}), the smallest address of that ring");
        paths.Write(farthest.Path, farthest.PeelChains);
        paths.WriteByCoin(farthest);
        paths.WriteMeasures(farthest);
        page.Line("every address: --format csv; every path: --format json; one wallet's path: --to ADDRESS", 2, Styles.Faint);
    }
}
