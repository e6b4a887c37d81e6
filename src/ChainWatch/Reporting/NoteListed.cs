using ChainWatch.Lists;
using ChainWatch.Tracing;
using static ChainWatch.Reporting.MarkdownText;

namespace ChainWatch.Reporting;

/// <summary>What the lists at hand say of the addresses reached, and of starting points that the user gave without a document.</summary>
internal static class NoteListed
{
    private const int AddressesMax = 10;

    public static void Write(INoteText text, TraceResult result)
    {
        if (result.Request.Lists is not ListSet lists)
        {
            return;
        }

        // A statement that holds for many addresses is made once.
        var statements = Asked(result)
            .DistinctBy(e => e.Address)
            .SelectMany(e => lists.Screen(e.Address, result.Request.AsOf).Matches.Select(m => (e.Address, e.Hops, Statement: $"{Quote(m.Entry.List)}: {NoteWords.EntryOf(m.Entry, m.Status)}")))
            .GroupBy(x => x.Statement, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal)
            .ToArray();
        if (statements.Length == 0)
        {
            return;
        }

        text.Paragraph($"What lists say of these addresses: {ReportWords.Count(statements.Length, "statement", "statements")}{NoteWords.FirstOf(statements.Length)}.");
        text.Bullets([.. statements.Take(NoteWords.RowsMax).Select(statement =>
        {
            var addresses = statement.Distinct().ToArray();
            string rings = NoteWords.Sentence([.. addresses.GroupBy(a => a.Hops).OrderBy(g => g.Key).Select(g => $"{ReportWords.Number(g.Count())} at hop {ReportWords.Plain(g.Key)}")], "and");
            string names = string.Join(", ", addresses.Take(AddressesMax).Select(a => Code(a.Address.ToString())));
            string more = addresses.Length > AddressesMax ? $", and {ReportWords.Number(addresses.Length - AddressesMax)} more in the JSON report" : "";
            return $"{statement.Key} {ReportWords.Count(addresses.Length, "address", "addresses")} ({rings}): {names}{more}.";
        })]);
    }

    // Watched wallets have their own screening, and seeds of a list their entry.
    private static IEnumerable<(Address Address, int Hops)> Asked(TraceResult result)
    {
        foreach (Exposure exposure in result.Exposures)
        {
            if (exposure.SeedEntry.Authority.Kind == AuthorityKind.User)
            {
                yield return (exposure.Seed, 0);
            }

            if (!exposure.IsSeed && result.Request.To.Count == 0)
            {
                yield return (exposure.Address, exposure.Hops);
            }
        }
    }
}
