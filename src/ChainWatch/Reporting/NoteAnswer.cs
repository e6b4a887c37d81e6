using ChainWatch.Tracing;
using static ChainWatch.Reporting.MarkdownText;

namespace ChainWatch.Reporting;

/// <summary>The answer: for every watched wallet and list, or the rings around every list.</summary>
internal static class NoteAnswer
{
    // Above this a ring's addresses are not ranked by what came in: reading all their inflows would take longer than the trace.
    private const int RankedMax = 1_000;
    private const int NamedMax = 3;

    public static void Write(INoteText text, TraceResult result, NoteWords words)
    {
        if (result.Request.To.Count > 0)
        {
            WriteFindings(text, result, words);
        }
        else
        {
            WriteRings(text, result, words);
        }
    }

    private static void WriteFindings(INoteText text, TraceResult result, NoteWords words)
    {
        Finding[] findings = [.. FindingOrder.Of(result)];
        text.Table(["Wallet", "List", "Direction", "Answer"], findings.Select(f => new[]
        {
            Code(f.Wallet.ToString()), Quote(f.List), ReportWords.Of(f.Direction), $"**{VerdictOf(f, words)}**",
        }));
        foreach (Finding finding in findings.Where(f => f.Verdict != Verdict.Exposed))
        {
            string path = finding.Direction == Direction.Received ? $"from {Quote(finding.List)} to {Code(finding.Wallet.ToString())}" : $"from {Code(finding.Wallet.ToString())} to {Quote(finding.List)}";
            string within = $"within {ReportWords.Count(result.Request.MaxHops, "hop", "hops")}";
            if (finding.Verdict == Verdict.NoneFound)
            {
                text.Paragraph($"No path {path} {within} was found in the data covered, not even through opaque stops. That is no statement about data outside the coverage below.");
            }
            else
            {
                text.Paragraph($"No path {path} {within} was found, and the answer is incomplete:");
                text.Bullets([.. finding.Reasons.Select(Quote)]);
            }
        }

        foreach (Finding finding in findings.Where(f => f.Screening is not null).DistinctBy(f => f.Wallet))
        {
            text.Paragraph($"The wallet {Code(finding.Wallet.ToString())} itself: {Quote(finding.Screening!.Statement)}.");
            text.Bullets([.. finding.Screening.Matches.Select(m => $"{Quote(m.Entry.List)}: {NoteWords.EntryOf(m.Entry, m.Status)}")]);
        }
    }

    public static string VerdictOf(Finding finding, NoteWords words) => finding.Verdict switch
    {
        Verdict.Exposed => $"Exposed: {words.Hops(finding.Hops ?? 0)}",
        Verdict.NoneFound => "None found",
        _ => finding.Lead is null ? "Incomplete" : "Incomplete: a lead through opaque stops",
    };

    private static void WriteRings(INoteText text, TraceResult result, NoteWords words)
    {
        foreach (TracedList list in result.Lists)
        {
            foreach (Direction direction in new[] { Direction.Received, Direction.Sent }.Where(d => result.Request.Direction.HasFlag(d)))
            {
                Exposure[] reached = [.. result.Exposures.Where(e => e.List == list.Name && e.Direction == direction)];
                int beyondSeeds = reached.Count(e => !e.IsSeed);
                string atMost = result.Coverage.IsComplete ? "" : " Hops are upper bounds (\"at most\"): the coverage is incomplete, and more data can only lower them.";
                text.Paragraph($"**{Quote(list.Name)}**, {ReportWords.Of(direction)}: {ReportWords.Count(beyondSeeds, "address", "addresses")} within {ReportWords.Count(result.Request.MaxHops, "hop", "hops")}, besides {ReportWords.Count(list.SeedsInData, "seed", "seeds")} that the data hold ({ReportWords.Count(list.SeedCount, "seed", "seeds")} on the list).{atMost}");
                text.Table([result.Coverage.IsComplete ? "Hops" : "Hops (at most)", "Addresses", "Why the trace ends there", "Largest by the list's funds, at most"], reached
                    .GroupBy(e => e.Hops)
                    .OrderBy(ring => ring.Key)
                    .Select(ring => new[] { ReportWords.Plain(ring.Key), ReportWords.Number(ring.Count()), StopsOf(ring), LargestOf([.. ring], words) }));
            }
        }
    }

    private static string StopsOf(IEnumerable<Exposure> ring) => string.Join(", ", ring
        .Where(e => e.StopReason.Length > 0)
        .GroupBy(e => e.StopReason, StringComparer.Ordinal)
        .OrderBy(g => g.Key, StringComparer.Ordinal)
        .Select(g => $"{g.Key} {ReportWords.Number(g.Count())}"));

    private static string LargestOf(Exposure[] ring, NoteWords words)
    {
        if (ring[0].IsSeed)
        {
            return "";
        }

        if (ring.Length > RankedMax)
        {
            return $"not ranked: more than {ReportWords.Number(RankedMax)} addresses";
        }

        // Amounts of one asset alone can be ranked: each chain's own coin.
        return string.Join(", ", ring
            .SelectMany(e => e.PoisonUpperBound.Where(t => t.Asset.IsNative).Select(t => (e.Address, Total: t)))
            .GroupBy(x => x.Total.Asset)
            .OrderBy(g => g.Key)
            .SelectMany(g => g.OrderByDescending(x => x.Total.Units).ThenBy(x => x.Address).Take(NamedMax))
            .Select(x => $"{words.AddressOf(x.Address)} {Quote(words.Symbols.Display(x.Total.Asset, x.Total.Units))}"));
    }
}
