using Spectre.Console;
using Spectre.Console.Rendering;

namespace ChainWatch.Console.Printing;

/// <summary>Tables of one look: no box, a header, addresses and hashes whole.</summary>
internal static class Tables
{
    /// <summary>A table with columns; a name that starts with <c>#</c> is a column of numbers, one with <c>!</c> is never wrapped.</summary>
    public static Table New(params IEnumerable<string> columns)
    {
        Table table = new Table().Border(TableBorder.None);
        foreach (string column in columns)
        {
            bool isNumber = column.StartsWith('#');
            TableColumn made = new(new Spectre.Console.Text(column.TrimStart('#', '!'), Styles.Faint)) { Padding = new Padding(0, 0, 2, 0) };
            made.NoWrap = isNumber || column.StartsWith('!');
            made.Alignment = isNumber ? Justify.Right : Justify.Left;
            table.AddColumn(made);
        }

        return table;
    }

    /// <summary>Adds a row of plain texts.</summary>
    public static void Add(this Table table, params IEnumerable<string> cells) => table.AddRow(cells.Select(cell => (IRenderable)Cell(cell)));

    /// <summary>A cell.</summary>
    public static Spectre.Console.Text Cell(string text, Style? style = null) => new(OneLine.Of(text), style ?? Style.Plain) { Overflow = Overflow.Fold };
}
