namespace ChainWatch.Notebooks;

/// <summary>
/// Bars: a horizontal bar a row, or columns over time. Prints in a terminal as Unicode blocks, and saves as SVG. Made by
/// <see cref="ChartExtensions"/>; a chart does not change, its methods give another.
/// </summary>
public sealed class Chart
{
    internal Chart(IReadOnlyList<ChartBar> bars, string unit, TimeAxis? time = null) => (Bars, Unit, Time) = (bars, unit, time);

    private Chart(Chart other) => (Bars, Unit, Time, Title, Note) = (other.Bars, other.Unit, other.Time, other.Title, other.Note);

    internal IReadOnlyList<ChartBar> Bars { get; }

    /// <summary>What the axis counts; empty: plain numbers.</summary>
    internal string Unit { get; }

    /// <summary>Where the bars are columns over time; else null.</summary>
    internal TimeAxis? Time { get; }

    internal string Title { get; private init; } = "";

    internal string Note { get; private init; } = "";

    /// <summary>The notes of the chart itself and of who made it.</summary>
    internal string Notes => string.Join(". ", new[] { Time?.Remark ?? "", Note }.Where(n => n.Length > 0).Select(n => n.TrimEnd('.')));

    /// <summary>The chart with a title above it.</summary>
    public Chart Titled(string title) => new(this) { Title = TerminalText.OneLine(title) };

    /// <summary>The chart with a note beneath it: where the numbers come from, what they leave out.</summary>
    public Chart Noted(string note) => new(this) { Note = TerminalText.OneLine(note) };

    /// <summary>Text for a terminal of <see cref="Table.DefaultWidth"/> columns.</summary>
    public override string ToString() => ToString(Table.DefaultWidth);

    /// <summary>Text for a terminal: blocks in eighths of a character; labels that are too long end in <c>…</c>, numbers are whole.</summary>
    /// <param name="width">The terminal's columns.</param>
    public string ToString(int width) => Time is null ? BarText.Write(this, width) : ColumnText.Write(this, Time, width);

    /// <summary>Prints it to standard output, as wide as the terminal.</summary>
    public void Print() => TerminalOutput.Print(ToString);

    /// <summary>Saves a drawing, light or dark as the reader's system is: nothing in it runs, or is loaded from elsewhere.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="ChainWatchException">The file cannot be written.</exception>
    public string SaveSvg(string path) => SavedFile.Write(path, stream => Page.WriteSvg(stream, Draw));

    /// <summary>Saves the drawing in a page of its own.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="ChainWatchException">The file cannot be written.</exception>
    public string SaveHtml(string path) => SavedFile.Write(path, stream => Page.WriteHtml(stream, Title, Draw));

    private void Draw(Page page)
    {
        if (Time is null)
        {
            BarSvg.Draw(page, this);
        }
        else
        {
            ColumnSvg.Draw(page, this, Time);
        }
    }
}
