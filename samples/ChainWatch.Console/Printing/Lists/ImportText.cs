using ChainWatch.Lists;
using ChainWatch.Lists.Ofac;

namespace ChainWatch.Console.Printing.Lists;

/// <summary>What an import of a publication made, and what could not be read of it.</summary>
internal static class ImportText
{
    private const int RowsMax = 50;

    public static void Write(Page page, OfacImportResult result, OfacPublication publication, ListManifest manifest, AddressList? before)
    {
        page.Title($"List {manifest.Name}, version {manifest.Version}: {Words.Count(manifest.Count, "row")}");
        page.Line($"publication of {Words.Day(publication.Date)} ({publication.Format}): {Words.Count(publication.PartyCount, "party", "parties")}, {Words.Count(publication.Addresses.Count, "address", "addresses")}", 2);
        page.Line(before is null ? "no version before: history starts here" : $"over version {before.Manifest?.Version} of {Words.Day(before.AsOf)}", 2);
        page.Line($"sha256 {manifest.Sha256}", 2, Styles.Faint);
        if (before is not null)
        {
            WriteEntries(page, "came on", result.CameOn);
            WriteEntries(page, "went off", result.WentOff);
        }

        WriteEntries(page, "not seen, and kept because the text is cut there", result.Unconfirmed);
        if (result.Problems.Count > 0)
        {
            page.Heading($"{Words.Count(result.Problems.Count, "problem")}: told on stderr, and under \"refused\" in the list's manifest");
        }
    }

    private static void WriteEntries(Page page, string what, IReadOnlyList<Designation> entries)
    {
        page.Heading($"{Words.Count(entries.Count, "address", "addresses")} {what}");
        foreach (Designation entry in entries.Take(RowsMax))
        {
            page.Line($"{entry.Address} {entry.Address.Chain} {entry.Entity}", 2);
        }

        More(page, entries.Count - RowsMax);
    }

    private static void More(Page page, int count)
    {
        if (count > 0)
        {
            page.Line($"and {Words.Number(count)} more: 'chainwatch lists diff' and the list's manifest name them", 2, Styles.Faint);
        }
    }
}
