using ChainWatch.Sources;
using static ChainWatch.Reporting.MarkdownText;

namespace ChainWatch.Reporting;

/// <summary>What the answer rests on, and what is missing.</summary>
internal static class NoteCoverage
{
    public static void Write(INoteText text, Coverage coverage)
    {
        text.Paragraph(coverage.IsComplete
            ? "Complete, as far as the sources can tell: nothing is known to be missing."
            : "**Incomplete.** What was found stands; numbers of hops are upper bounds (\"at most\"), and what was not found may be missing from the data:");
        text.Bullets([.. coverage.Gaps.Select(g => $"{Quote(g.Detail)} ({ReportWords.Of(g.Kind)}{(g.Count > 1 ? $", {ReportWords.Number(g.Count)}" : "")})")]);
        if (coverage.Sources.Count > 0)
        {
            text.Table(["Source", "Kind", "Rows", "Duplicates", "Declared complete", "SHA-256"], coverage.Sources.Select(s => new[]
            {
                Code(s.Name), Quote(s.Kind), ReportWords.Number(s.Rows), ReportWords.Number(s.DuplicateRows), s.DeclaredComplete ? "yes" : "no", s.Sha256 is null ? "" : Code(s.Sha256),
            }));
            text.Bullets([.. coverage.Sources.Where(s => s.Endpoint is not null).Select(s => EndpointOf(s, s.Endpoint!))]);
            text.Bullets([.. coverage.Sources.SelectMany(s => s.Notes.Append(s.Counts.Count > 0 ? $"counted: {string.Join(", ", s.Counts)}" : null).OfType<string>().Select(n => $"{Code(s.Name)}: {Quote(n)}"))]);
        }

        if (coverage.Chains.Count > 0)
        {
            text.Table(["Chain", "Blocks", "From", "To", "Movements", "Addresses", "Kinds", "Blocks without order"], coverage.Chains.Select(c => new[]
            {
                c.Chain.Name,
                $"{ReportWords.Plain(c.FirstBlock)} to {ReportWords.Plain(c.LastBlock)}",
                c.FirstTime is DateTimeOffset first ? ReportWords.Time(first) : "",
                c.LastTime is DateTimeOffset last ? ReportWords.Time(last) : "",
                ReportWords.Number(c.Movements),
                ReportWords.Number(c.Addresses),
                Quote(string.Join(", ", c.Kinds)),
                ReportWords.Number(c.BlocksWithoutOrder),
            }));
            text.Bullets([.. coverage.Chains.Select(c => $"{c.Chain.Name}: SHA-256 of the transfers in canonical order {Code(c.ContentSha256)}")]);
        }
    }

    private static string EndpointOf(SourceCoverage source, EndpointRecord endpoint)
    {
        string asked = endpoint.AddressesAsked == 0 ? "not asked about any single address" : $"asked about {ReportWords.Count(endpoint.AddressesAsked, "single address", "single addresses")}, which it knows now";
        return $"{Code(source.Name)} ({Quote(endpoint.ClientVersion ?? "client not told")}), asked on {ReportWords.Time(endpoint.AskedAt)}, newest block {ReportWords.Plain(endpoint.HeadHeight)} {Code(endpoint.HeadHash)}; {asked}{(endpoint.Capabilities.Count > 0 ? "; answers " + Quote(string.Join(", ", endpoint.Capabilities)) : "")}";
    }
}
