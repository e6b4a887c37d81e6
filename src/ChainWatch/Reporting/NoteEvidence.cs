using ChainWatch.Labels;
using ChainWatch.Tracing;
using static ChainWatch.Reporting.MarkdownText;

namespace ChainWatch.Reporting;

/// <summary>The witness paths, step by step.</summary>
internal static class NoteEvidence
{
    public static void Write(INoteText text, TraceResult result, NoteWords words, int pathsMax)
    {
        // Without watched wallets every seed in the data is a row; they are counted in the answer.
        Exposure[] onList = result.Request.To.Count > 0 ? [.. result.Exposures.Where(e => e.IsSeed).DistinctBy(e => (e.List, e.Address))] : [];
        foreach (Exposure seed in onList)
        {
            text.Heading(3, $"{Code(seed.Address.ToString())}: on the list {Quote(seed.List)} itself");
            text.Paragraph(NoteWords.EntryOf(seed.SeedEntry, seed.SeedEntry.StatusOn(DayOf(result, seed))));
        }

        bool any = onList.Length > 0;
        foreach (var part in result.Exposures.Where(e => !e.IsSeed).GroupBy(e => (e.List, e.Direction)))
        {
            any = true;
            Exposure[] all = [.. part];
            Exposure[] shown = result.Request.To.Count > 0 || all.Length <= pathsMax ? all : Notable(all, pathsMax);
            if (shown.Length < all.Length)
            {
                text.Paragraph($"{Quote(part.Key.List)}, {ReportWords.Of(part.Key.Direction)}: {ReportWords.Number(shown.Length)} of {ReportWords.Count(all.Length, "path is", "paths are")} shown, those to labelled services first, then some of every ring; the other {ReportWords.Number(all.Length - shown.Length)} stand in the JSON report, their ends in the CSV.");
            }

            foreach (Exposure exposure in shown)
            {
                WritePath(text, result, exposure, words);
            }
        }

        if (!any)
        {
            text.Paragraph("There is no path to show.");
        }
    }

    // Who can be asked comes first, then what is labelled otherwise, then each ring in turn; shown in canonical order.
    private static Exposure[] Notable(Exposure[] all, int pathsMax)
    {
        HashSet<Exposure> chosen = [.. all
            .GroupBy(e => e.Hops)
            .SelectMany(ring => ring.Select((exposure, place) => (Exposure: exposure, Place: place)))
            .OrderBy(e => e.Exposure.Label?.Kind switch { StopKind.Service => 0, null => 2, _ => 1 })
            .ThenBy(e => e.Place)
            .ThenBy(e => e.Exposure.Hops)
            .Take(pathsMax)
            .Select(e => e.Exposure)];
        return [.. all.Where(chosen.Contains)];
    }

    private static void WritePath(INoteText text, TraceResult result, Exposure exposure, NoteWords words)
    {
        text.Heading(3, $"{Code(exposure.Address.ToString())}: {NoteWords.DirectionOf(exposure.Direction, exposure.List)}, {words.Hops(exposure.Hops)}");
        text.Paragraph(StatementOf(result, exposure));
        text.Steps(exposure.Path.Select((step, i) => words.Step(step, i == 0)));
        text.Bullets([.. Remarks(exposure, words)]);
        if (exposure.ByCoin is CoinExposure coin && !SamePath(coin.Path, exposure.Path))
        {
            text.Paragraph($"By coin, {words.Hops(coin.Hops)}, from {Code(coin.Seed.ToString())}:");
            text.Steps(coin.Path.Select((step, i) => words.Step(step, i == 0)));
        }
    }

    /// <summary>The address of the list at the other end, who says what of it, and whether it was listed when the money moved.</summary>
    public static string StatementOf(TraceResult result, Exposure exposure)
    {
        string listed = exposure.SeedListing switch
        {
            ListingMoment.Before => " The money moved before the address came on the list.",
            ListingMoment.Inside => " The address was on the list when the money moved.",
            ListingMoment.After => " The money moved after the address went off the list.",
            ListingMoment.Unknown => " Whether the address was on the list when the money moved is not known.",
            _ => "",
        };
        string end = exposure.Direction == Direction.Received ? "From" : "To";
        return $"{end} {Code(exposure.Seed.ToString())}. {NoteWords.EntryOf(exposure.SeedEntry, exposure.SeedEntry.StatusOn(DayOf(result, exposure)))}{listed}";
    }

