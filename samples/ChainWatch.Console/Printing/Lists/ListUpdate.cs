using ChainWatch.Lists;
using ChainWatch.Lists.Ofac;
using ChainWatch.Rpc;

namespace ChainWatch.Console.Printing.Lists;

/// <summary>What an update did, and how the list differs from the version before.</summary>
internal sealed class ListUpdate
{
    private static readonly string[] Dates = ["came_on", "went_off", "entity_listed"];

    public ListUpdate(string folder, AddressList before, bool isOverOwn, OfacImportResult result, OfacPublication publication, FileDownload origin)
    {
        (Folder, Before, IsOverOwn, Publication, Origin) = (folder, before, isOverOwn, publication, origin);
        List = result.List.Manifest!.Version == before.Manifest!.Version ? before : result.List;
        ListDiff diff = ListDiff.Between(before, List);
        Added = diff.Added;
        Removed = [.. diff.Removed.Concat(diff.Changed.Where(change => change.WentOff).Select(change => change.After))];
        Redated = [.. diff.Changed.Where(change => !change.WentOff && change.Fields.Intersect(Dates).Any())];
        ChangedOtherwise = [.. diff.Changed.Where(change => !change.WentOff && !change.Fields.Intersect(Dates).Any())];
    }

    /// <summary>The folder of lists that was written to, as the user named it.</summary>
    public string Folder { get; }

    public AddressList Before { get; }

    /// <summary>Whether the version before is the one inside this program.</summary>
    public bool IsOverOwn { get; }

    public OfacPublication Publication { get; }

    public FileDownload Origin { get; }

    /// <summary>The version that stands now.</summary>
    public AddressList List { get; }

    public bool IsNew => List != Before;

    /// <summary>Addresses that came on.</summary>
    public IReadOnlyList<ListEntry> Added { get; }

    /// <summary>Addresses that went off, their history kept or not.</summary>
    public IReadOnlyList<ListEntry> Removed { get; }

    /// <summary>Addresses whose dates, or whose entity's, are others than before.</summary>
    public IReadOnlyList<ListChange> Redated { get; }

    /// <summary>Addresses of which something else changed: the document that was read, a name, a program.</summary>
    public IReadOnlyList<ListChange> ChangedOtherwise { get; }

    /// <summary>The dates of a change, as <c>entity_listed 2019-09-13 -> 2019-09-14</c>.</summary>
    public static IEnumerable<(string Field, string Before, string After)> DatesOf(ListChange change) =>
        change.Fields.Intersect(Dates).Select(field => (field, DateOf(change.Before, field), DateOf(change.After, field)));

    private static string DateOf(ListEntry entry, string field) => (entry as Designation, field) switch
    {
        (Designation d, "came_on") => d.CameOn.ToString(),
        (Designation d, "went_off") => d.WentOff?.ToString() ?? "",
        (Designation d, _) => Words.Day(d.EntityListed),
        _ => "",
    };
}
