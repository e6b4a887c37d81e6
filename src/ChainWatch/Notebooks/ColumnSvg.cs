namespace ChainWatch.Notebooks;

/// <summary>Columns over time as a drawing.</summary>
internal static class ColumnSvg
{
    private const double Width = 820;
    private const double PlotHeight = 220;
    private const double Margin = 20;
    private const double CharWidth = 6.6;
    private const int TimesMax = 6;

    public static void Draw(Page page, Chart chart, TimeAxis time)
    {
        Scale scale = new(chart.Bars.Select(b => b.Value), 4);
        double left = Margin + (scale.Ticks.Max(t => Scale.Text(t).Length) * CharWidth) + 10;
        double right = Width - Margin;
        double top = SvgText.Top(chart.Title) + (chart.Unit.Length == 0 ? 0 : 10);
        double bottom = top + PlotHeight;
        string[] notes = SvgText.Lines(chart.Notes, Width - (2 * Margin));
        using (page.Svg(chart.Title, Width, bottom + 34 + (notes.Length * SvgText.LineHeight) + 8))
        {
            SvgText.Title(page, chart.Title, Margin);
            double At(double value) => bottom - (scale.At(value) * PlotHeight);
            foreach (double tick in scale.Ticks)
            {
                page.Line(left, At(tick), right, At(tick), tick == 0 ? "axis" : "rule");
                page.Label(Scale.Text(tick), left - 8, At(tick) + 4, "quiet small end");
            }

            page.Label(chart.Unit, left, top - 6, "quiet small");
            double step = (right - left) / Math.Max(1, chart.Bars.Count);
            for (int i = 0; i < chart.Bars.Count; i++)
            {
                ChartBar bar = chart.Bars[i];
                if (bar.Value > 0)
                {
                    double height = Math.Max(1, bottom - At(bar.Value));
                    using (page.Element("g"))
                    {
                        page.Text("title", $"{bar.Label}: {bar.Text}");
                        page.Element("rect", ("x", Page.N(left + (i * step) + Math.Min(1, step / 8))), ("y", Page.N(bottom - height)), ("width", Page.N(Math.Max(0.5, step - Math.Min(2, step / 4)))), ("height", Page.N(height)), ("class", "bar")).Dispose();
                    }
                }
            }

            int every = Math.Max(1, (chart.Bars.Count + TimesMax - 1) / TimesMax);
            for (int i = 0; i < chart.Bars.Count; i += every)
            {
                page.Line(left + (i * step), bottom, left + (i * step), bottom + 5, "axis");
                page.Label(time.Text(i), left + (i * step), bottom + 18, "quiet small");
            }

            if (chart.Bars.Count == 0)
            {
                page.Label("(no rows)", left + 8, top + 17, "quiet");
            }

            SvgText.Notes(page, notes, Margin, bottom + 42);
        }
    }
}