    private static bool SamePath(IReadOnlyList<PathStep> coins, IReadOnlyList<PathStep> path) =>
        coins.Select(s => (s.From, s.To, s.Position, s.Tx)).SequenceEqual(path.Select(s => (s.From, s.To, s.Position, s.Tx)));

    private static string ByCoin(Exposure exposure) => exposure.ByCoin switch
    {
        CoinExposure coin when SamePath(coin.Path, exposure.Path) => "Holds by address and by coin: each transaction of the path spends the very output that the one before made.",
        CoinExposure coin => $"Holds by address, and by coin in {ReportWords.Count(coin.Hops, "hop", "hops")}: outputs that descend from the list's reach the address.",
        null => "Holds by address alone: addresses on the path had received such funds and paid later, from other outputs than those that descend from the list's. By coin, nothing reaches the address within the hops asked for.",
    };

    private static string Peel(PeelChain chain) =>
        $"Steps {ReportWords.Plain(chain.FirstStep + 1)} to {ReportWords.Plain(chain.FirstStep + chain.Length)} look like a peel chain of {ReportWords.Plain(chain.Length)}: one coin is spent again and again, and its larger rest goes on. A heuristic; the hops are counted all the same.";

    private static DateOnly DayOf(TraceResult result, Exposure exposure) =>
        result.Request.AsOf ?? result.Lists.First(l => l.Name == exposure.List).List.AsOf;

    /// <summary>What can be said of an exposure that is no seed: order, coins, amounts, and why the trace stops.</summary>
    public static IEnumerable<string> Remarks(Exposure exposure, NoteWords words)
    {
        string between = exposure.Intermediaries == 0 ? "direct" : $"{ReportWords.Count(exposure.Intermediaries, "address", "addresses")} in between";
        yield return $"{ReportWords.Count(exposure.Transactions, "transaction", "transactions")}, {between}. Order: {OrderOf(exposure)}.";
        if (exposure.AreCoinsKnown && !exposure.IsDust)
        {
            yield return ByCoin(exposure);
        }

        foreach (PeelChain chain in exposure.PeelChains)
        {
            yield return Peel(chain);
        }

        // The witness prefers proven order, so that another path of as many hops may have arrived earlier.
        PathStep own = exposure.Direction == Direction.Received ? exposure.Path[^1] : exposure.Path[0];
        if (exposure.Arrival is Arrival arrival && (arrival.Position, arrival.Tx) != (own.Position, own.Tx))
        {
            string what = exposure.Direction == Direction.Received ? "Earliest arrival" : "Latest departure";
            string time = arrival.Time is DateTimeOffset t ? $", {ReportWords.Time(t)}" : "";
            yield return $"{what} among all paths of that number of hops, whatever their order: block {ReportWords.Plain(arrival.Position.Block)}{time}.";
        }

        if (exposure.Path.Count > 1 && exposure.Bottleneck is PathStep bottleneck)
        {
            yield return $"Smallest transfer of the path: {Quote(words.Symbols.Display(bottleneck.Asset, bottleneck.Value))}.";
        }

        string inflows = exposure.Direction == Direction.Received ? "came in" : "went out";
        yield return $"Poison upper bound: {words.Totals(exposure.PoisonUpperBound)}, the sum of {ReportWords.Count(exposure.Inflows.Count, "transfer", "transfers")} over which funds {inflows} within the hops asked for, each counted in full; the list's share can only be smaller.";
        if (exposure.IsDust)
        {
            yield return "The transfer is below the minimum asked for; a direct transfer with a designated address is reported at any amount.";
        }

        if (exposure.StopReason.Length > 0)
        {
            string crossing = exposure.DegreeCrossing is ChainPosition position ? $"; the degree limit was crossed at block {ReportWords.Plain(position.Block)}" : "";
            yield return $"The trace stops here: {exposure.StopReason}{(exposure.Label is StopLabel label ? $" ({NoteWords.LabelOf(label)})" : "")}{crossing}.";
        }
    }

    private static string OrderOf(Exposure exposure) => exposure.Order switch
    {
        PathOrder.Proven => exposure.Path.Count == 1 ? "proven" : "proven, every transfer stands at a later position than the one before",
        PathOrder.SameTransaction => "some transfers are of one transaction, which is atomic and claims no inner order",
        _ => "assumed, some transfers are of one block whose order the source does not tell",
    };
}
