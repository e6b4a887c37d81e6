using ChainWatch.Sources;

namespace ChainWatch.Console.Printing.Trace;

/// <summary>What the answer rests on, and what is missing.</summary>
internal static class CoverageText
{
    public static void Write(Page page, Coverage coverage)
    {
        page.Heading("Coverage");
        foreach (SourceCoverage source in coverage.Sources)
        {
            if (source.Endpoint is EndpointRecord endpoint)
            {
                WriteEndpoint(page, source, endpoint);
                continue;
            }

            string duplicates = source.DuplicateRows > 0 ? $", {Words.Count(source.DuplicateRows, "duplicate row")} counted once" : "";
            page.Line($"{source.Name}: {Words.Count(source.Rows, source.Windows.Count > 0 ? "block" : "row")}{duplicates}{(source.DeclaredComplete ? "; declared complete by whoever asked" : "")}", 2);
            if (source.Sha256 is not null)
            {
                page.Line($"sha256 {source.Sha256}", 5, Styles.Faint);
            }

            WriteNotes(page, source);
        }

        foreach (ChainCoverage chain in coverage.Chains)
        {
            string times = chain.FirstTime is null ? "" : $" ({Words.Time(chain.FirstTime)} to {Words.Time(chain.LastTime)} UTC)";
            page.Line($"{chain.Chain}: blocks {chain.FirstBlock} to {chain.LastBlock}{times}", 2);
            page.Line($"{Words.Count(chain.Movements, "movement")}, {Words.Count(chain.Addresses, "address", "addresses")}; {string.Join(", ", chain.Kinds)}", 5);
            if (chain.BlocksWithoutOrder > 0)
            {
                page.Line($"in {Words.Count(chain.BlocksWithoutOrder, "block")} the order of transactions is not known: order assumed there", 5);
            }
        }

        foreach (CoverageGap gap in coverage.Gaps)
        {
            page.Line($"gap: {gap.Detail}{(gap.Count > 1 ? $" ({Words.Number(gap.Count)})" : "")}", 2, Styles.Open);
        }

        page.Line(
            coverage.Chains.Count == 0
                ? "the data hold no transfer: nothing can be told from them"
                : coverage.IsComplete
                ? "nothing is known to be missing: the numbers of hops are exact on these data"
                : "incomplete: the numbers of hops are \"at most\"; more data can only lower them",
            2,
            Styles.Strong);
    }
    private static void WriteEndpoint(Page page, SourceCoverage source, EndpointRecord endpoint)
    {
        bool byAddress = endpoint.AddressesAsked > 0;
        page.Line($"{source.Name} ({endpoint.ClientVersion ?? source.Kind}), asked {Words.Time(endpoint.AskedAt)} UTC: {Words.Count(source.Rows, byAddress ? "transfer" : "block")}", 2);
        page.Line($"newest block {endpoint.HeadHeight} {endpoint.HeadHash}", 5, Styles.Faint);
        page.Line(byAddress ? $"it was asked about {Words.Count(endpoint.AddressesAsked, "single address", "single addresses")}, and knows them now" : "it was not asked about any single address", 5);
        page.Line($"answers {string.Join(", ", endpoint.Capabilities)}", 5, Styles.Faint);
        WriteNotes(page, source);
    }

    private static void WriteNotes(Page page, SourceCoverage source)
    {
        foreach (string note in source.Notes)
        {
            page.Line(note, 5);
        }

        if (source.Counts.Count > 0)
        {
            page.Line($"counted: {string.Join(", ", source.Counts)}", 5);
        }
    }
}
