namespace ChainWatch.Notebooks;

/// <summary>A table as a page of its own.</summary>
internal static class TableHtml
{
    public static void Write(Table table, Stream output) => Page.WriteHtml(output, table.Title, page =>
    {
        Optional(page, "h1", table.Title);
        using (page.Element("table"))
        {
            using (page.Element("thead"))
            using (page.Element("tr"))
            {
                for (int i = 0; i < table.Columns.Count; i++)
                {
                    bool isNumber = table.Rows.Any(row => row[i].IsNumber);
                    page.Text("th", table.Columns[i], ("scope", "col"), ("class", isNumber ? "number" : "text"));
                }
            }

            using (page.Element("tbody"))
            {
                foreach (Cell[] row in table.Rows.Take(table.Shown))
                {
                    using (page.Element("tr"))
                    {
                        Array.ForEach(row, cell => page.Text("td", cell.Text, ("class", cell.IsNumber ? "number" : cell.Short is null ? "text" : "mono")));
                    }
                }
            }
        }

        Optional(page, "p", table.Rows.Count == 0 ? "(no rows)" : table.More);
        Optional(page, "p", table.Note);
    });

    private static void Optional(Page page, string element, string text)
    {
        if (text.Length > 0)
        {
            page.Text(element, text);
        }
    }
}
