using System.Text;

namespace ChainWatch.Notebooks;

/// <summary>Columns over time of Unicode blocks.</summary>
internal static class ColumnText
{
    private const int Rows = 8;
    private const int ColumnsMin = 10;
    private const string Eighths = " ▁▂▃▄▅▆▇";

    public static string Write(Chart chart, TimeAxis time, int width)
    {
        StringBuilder text = new();
        TextLines.Append(text, chart.Title, width);
        if (chart.Bars.Count == 0)
        {
            TextLines.Append(text, "(no rows)", width);
            TextLines.Append(text, chart.Notes, width);
            return text.ToString();
        }

        // The highest column has its exact value; the axis names it.
        ChartBar highest = chart.Bars.MaxBy(b => b.Value)!;
        int margin = TerminalText.WidthOf(Scale.Text(highest.Value));
        int room = Math.Max(ColumnsMin, width - margin - 3);
        int joined = (chart.Bars.Count + room - 1) / room;
        double[] columns = [.. chart.Bars.Chunk(joined).Select(c => c.Sum(b => b.Value))];
        double max = columns.Max();
        int wide = Math.Clamp(room / columns.Length, 1, 3);
        for (int row = Rows - 1; row >= 0; row--)
        {
            string tick = row == Rows - 1 ? Scale.Text(max) : "";
            StringBuilder line = new StringBuilder(TerminalText.PadLeft(tick, margin)).Append(tick.Length > 0 ? " ┤" : " │");
            foreach (double value in columns)
            {
                line.Append(Block(value, max, row), Math.Max(1, wide - 1)).Append(' ', wide > 1 ? 1 : 0);
            }

            text.Append(line.ToString().TrimEnd(' ')).Append('\n');
        }

        text.Append(TerminalText.PadLeft("0", margin)).Append(" └").Append('─', columns.Length * wide).Append('\n');
        string first = time.Text(0);
        string last = $"{time.Text(chart.Bars.Count - 1)}";
        int gap = (columns.Length * wide) - first.Length - last.Length;
        text.Append(' ', margin + 2).Append(first).Append(gap > 0 ? new string(' ', gap) : " … ").Append(last).Append('\n');
        string each = $"Each column is {Duration.Of(joined * time.Bin)}; the highest of {Duration.Of(time.Bin)} is {highest.Text}, from {highest.Label}";
        TextLines.Append(text, chart.Notes.Length == 0 ? each : $"{each}. {chart.Notes}", width);
        return text.ToString();
    }

    private static char Block(double value, double max, int row)
    {
        int eighths = max == 0 || value == 0 ? 0 : Math.Max(1, (int)Math.Round(value / max * Rows * 8));
        return Math.Clamp(eighths - (row * 8), 0, 8) is int here and < 8 ? Eighths[here] : '█';
    }
}
