using Spectre.Console;

namespace ChainWatch.Console.Printing;

/// <summary>
/// A table of one look: no box, a faint header. Columns that hold addresses are never cut: where they do not fit, each row
/// becomes a block of lines.
/// </summary>
internal sealed class TextTable
{
    private const int Gap = 2;
    private readonly Column[] _columns;
    private readonly List<(Style First, string[] Cells)> _rows = [];

    /// <summary>A table with columns; a name that starts with <c>#</c> is a column of numbers, one with <c>!</c> is kept whole.</summary>
    public TextTable(params IEnumerable<string> columns) =>
        _columns = [.. columns.Select(name => new Column(name.TrimStart('#', '!'), name.StartsWith('#'), name.StartsWith('!')))];

    /// <summary>Whether the names of the columns are shown.</summary>
    public bool HasHeader { get; init; } = true;

    public void Add(params IEnumerable<string> cells) => Add(Style.Plain, cells);

    /// <summary>Adds a row whose first cell has a style.</summary>
    public void Add(Style first, params IEnumerable<string> cells) => _rows.Add((first, [.. cells.Select(OneLine.Of)]));

    public void WriteTo(Page page, int indent)
    {
        if (indent + Enumerable.Range(0, _columns.Length).Sum(LeastWidth) <= page.Width)
        {
            page.Write(new Padder(ToTable(), new Padding(indent, 0, 0, 0)));
        }
        else
        {
            WriteBlocks(page, indent);
        }
    }

    private int LeastWidth(int column)
    {
        IEnumerable<string> texts = _rows.Select(row => row.Cells[column]).Append(HasHeader ? _columns[column].Name : "");
        return Gap + texts.Max(text => _columns[column].IsWhole ? text.Length : text.Split(' ').Max(word => word.Length));
    }

    private Table ToTable()
    {
        Table table = new Table().Border(TableBorder.None);
        table.ShowHeaders = HasHeader;
        foreach (Column column in _columns)
        {
            table.AddColumn(new TableColumn(Cell(column.Name, Styles.Faint))
            {
                Padding = new Padding(0, 0, Gap, 0),
                NoWrap = column.IsWhole,
                Alignment = column.IsNumber ? Justify.Right : Justify.Left,
            });
        }

        foreach ((Style first, string[] cells) in _rows)
        {
            table.AddRow(cells.Select((cell, i) => Cell(cell, i == 0 ? first : Style.Plain)));
        }

        return table;
    }

    private void WriteBlocks(Page page, int indent)
    {
        int names = _columns.Max(column => column.Name.Length);
        foreach ((Style first, string[] cells) in _rows)
        {
            for (int i = 0; i < cells.Length; i++)
            {
                if (cells[i].Length > 0)
                {
                    page.Line($"{_columns[i].Name.PadRight(names)}{new string(' ', Gap)}{cells[i]}", indent, i == 0 ? first : null);
                }
            }

            page.Blank();
        }
    }

    private static Spectre.Console.Text Cell(string text, Style style) => new Spectre.Console.Text(text, style) { Overflow = Overflow.Fold };

    private sealed record Column(string Name, bool IsNumber, bool IsWhole);
}
