using ChainWatch.Lists;

namespace ChainWatch.Console.Printing.Lists;

/// <summary>A set of lists: what each is, how old, how big, and its checksum.</summary>
internal static class AllLists
{
    public static void Write(Page page, string title, ListSet lists)
    {
        page.Title(title);
        page.Blank();
        ListManifest[] manifests = [.. Manifests(lists).OrderBy(manifest => manifest.Name, StringComparer.Ordinal)];
        TextTable table = new("!list", "!kind", "!version", "!as of", "#rows", "what it is");
        foreach (ListManifest manifest in manifests)
        {
            table.Add(manifest.Name, manifest.Kind.ToString().ToLowerInvariant(), manifest.Version, Words.Day(manifest.AsOf), Words.Number(manifest.Count), manifest.Title);
        }

        page.Write(table);
        page.Heading("SHA-256");
        foreach (ListManifest manifest in manifests)
        {
            page.Line($"{manifest.Sha256} {manifest.Name}/{manifest.File}", 2, Styles.Faint);
        }
    }

    public static IEnumerable<ListManifest> Manifests(ListSet lists) =>
        lists.AddressLists.Select(list => list.Manifest).Concat(lists.StopLists.Select(list => list.Manifest)).Concat(lists.TokenLists.Select(list => list.Manifest)).OfType<ListManifest>();
}
