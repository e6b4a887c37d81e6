using System.Globalization;
using ChainWatch.Console.Printing;
using ChainWatch.Lists;

namespace ChainWatch.Console.Arguments;

/// <summary>The folder that an imported list is written to, and the list that it replaces there.</summary>
/// <param name="folder">The list's own folder.</param>
/// <param name="source">The file that is imported.</param>
internal sealed class OwnList(string folder, string source)
{
    /// <summary>The name, where it is one that a folder can have.</summary>
    /// <exception cref="ChainWatchException">It is empty, or has other characters than a list's name.</exception>
    public static string CheckName(string name) =>
        name.Length > 0 && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '-') && name[0] != '-' && name[^1] != '-'
            ? name
            : throw new ChainWatchException($"--name '{name}': expected lower-case letters, digits and hyphens between them");

    /// <summary>The version of a new list; an import replaces only what it continues.</summary>
    /// <exception cref="ChainWatchException">What stands there is of another kind or authority, newer, or more than twice as long.</exception>
    public string NextVersion(AddressList list, Authority authority)
    {
        // A list named like one of this program's would be taken for it.
        RequireSameKind(ListSet.Embedded, list.Name, authority, $"--name '{list.Name}': the list of that name inside this program");
        string first = $"{Words.Day(list.AsOf)}.1";
        if (!Directory.Exists(folder) || !Directory.EnumerateFileSystemEntries(folder).Any())
        {
            return first;
        }

        ListSet there = ListSet.LoadList(folder);
        RequireSameKind(there, list.Name, authority, $"{folder}: the list that is there");
        AddressList before = there[list.Name];
        if (list.AsOf < before.AsOf)
        {
            throw ChainWatchException.At(folder, 0, null, $"the list that is there is as of {Words.Day(before.AsOf)}, and this one as of {Words.Day(list.AsOf)}: expected a newer one (--as-of)");
        }

        if (list.Entries.Count * 2 < before.Entries.Count)
        {
            throw ChainWatchException.At(folder, 0, null, $"the list that is there has {Words.Count(before.Entries.Count, "entry", "entries")}, and {source} has {Words.Number(list.Entries.Count)}: a list that shrinks by more than half is taken for a damaged file");
        }

        string version = before.Manifest!.Version;
        string day = $"{Words.Day(list.AsOf)}.";
        return !version.StartsWith(day, StringComparison.Ordinal) || !int.TryParse(version.AsSpan(day.Length), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? first
            : ListDiff.Between(before, list).IsEmpty ? version
            : string.Create(CultureInfo.InvariantCulture, $"{day}{number + 1}");
    }

    /// <summary>Writes the list.</summary>
    /// <exception cref="ChainWatchException">The folder takes no file, or the file imported would be replaced.</exception>
    public ListManifest Write(Func<ListManifest> write)
    {
        try
        {
            return RealPath.Of(source).StartsWith(RealPath.Of(folder) + Path.DirectorySeparatorChar, RealPath.Comparison)
                ? throw ChainWatchException.At(source, 0, null, $"stands in the folder that the list is written to ({folder}): expected a file elsewhere")
                : write();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            string why = e is UnauthorizedAccessException ? "no permission" : "a file is in the way, or the disk is full";
            throw new ChainWatchException(ChainWatchException.At(folder, 0, null, $"the list cannot be written: {why}").Message, e);
        }
    }

    private static void RequireSameKind(ListSet lists, string name, Authority authority, string what)
    {
        if (lists.StopLists.Any(list => list.Name == name) || lists.TokenLists.Any(list => list.Name == name))
        {
            throw new ChainWatchException($"{what} is no list of attributions; expected another name");
        }

        ListEntry? other = lists.AddressLists.FirstOrDefault(list => list.Name == name)?.Entries.FirstOrDefault(entry => entry is not Attribution || entry.Authority != authority);
        if (other is not null)
        {
            string holds = other is Attribution ? $"attributions by {other.Authority}" : $"designations by {other.Authority}";
            throw new ChainWatchException($"{what} holds {holds}, and this import attributions by {authority}; expected another name");
        }
    }
}
