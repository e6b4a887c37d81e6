namespace ChainWatch.Lists;

/// <summary>The canonical order of entries: address, entity, authority, then what tells two statements of one authority apart.</summary>
internal sealed class EntryOrder : IComparer<ListEntry>
{
    public static EntryOrder Instance { get; } = new();

    public int Compare(ListEntry? x, ListEntry? y)
    {
        if (x is null || y is null)
        {
            return (x is null ? 0 : 1) - (y is null ? 0 : 1);
        }

        int order = x.Address.CompareTo(y.Address);
        return order != 0 ? order : CompareStatements(x, y);
    }

    /// <summary>The order of two entries of one address, whatever chain each was listed for first.</summary>
    public static int CompareStatements(ListEntry x, ListEntry y)
    {
        int order = string.CompareOrdinal(x.Entity, y.Entity);
        order = order != 0 ? order : string.CompareOrdinal(x.Authority.Name, y.Authority.Name);
        order = order != 0 ? order : string.CompareOrdinal(Detail(x), Detail(y));
        order = order != 0 ? order : string.CompareOrdinal(x.Document.Title, y.Document.Title);
        return order != 0 ? order : x.Address.CompareTo(y.Address);
    }

    private static string Detail(ListEntry entry) => entry switch
    {
        Designation designation => $"{designation.EntityId} {ListRow.DateText(designation.CameOn.NotBefore)} {ListRow.DateText(designation.CameOn.NotAfter)}",
        Attribution attribution => attribution.Incident,
        _ => "",
    };
}
