using System.Text;
using ChainWatch.Reporting;

namespace ChainWatch.Notebooks;

/// <summary>A table in GitHub's Markdown.</summary>
internal static class TableMarkdown
{
    public static string Write(Table table)
    {
        StringBuilder text = new();
        Paragraph(text, table.Title);
        Row(text, table.Columns);
        text.Append('|');
        for (int i = 0; i < table.Columns.Count; i++)
        {
            text.Append(table.Rows.Any(row => row[i].IsNumber) ? "---:|" : "---|");
        }

        text.Append('\n');
        foreach (Cell[] row in table.Rows.Take(table.Shown))
        {
            Row(text, row.Select(cell => table.HasShortAddresses ? cell.Short ?? cell.Text : cell.Text));
        }

        foreach (string line in new[] { table.More, table.Note }.Where(l => l.Length > 0))
        {
            text.Append('\n');
            Paragraph(text, line);
        }

        return text.ToString().TrimEnd('\n') + "\n";
    }

    private static void Paragraph(StringBuilder text, string line)
    {
        if (line.Length > 0)
        {
            text.Append(MarkdownText.Quote(line)).Append("\n\n");
        }
    }

    private static void Row(StringBuilder text, IEnumerable<string> cells) =>
        text.Append("| ").AppendJoin(" | ", cells.Select(cell => MarkdownText.Quote(cell).Replace("|", "\\|", StringComparison.Ordinal))).Append(" |\n");
}
