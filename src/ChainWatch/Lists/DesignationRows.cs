namespace ChainWatch.Lists;

/// <summary>Designations as rows of <c>addresses.csv</c>.</summary>
internal static class DesignationRows
{
    private static readonly string[] Columns =
    [
        .. EntryRows.Columns,
        "entity_id", "entity_listed", "programs", "tickers",
        "came_on_not_before", "came_on_not_after", "went_off_not_before", "went_off_not_after",
        .. EntryRows.DocumentColumns,
    ];

    public static byte[] Write(IReadOnlyList<Designation> entries) => ListTable.Write(Columns, entries.Order(EntryOrder.Instance).Cast<Designation>().Select(Row));

    public static List<Designation> Read(string list, string file, byte[] bytes)
    {
        HashSet<(Address, string, string, DateBounds)> seen = [];
        return ListTable.Read(file, bytes, Columns, row =>
        {
            Address address = EntryRows.Address(row);
            Designation entry = new()
            {
                List = list,
                Address = address,
                ListedAs = EntryRows.ListedAs(row, address),
                Authority = EntryRows.Authority(row),
                Entity = row.Text("entity"),
                Role = row.Word("role", ListWords.Roles),
                MaySeed = row.Word("may_seed", ListWords.YesNo),
                EntityId = row.Text("entity_id"),
                EntityListed = row.Date("entity_listed"),
                Programs = row.Texts("programs"),
                Tickers = row.Texts("tickers"),
                CameOn = row.Bounds("came_on_not_before", "came_on_not_after") ?? throw row.Error("came_on_not_before", "is empty: expected a date, or '?' for an open end"),
                WentOff = row.Bounds("went_off_not_before", "went_off_not_after"),
                Document = EntryRows.Document(row),
                Note = row.Text("note"),
            };
            if (entry.WentOff?.NotAfter < entry.CameOn.NotBefore)
            {
                throw row.Error("went_off_not_after", $"{entry.WentOff?.NotAfter:yyyy-MM-dd} is before the address came on ({entry.CameOn})");
            }

            return seen.Add((entry.Address, entry.EntityId, entry.Entity, entry.CameOn))
                ? entry
                : throw row.Error("address", $"{entry.Address} stands twice on the list for '{entry.Entity}'");
        });
    }

    private static string[] Row(Designation entry)
    {
        (string onNotBefore, string onNotAfter) = ListRow.BoundsText(entry.CameOn);
        (string offNotBefore, string offNotAfter) = ListRow.BoundsText(entry.WentOff);
        return
        [
            .. EntryRows.Write(entry),
            entry.EntityId, ListRow.DateText(entry.EntityListed), ListRow.TextsText(entry.Programs), ListRow.TextsText(entry.Tickers),
            onNotBefore, onNotAfter, offNotBefore, offNotAfter,
            .. EntryRows.WriteDocument(entry),
        ];
    }
}
