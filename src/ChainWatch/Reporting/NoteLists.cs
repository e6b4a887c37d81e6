using ChainWatch.Lists;
using ChainWatch.Tracing;
using static ChainWatch.Reporting.MarkdownText;

namespace ChainWatch.Reporting;

/// <summary>The lists, with everything that tells one version from another.</summary>
internal static class NoteLists
{
    private const int AuthoritiesMax = 5;

    public static void Write(INoteText text, TraceResult result)
    {
        text.Table(["List", "Use", "Version", "As of", "Rows", "SHA-256", "Who says so"], Rows(result));
        text.Bullets([.. result.Lists.Select(l => $"{Quote(l.Name)}: {ReportWords.Count(l.SeedCount, "seed", "seeds")}, of which {ReportWords.Number(l.SeedsInData)} in the data.")]);
    }

    private static IEnumerable<string[]> Rows(TraceResult result)
    {
        foreach (TracedList list in result.Lists)
        {
            yield return Row(list.Name, "seeds", list.List.Manifest, list.List.AsOf, list.List.Manifest?.Count ?? list.List.Entries.Count, AuthoritiesOf(list.List));
        }

        foreach (Labels.StopList list in result.Request.Stops.Lists)
        {
            yield return Row(list.Name, "stops", list.Manifest, list.Manifest?.AsOf ?? default, list.Labels.Count, "the source of each label");
        }

        yield return Row(result.Request.Tokens.Name, "tokens", result.Request.Tokens.Manifest, result.Request.Tokens.Manifest?.AsOf ?? default, result.Request.Tokens.Tokens.Count, "the source of each token");
        foreach (AddressList list in result.Request.Lists?.AddressLists ?? [])
        {
            yield return Row(list.Name, "screening", list.Manifest, list.AsOf, list.Entries.Count, AuthoritiesOf(list));
        }
    }

    private static string[] Row(string name, string use, ListManifest? manifest, DateOnly asOf, int rows, string authorities) =>
    [
        Quote(name),
        use,
        Quote(manifest?.Version ?? ""),
        ReportWords.Known(asOf) is DateOnly day ? ReportWords.Date(day) : "",
        ReportWords.Number(rows),
        manifest is null ? "" : Code(manifest.Sha256),
        authorities,
    ];

    private static string AuthoritiesOf(AddressList list)
    {
        string[] names = [.. list.Entries.Select(e => e.Authority.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        string more = names.Length > AuthoritiesMax ? $" and {ReportWords.Count(names.Length - AuthoritiesMax, "other", "others")}" : "";
        return Quote(string.Join(", ", names.Take(AuthoritiesMax))) + more;
    }
}
