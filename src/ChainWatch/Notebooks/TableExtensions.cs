namespace ChainWatch.Notebooks;

/// <summary>From rows to a <see cref="Table"/>.</summary>
public static class TableExtensions
{
    /// <summary>
    /// A table of the rows, with the columns that are named:
    /// <c>rings.ToTable(("hop", r => r.Key), ("addresses", r => r.Count()))</c>.
    /// </summary>
    /// <remarks>
    /// A value is shown by its type: numbers, <see cref="AssetAmount"/> and spans of time at the right, times in UTC, null as
    /// <c>-</c>; every culture gives the same text. The rows are read once, when the table is made.
    /// </remarks>
    /// <param name="rows">The rows, in their order.</param>
    /// <param name="columns">Name and value of each column; at least one.</param>
    /// <exception cref="ChainWatchException">No column is given.</exception>
    public static Table ToTable<T>(this IEnumerable<T> rows, params (string Name, Func<T, object?> Value)[] columns) => columns.Length == 0
        ? throw new ChainWatchException("a table without columns: expected at least one, given as (\"name\", row => row.Value)")
        : new Table(
            [.. columns.Select(c => TerminalText.OneLine(c.Name))],
            [.. rows.Select(row => Array.ConvertAll(columns, c => Cell.Of(c.Value(row))))]);

    /// <summary>An address for people who know it: <c>0x4766…86E2</c>. It names nobody for certain: many addresses can be made to look like it.</summary>
    public static string ToShortString(this Address address) => TerminalText.Short(address);
}
