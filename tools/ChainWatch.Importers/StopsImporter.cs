using System.Globalization;
using ChainWatch.Labels;
using ChainWatch.Lists;

namespace ChainWatch.Importers;

/// <summary>Makes <c>stops</c> and <c>stops-etherscan</c> from labels/service_labels.csv and labels/labels_additional.csv.</summary>
public static class StopsImporter
{
    private const string Scrape = "brianleect/etherscan-labels";

    public static void Import(string dataDirectory, string listsDirectory)
    {
        LabelCollection labels = LabelCollection.Read(dataDirectory);
        Write(listsDirectory, labels, new ListDescription
        {
            Name = "stops",
            Title = "Services, contracts and opaque conduits at which a trace stops",
            Version = "2026-09-29.1",
            AsOf = TokensImporter.AsOf,
            Sources = ["graphsense/graphsense-tagpacks@29ff93c8 (MIT)", "public files, named in each row as far as the collector recorded them", "OFAC SDN list: the contracts formerly listed under TORNADO CASH"],
            HowMade = "One label for each address of a chain; where sources differ, a label collected one by one wins over graphsense's, and the first in its file over later ones. A row whose source file the collector did not record says so: it is kept, since without it a trace would pass through a known service. Token contracts are left out, except WETH (a wrapper) and those that OFAC listed under TORNADO CASH.",
        }, shipped: true);
        Write(listsDirectory, labels, new ListDescription
        {
            Name = "stops-etherscan",
            Title = "Services and contracts whose only known label comes from a scrape of Etherscan",
            Version = "2026-09-29.1",
            AsOf = TokensImporter.AsOf,
            Sources = [$"{Scrape}@923aba72 (MIT), scraped from Etherscan"],
            HowMade = "The addresses that no other source labels. The day of the scrape is not known; the list's date is that on which it was compiled. Not shipped inside the library.",
        }, shipped: false);
    }

    private static void Write(string listsDirectory, LabelCollection labels, ListDescription description, bool shipped)
    {
        IGrouping<Address, LabelCandidate>[] groups = [.. labels.Candidates
            .GroupBy(candidate => candidate.Label.Address)
            .Where(group => group.Any(candidate => candidate.Origin != LabelOrigin.EtherscanScrape) == shipped)];
        int differing = groups.Count(group => group.Select(candidate => candidate.Label.Category).Distinct().Skip(1).Any());
        string counts = string.Create(CultureInfo.InvariantCulture, $" {groups.Sum(group => group.Count())} source rows name {groups.Length} addresses; at {differing} of them sources name different categories.");
        string[] refused = [.. labels.Refused.Where(row => (row.Origin != LabelOrigin.EtherscanScrape) == shipped).Select(row => row.Text)];
        ListFolder.Write(
            Path.Combine(listsDirectory, description.Name),
            description with { HowMade = description.HowMade + counts, Refused = refused },
            [.. groups.Select(Merge)]);
    }

    private static StopLabel Merge(IEnumerable<LabelCandidate> group)
    {
        LabelCandidate[] candidates = [.. group.OrderBy(candidate => candidate.Origin).ThenBy(candidate => candidate.Line)];
        LabelCandidate first = candidates[0];
        string[] sources = [.. candidates.Where(candidate => candidate.Origin == first.Origin).Select(candidate => candidate.Label.Source).Distinct(StringComparer.Ordinal)];
        return first.Label with { Source = string.Join("; ", sources) };
    }
}
