using ChainWatch.Labels;
using ChainWatch.Lists;

namespace ChainWatch.Console.Printing.Lists;

/// <summary>One list: its manifest, and whom or what it names how often.</summary>
internal static class OneList
{
    private const int RowsMax = 40;

    public static void Write(Page page, ListSet lists, string name)
    {
        ListManifest manifest = AllLists.Manifests(lists).FirstOrDefault(m => m.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? lists[name].Manifest!;
        page.Title($"{manifest.Name}: {manifest.Title}");
        page.Line($"version {manifest.Version}, as of {Words.Day(manifest.AsOf)}, {Words.Count(manifest.Count, "row")}", 2);
        page.Line($"sha256 {manifest.Sha256}", 2, Styles.Faint);
        foreach (string source in manifest.Sources)
        {
            page.Line($"source: {source}", 2);
        }

        page.Line($"made: {manifest.HowMade}", 2);
        foreach (string refused in manifest.Refused)
        {
            page.Line($"left out: {refused}", 2, Styles.Open);
        }

        if (lists.AddressLists.FirstOrDefault(list => list.Name == manifest.Name) is AddressList addresses)
        {
            WriteEntries(page, addresses);
        }
        else if (lists.StopLists.FirstOrDefault(list => list.Name == manifest.Name) is StopList stops)
        {
            WriteCounts(page, "By category", stops.Labels.Select(label => $"{label.Kind.ToString().ToLowerInvariant()}:{StopCategories.NameOf(label.Category)}"));
            WriteCounts(page, "By chain", stops.Labels.Select(label => label.Address.Chain.Name));
        }
        else
        {
            WriteCounts(page, "By chain", lists.TokenLists.First(list => list.Name == manifest.Name).Tokens.Select(token => token.Contract.Chain.Name));
        }
    }

    /// <summary>The entries counted by what can be asked for with <c>list:NAME/…</c>, and by chain.</summary>
    public static void WriteEntries(Page page, AddressList list)
    {
        int inForce = list.Entries.Where(entry => entry.InForceOn(list.AsOf) != Trilean.No).Select(entry => entry.Address).Distinct().Count();
        int seeds = list.Entries.Where(entry => entry.MaySeed && entry.InForceOn(list.AsOf) != Trilean.No).Select(entry => entry.Address).Distinct().Count();
        page.Line($"{Words.Count(inForce, "address", "addresses")} in force on {Words.Day(list.AsOf)}; {Words.Number(seeds)} of them {(seeds == 1 ? "starts" : "start")} a trace", 2, Styles.Strong);
        WriteCounts(page, "By authority", list.Entries.Select(entry => entry.Authority.Name));
        WriteCounts(page, "By incident", list.Entries.OfType<Attribution>().Select(entry => entry.Incident));
        WriteCounts(page, "By entity", list.Entries.Select(entry => entry.Entity));
        WriteCounts(page, "By role", list.Entries.Select(entry => RoleWords.Of(entry.Role)));
        WriteCounts(page, "By chain", list.Entries.Select(entry => entry.Address.Chain.Name));
    }

    /// <summary>The versions that are kept beside the list, the oldest first: each is a folder for <c>--lists</c>.</summary>
    public static void WriteKept(Page page, ListVersions versions)
    {
        if (versions.Kept.Count == 0)
        {
            return;
        }

        page.Heading("Versions kept");
        TextTable table = new("!version", "!as of", "#rows", "!folder");
        foreach (ListManifest manifest in versions.Kept)
        {
            table.Add(manifest.Version, Words.Day(manifest.AsOf), Words.Number(manifest.Count), versions.FolderOf(manifest.Version));
        }

        page.Write(table);
    }

    private static void WriteCounts(Page page, string heading, IEnumerable<string> names)
    {
        (string Name, int Count)[] counts = [.. names.Where(name => name.Length > 0)
            .GroupBy(name => name).Select(group => (group.Key, group.Count()))
            .OrderByDescending(c => c.Item2).ThenBy(c => c.Key, StringComparer.Ordinal)];
        if (counts.Length == 0)
        {
            return;
        }

        page.Heading(heading);
        TextTable table = new("#entries", "name") { HasHeader = false };
        foreach ((string name, int count) in counts.Take(RowsMax))
        {
            table.Add(Words.Number(count), name);
        }

        page.Write(table);
        if (counts.Length > RowsMax)
        {
            page.Line($"and {Words.Number(counts.Length - RowsMax)} more", 2, Styles.Faint);
        }
    }
}
