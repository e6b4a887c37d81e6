using System.Text;

namespace ChainWatch.Notebooks;

/// <summary>A table as aligned text.</summary>
internal static class TableText
{
    private const int Gap = 2;
    private const int TextWidthMin = 8;

    public static string Write(Table table, int width)
    {
        Layout layout = new(table, width);
        StringBuilder text = new();
        TextLines.Append(text, table.Title, width);
        layout.Line(text, i => table.Columns[i]);
        layout.Line(text, i => new string('─', layout.Widths[i]));
        foreach (Cell[] row in table.Rows.Take(table.Shown))
        {
            layout.Line(text, i => layout.TextOf(row[i]));
        }

        TextLines.Append(text, table.Rows.Count == 0 ? "(no rows)" : table.More, width);
        TextLines.Append(text, table.Note, width);
        return text.ToString();
    }

    /// <summary>How wide each column is.</summary>
    private sealed class Layout
    {
        private readonly bool[] _isNumber;
        private bool _isShort;

        public Layout(Table table, int width)
        {
            Cell[][] rows = [.. table.Rows.Take(table.Shown)];
            // One value that is text, or none at all, does not make a column of numbers a column of text.
            _isNumber = [.. table.Columns.Select((_, i) => rows.Any(r => r[i].IsNumber) && rows.All(r => r[i].IsNumber || r[i].Text == Cell.Nothing))];
            _isShort = table.HasShortAddresses;
            Widths = Natural(table, rows);
            if (Total > width && !_isShort)
            {
                _isShort = true;
                Widths = Natural(table, rows);
            }

            int[] least = [.. Widths.Select((w, i) => Math.Min(w, rows.Where(r => r[i].IsNumber || r[i].IsWhole).Select(r => TerminalText.WidthOf(r[i].Text)).Append(TextWidthMin).Max()))];
            while (Total > width && Widest(least) is >= 0 and int widest)
            {
                // Down to the next widest, or as far as is needed.
                int next = Widths.Where((w, i) => i != widest && w > least[i] && w < Widths[widest]).DefaultIfEmpty(least[widest]).Max();
                Widths[widest] = Math.Max(Math.Max(least[widest], Math.Min(next, Widths[widest] - 1)), Widths[widest] - (Total - width));
            }
        }

        public int[] Widths { get; }

        private int Total => Widths.Sum() + (Gap * (Widths.Length - 1));

        public string TextOf(Cell cell) => _isShort ? cell.Short ?? cell.Text : cell.Text;

        public void Line(StringBuilder text, Func<int, string> cell)
        {
            StringBuilder line = new();
            for (int i = 0; i < Widths.Length; i++)
            {
                string cut = TerminalText.Cut(cell(i), Widths[i]);
                line.Append(' ', i == 0 ? 0 : Gap).Append(_isNumber[i] ? TerminalText.PadLeft(cut, Widths[i]) : TerminalText.PadRight(cut, Widths[i]));
            }

            text.Append(line.ToString().TrimEnd(' ')).Append('\n');
        }

        private int[] Natural(Table table, Cell[][] rows) =>
            [.. table.Columns.Select((name, i) => rows.Select(r => TerminalText.WidthOf(TextOf(r[i]))).Append(TerminalText.WidthOf(name)).Append(1).Max())];

        private int Widest(int[] least)
        {
            int widest = -1;
            for (int i = 0; i < Widths.Length; i++)
            {
                widest = Widths[i] > least[i] && (widest < 0 || Widths[i] > Widths[widest]) ? i : widest;
            }

            return widest;
        }
    }
}
