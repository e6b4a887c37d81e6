namespace ChainWatch.Lists;

/// <summary>Attributions as rows of <c>addresses.csv</c>.</summary>
internal static class AttributionRows
{
    private static readonly string[] Columns = [.. EntryRows.Columns, "incident", "stated_on", .. EntryRows.DocumentColumns];

    public static byte[] Write(IReadOnlyList<Attribution> entries) => ListTable.Write(Columns, entries.Order(EntryOrder.Instance).Cast<Attribution>().Select(Row));

    public static List<Attribution> Read(string list, string file, byte[] bytes)
    {
        HashSet<(Address, string, string, string, string)> seen = [];
        return ListTable.Read(file, bytes, Columns, row =>
        {
            Address address = EntryRows.Address(row);
            Attribution entry = new()
            {
                List = list,
                Address = address,
                ListedAs = EntryRows.ListedAs(row, address),
                Authority = EntryRows.Authority(row),
                Entity = row.Text("entity"),
                Role = row.Word("role", ListWords.Roles),
                MaySeed = row.Word("may_seed", ListWords.YesNo),
                Incident = row.Text("incident"),
                StatedOn = row.Date("stated_on") ?? throw row.Error("stated_on", "is empty: expected the document's date, or the list's where it has none"),
                Document = EntryRows.Document(row),
                Note = row.Text("note"),
            };
            return seen.Add((entry.Address, entry.Authority.Name, entry.Entity, entry.Incident, entry.Document.Title))
                ? entry
                : throw row.Error("address", $"{entry.Address} is attributed twice by {entry.Authority} in the same document");
        });
    }

    private static string[] Row(Attribution entry) =>
        [.. EntryRows.Write(entry), entry.Incident, ListRow.DateText(entry.StatedOn), .. EntryRows.WriteDocument(entry)];
}
