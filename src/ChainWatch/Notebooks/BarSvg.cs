namespace ChainWatch.Notebooks;

/// <summary>Horizontal bars as a drawing: labels at the left, values at the ends of the bars, an axis of round numbers.</summary>
internal static class BarSvg
{
    private const double Width = 820;
    private const double Margin = 20;
    private const double RowHeight = 26;
    private const double BarHeight = 16;
    private const double CharWidth = 7.1;
    private const int LabelMax = 36;

    public static void Draw(Page page, Chart chart)
    {
        string[] labels = [.. chart.Bars.Select(b => TerminalText.Cut(b.Label, LabelMax))];
        double left = Margin + (labels.Select(TerminalText.WidthOf).Append(4).Max() * CharWidth) + 10;
        // Room for the longest value beside the longest bar.
        double right = Width - Margin - Math.Min(260, chart.Bars.Select(b => TerminalText.WidthOf(b.Text)).Append(0).Max() * CharWidth) - 8;
        double top = SvgText.Top(chart.Title);
        double bottom = top + (Math.Max(1, chart.Bars.Count) * RowHeight);
        string[] notes = SvgText.Lines(chart.Notes, Width - (2 * Margin));
        using (page.Svg(chart.Title, Width, bottom + (chart.Unit.Length == 0 ? 30 : 44) + (notes.Length * SvgText.LineHeight) + 10))
        {
            SvgText.Title(page, chart.Title, Margin);
            Scale scale = new(chart.Bars.Select(b => b.Value), 5);
            double At(double value) => left + (scale.At(value) * (right - left));
            foreach (double tick in scale.Ticks)
            {
                page.Line(At(tick), top, At(tick), bottom, tick == 0 ? "axis" : "rule");
                page.Label(Scale.Text(tick), At(tick), bottom + 16, "quiet small middle");
            }

            page.Label(chart.Unit, right, bottom + 32, "quiet small end");

            for (int i = 0; i < chart.Bars.Count; i++)
            {
                ChartBar bar = chart.Bars[i];
                double y = top + (i * RowHeight);
                double from = Math.Min(At(bar.Value), At(0));
                double length = Math.Max(bar.Value == 0 ? 0 : 1, Math.Abs(At(bar.Value) - At(0)));
                using (page.Element("g"))
                {
                    page.Text("title", $"{bar.Label}: {bar.Text}");
                    page.Label(labels[i], left - 8, y + 17, "ink end");
                    page.Element("rect", ("x", Page.N(from)), ("y", Page.N(y + 5)), ("width", Page.N(length)), ("height", Page.N(BarHeight)), ("rx", "2"), ("class", bar.Value < 0 ? "loss" : "bar")).Dispose();
                    page.Label(TerminalText.Cut(bar.Text, LabelMax), Math.Max(from + length, At(0)) + 6, y + 17, "quiet halo");
                }
            }

            if (chart.Bars.Count == 0)
            {
                page.Label("(no rows)", left + 8, top + 17, "quiet");
            }

            SvgText.Notes(page, notes, Margin, bottom + (chart.Unit.Length == 0 ? 40 : 54));
        }
    }
}
