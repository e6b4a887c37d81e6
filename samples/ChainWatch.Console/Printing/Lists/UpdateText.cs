using ChainWatch.Lists;

namespace ChainWatch.Console.Printing.Lists;

/// <summary>An update as text, its changes in the manner of <c>lists diff</c>.</summary>
internal static class UpdateText
{
    public static void Write(Page page, ListUpdate update)
    {
        ListManifest manifest = update.List.Manifest!;
        page.Title(update.IsNew
            ? $"List {manifest.Name}: {update.Before.Manifest!.Version} ({Words.Count(update.Before.Manifest.Count, "row")}) -> {manifest.Version} ({Words.Count(manifest.Count, "row")})"
            : $"List {manifest.Name}: nothing new, version {manifest.Version} ({Words.Count(manifest.Count, "row")}) stands");
        page.Line($"publication of {Words.Day(update.Publication.Date)} ({update.Publication.Format}): {Words.Count(update.Publication.PartyCount, "party", "parties")}, {Words.Count(update.Publication.Addresses.Count, "address", "addresses")}", 2);
        page.Line($"from {string.Join(", redirected to ", update.Origin.Hosts)}: {Words.Count(update.Origin.Bytes, "byte")}", 2);
        page.Line($"sha256 {update.Origin.Sha256}", 2, Styles.Faint);
        page.Line($"compared with version {update.Before.Manifest!.Version} of {Words.Day(update.Before.AsOf)}{(update.IsOverOwn ? ", the one inside this program" : "")}", 2);
        if (update.IsNew)
        {
            WriteChanges(page, update);
        }

        string folder = Path.Combine(update.Folder, manifest.Name);
        page.Line($"{folder} is version {manifest.Version}; every version stays under {Path.Combine(folder, ListVersions.FolderName)}", 2);
        page.Line($"sha256 {manifest.Sha256}", 2, Styles.Faint);
        string[] missing = [.. ListSet.Embedded.AddressLists.Select(list => list.Name).Where(name => !Directory.Exists(Path.Combine(update.Folder, name)))];
        page.Line($"--lists {update.Folder} uses it{(missing.Length > 0 ? $"; lists inside this program that are not in that folder are not used then: {string.Join(", ", missing)}" : "")}", 2);
    }

    private static void WriteChanges(Page page, ListUpdate update)
    {
        string otherwise = update.ChangedOtherwise.Count == 0 ? "" : $"; {Words.Number(update.ChangedOtherwise.Count)} changed otherwise ({string.Join(", ", update.ChangedOtherwise.SelectMany(change => change.Fields).Distinct().Order(StringComparer.Ordinal))})";
        page.Line($"{Words.Number(update.Added.Count)} added, {Words.Number(update.Removed.Count)} removed, {Words.Number(update.Redated.Count)} re-dated{otherwise}", 2, Styles.Strong);
        foreach (ListEntry entry in update.Added)
        {
            page.Line($"+ {DiffText.Text(entry, update.List.AsOf)}", 2);
        }

        foreach (ListEntry entry in update.Removed)
        {
            string when = entry is Designation { WentOff: DateBounds bounds } ? $": went off {bounds}" : "";
            page.Line($"- {DiffText.Text(entry, update.List.AsOf)}{when}", 2);
        }

        foreach (ListChange change in update.Redated)
        {
            page.Line($"~ {DiffText.Text(change.After, update.List.AsOf)}: {string.Join(", ", ListUpdate.DatesOf(change).Select(date => $"{date.Field} {date.Before} -> {date.After}"))}", 2);
        }
    }
}
