using System.Globalization;
using CsvHelper;

namespace ChainWatch.Lists;

/// <summary>One row of a list's data file, read by column; every error names the file, the line and the column.</summary>
internal readonly struct ListRow(string file, CsvReader reader)
{
    private const string Open = "?";

    /// <summary>The row's line in the file, from 1.</summary>
    public long Line => reader.LineNumber;

    /// <summary>A text, which may be empty.</summary>
    public string Text(string column) => reader.GetString(column);

    /// <summary>A text that may not be empty.</summary>
    public string Required(string column) => Text(column) is { Length: > 0 } text ? text : throw Error(column, "is empty: expected a text");

    /// <summary>Texts joined by <c>|</c>; none where the field is empty.</summary>
    public string[] Texts(string column) => Text(column) is { Length: > 0 } text ? text.Split('|') : [];

    /// <summary>A chain's short name or CAIP-2 identifier.</summary>
    public Chain Chain(string column) => ChainWatch.Chain.TryParse(Text(column), out Chain chain)
        ? chain
        : throw Error(column, $"unknown chain '{Text(column)}': expected a known name or a CAIP-2 id");

    /// <summary>An address that passes the checks of its chain's format.</summary>
    public Address Address(string column, Chain chain)
    {
        try
        {
            return ChainWatch.Address.Parse(Text(column), chain);
        }
        catch (ChainWatchException error)
        {
            throw Error(column, error.Message);
        }
    }

    /// <summary>One of the words of an enumeration.</summary>
    public T Word<T>(string column, Words<T> words) where T : struct =>
        words.Parse(Text(column)) ?? throw Error(column, $"'{Text(column)}' is none of {words.Texts}");

    /// <summary>A date; null where the field is empty.</summary>
    public DateOnly? Date(string column) => Text(column) is { Length: > 0 } text
        ? DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly date)
            ? date
            : throw Error(column, $"'{text}' is no date: expected YYYY-MM-DD")
        : null;

    /// <summary>Bounds in two columns, <c>?</c> for an open end; null where both are empty.</summary>
    public DateBounds? Bounds(string notBefore, string notAfter)
    {
        bool some = Text(notBefore).Length > 0;
        if (some != Text(notAfter).Length > 0)
        {
            throw Error(some ? notAfter : notBefore, $"is empty: expected a date, or '{Open}' for an open end");
        }

        DateBounds bounds = new(Bound(notBefore), Bound(notAfter));
        return !some ? null
            : bounds.NotBefore > bounds.NotAfter ? throw Error(notAfter, $"{Text(notAfter)} is before {notBefore} {Text(notBefore)}")
            : bounds;
    }

    /// <summary>The two fields of bounds.</summary>
    public static (string NotBefore, string NotAfter) BoundsText(DateBounds? bounds) => bounds is DateBounds some
        ? (some.NotBefore is DateOnly from ? DateText(from) : Open, some.NotAfter is DateOnly to ? DateText(to) : Open)
        : ("", "");

    /// <summary>The field of a date.</summary>
    public static string DateText(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    /// <summary>The field of several texts.</summary>
    public static string TextsText(IReadOnlyList<string> texts) => texts.FirstOrDefault(text => text.Length == 0 || text.Contains('|', StringComparison.Ordinal)) is string bad
        ? throw new ChainWatchException($"'{bad}' cannot be one of several texts in a field: expected a text without '|', not empty")
        : string.Join('|', texts);

    /// <summary>An error in a column of this row.</summary>
    public ChainWatchException Error(string column, string problem) => ChainWatchException.At(file, Line, column, problem);

    private DateOnly? Bound(string column) => Text(column) == Open ? null : Date(column);
}
