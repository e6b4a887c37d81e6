using System.Text;
using CsvHelper;

namespace ChainWatch.Notebooks;

/// <summary>
/// Rows under named columns, which print well in a terminal and save as HTML, CSV and Markdown. Made by
/// <see cref="TableExtensions.ToTable"/>; a table does not change, its methods give another.
/// </summary>
public sealed class Table
{
    /// <summary>The width in columns where none is asked for: <see cref="ToString()"/>, and <see cref="Print"/> into a pipe or a file.</summary>
    public const int DefaultWidth = 120;

    internal Table(IReadOnlyList<string> columns, IReadOnlyList<Cell[]> rows)
    {
        Columns = columns;
        Rows = rows;
        Shown = rows.Count;
    }

    private Table(Table other)
    {
        (Columns, Rows, Shown, Title, Note, HasShortAddresses) = (other.Columns, other.Rows, other.Shown, other.Title, other.Note, other.HasShortAddresses);
    }

    /// <summary>The columns' names, in their order.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>How many rows there are, shown or not.</summary>
    public int RowCount => Rows.Count;

    internal IReadOnlyList<Cell[]> Rows { get; }

    internal int Shown { get; private init; }

    internal string Title { get; private init; } = "";

    internal string Note { get; private init; } = "";

    internal bool HasShortAddresses { get; private init; }

    /// <summary>How many rows <see cref="Head"/> leaves out, in words; empty where it leaves out none.</summary>
    internal string More => Shown == Rows.Count ? "" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"… and {Rows.Count - Shown:N0} more {(Rows.Count - Shown == 1 ? "row" : "rows")}");

    /// <summary>The table with a title above it.</summary>
    public Table Titled(string title) => new(this) { Title = TerminalText.OneLine(title) };

    /// <summary>The table with a note beneath it: where the rows come from, what they leave out.</summary>
    public Table Noted(string note) => new(this) { Note = TerminalText.OneLine(note) };

    /// <summary>The table with addresses and hashes as <c>0x4766…86E2</c>, which names nobody for certain: CSV and HTML keep them whole.</summary>
    public Table ShortAddresses() => new(this) { HasShortAddresses = true };

    /// <summary>The table with its first rows alone; a line says how many more there are. CSV keeps all.</summary>
    /// <param name="rows">How many rows, at least 0.</param>
    public Table Head(int rows) => new(this) { Shown = Math.Clamp(rows, 0, Rows.Count) };

    /// <summary>Text for a terminal of <see cref="DefaultWidth"/> columns.</summary>
    public override string ToString() => ToString(DefaultWidth);

    /// <summary>
    /// Text for a terminal: aligned columns, numbers at the right, a line a row. Where it is too wide, addresses are shortened, then
    /// the widest texts end in <c>…</c>; numbers are never cut, so that very many of them can be wider still.
    /// </summary>
    /// <param name="width">The terminal's columns.</param>
    public string ToString(int width) => TableText.Write(this, width);

    /// <summary>Prints it to standard output, as wide as the terminal.</summary>
    public void Print() => TerminalOutput.Print(ToString);

    /// <summary>A table of GitHub's Markdown; texts can neither format nor link.</summary>
    public string ToMarkdown() => TableMarkdown.Write(this);

    /// <summary>Saves a page of its own: no script, nothing from elsewhere, light and dark.</summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="ChainWatchException">The file cannot be written.</exception>
    public string SaveHtml(string path) => SavedFile.Write(path, stream => TableHtml.Write(this, stream));

    /// <summary>
    /// Saves all rows as CSV (RFC 4180, LF): numbers without separators, times in ISO 8601, spans in seconds. A column whose
    /// amounts have one unit has it in its name.
    /// </summary>
    /// <returns>The file's full path.</returns>
    /// <exception cref="ChainWatchException">The file cannot be written.</exception>
    public string SaveCsv(string path) => SavedFile.Write(path, WriteCsv);

    private void WriteCsv(Stream stream)
    {
        using StreamWriter text = new(stream, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), leaveOpen: true);
        using CsvWriter csv = CsvWriter.Create(text, CsvWriterOptions.Default with { NewLine = "\n" }, leaveOpen: true);
        string?[] units = [.. Columns.Select((_, i) => Rows.Select(row => row[i].Unit).Where(u => u is not null).Distinct(StringComparer.Ordinal).ToArray() is [string unit] ? unit : null)];
        for (int i = 0; i < Columns.Count; i++)
        {
            csv.WriteField(units[i] is string unit ? $"{Columns[i]} ({unit})" : Columns[i]);
        }

        csv.EndRecord();
        foreach (Cell[] row in Rows)
        {
            for (int i = 0; i < row.Length; i++)
            {
                csv.WriteField(row[i].Unit is string unit && units[i] is null ? $"{row[i].Plain} {unit}" : row[i].Plain);
            }

            csv.EndRecord();
        }
    }
}
