using ChainWatch.Labels;
using ChainWatch.Lists;

namespace ChainWatch.Console.Printing.Lists;

/// <summary>How two versions of lists differ, entry by entry.</summary>
internal static class DiffText
{
    public static void Write(Page page, ListSet before, ListSet after)
    {
        ILookup<string, ListManifest> olds = AllLists.Manifests(before).ToLookup(manifest => manifest.Name, StringComparer.Ordinal);
        ILookup<string, ListManifest> news = AllLists.Manifests(after).ToLookup(manifest => manifest.Name, StringComparer.Ordinal);
        bool isFirst = true;
        foreach (string name in olds.Select(g => g.Key).Union(news.Select(g => g.Key)).Order(StringComparer.Ordinal))
        {
            if (!isFirst)
            {
                page.Blank();
            }

            isFirst = false;
            page.Title($"{name}: {Version(olds[name])} -> {Version(news[name])}");
            if (olds.Contains(name) && news.Contains(name))
            {
                WriteOne(page, name, before, after);
            }
        }
    }

    private static string Version(IEnumerable<ListManifest> manifest) =>
        manifest.FirstOrDefault() is ListManifest m ? $"{m.Version} ({Words.Count(m.Count, "row")})" : "no such list";

    private static void WriteOne(Page page, string name, ListSet before, ListSet after)
    {
        if (before.AddressLists.FirstOrDefault(l => l.Name == name) is AddressList oldAddresses && after.AddressLists.FirstOrDefault(l => l.Name == name) is AddressList newAddresses)
        {
            Write(page, ListDiff.Between(oldAddresses, newAddresses), newAddresses.AsOf, oldAddresses.AsOf);
        }
        else if (before.StopLists.FirstOrDefault(l => l.Name == name) is StopList oldStops && after.StopLists.FirstOrDefault(l => l.Name == name) is StopList newStops)
        {
            Write(page, oldStops.Labels.ToDictionary(l => l.Address, KnownNames.Of), newStops.Labels.ToDictionary(l => l.Address, KnownNames.Of));
        }
        else if (before.TokenLists.FirstOrDefault(l => l.Name == name) is TokenList oldTokens && after.TokenLists.FirstOrDefault(l => l.Name == name) is TokenList newTokens)
        {
            Write(page, oldTokens.Tokens.ToDictionary(t => t.Contract, Text), newTokens.Tokens.ToDictionary(t => t.Contract, Text));
        }
        else
        {
            page.Line("the two versions are lists of different kinds", 2);
        }
    }

    private static void Write(Page page, ListDiff diff, DateOnly day, DateOnly dayBefore)
    {
        Counts(page, diff.Added.Count, diff.Removed.Count, diff.Changed.Count);
        foreach (ListEntry entry in diff.Added)
        {
            page.Line($"+ {Text(entry, day)}", 2);
        }

        foreach (ListEntry entry in diff.Removed)
        {
            page.Line($"- {Text(entry, dayBefore)}", 2);
        }

        foreach (ListChange change in diff.Changed)
        {
            string what = change.WentOff ? $"went off {((Designation)change.After).WentOff}" : string.Join(", ", change.Fields);
            page.Line($"~ {Text(change.After, day)}: {what}", 2);
        }
    }

    private static void Write(Page page, Dictionary<Address, string> before, Dictionary<Address, string> after)
    {
        Address[] added = [.. after.Keys.Where(a => !before.ContainsKey(a)).Order()];
        Address[] removed = [.. before.Keys.Where(a => !after.ContainsKey(a)).Order()];
        Address[] changed = [.. after.Keys.Where(a => before.TryGetValue(a, out string? old) && old != after[a]).Order()];
        Counts(page, added.Length, removed.Length, changed.Length);
        foreach (Address address in added)
        {
            page.Line($"+ {address} {address.Chain} {after[address]}", 2);
        }

        foreach (Address address in removed)
        {
            page.Line($"- {address} {address.Chain} {before[address]}", 2);
        }

        foreach (Address address in changed)
        {
            page.Line($"~ {address} {address.Chain} {before[address]} -> {after[address]}", 2);
        }
    }

    private static void Counts(Page page, int added, int removed, int changed) => page.Line(
        added + removed + changed == 0 ? "nothing differs" : $"{Words.Number(added)} added, {Words.Number(removed)} removed, {Words.Number(changed)} changed", 2, Styles.Strong);

    /// <summary>An entry on a line: its address, chain, and who says what of whom.</summary>
    public static string Text(ListEntry entry, DateOnly day) => $"{entry.Address} {entry.Address.Chain} {Words.Of(entry, entry.StatusOn(day) ?? (entry is Designation ? EntryStatus.Designated : EntryStatus.Attributed))}";

    private static string Text(Token token) => $"{token.Symbol} ({token.Decimals} decimals)";
}
