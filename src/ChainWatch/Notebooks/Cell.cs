using System.Globalization;
using System.Numerics;

namespace ChainWatch.Notebooks;

/// <summary>A value as a table shows it.</summary>
/// <param name="Text">For people, on one line.</param>
/// <param name="Plain">For programs: numbers without separators, times in ISO 8601, text as it is.</param>
/// <param name="IsNumber">Whether it stands at the right of its column, whole.</param>
/// <param name="Short">A shorter form, for addresses and hashes; else null.</param>
/// <param name="Unit">An amount's unit, which <paramref name="Plain"/> leaves out; else null.</param>
/// <param name="IsWhole">Whether it is never cut: half a number or date is another one.</param>
internal sealed record Cell(string Text, string Plain, bool IsNumber = false, string? Short = null, string? Unit = null, bool IsWhole = false)
{
    /// <summary>What stands where there is no value.</summary>
    public const string Nothing = "-";

    private const string NumberFormat = "#,##0.######";
    private const double ExponentFrom = 1e15;

    /// <summary>The cell of a value, by its type; null is nothing.</summary>
    public static Cell Of(object? value) => value switch
    {
        null => new Cell(Nothing, ""),
        string text => new Cell(TerminalText.OneLine(text), text),
        AssetAmount amount => new Cell(amount.ToString(), amount.ToPlainNumber(), IsNumber: true, Unit: amount.Unit),
        Address address => new Cell(address.ToString(), address.ToString(), Short: TerminalText.Short(address)),
        TxId tx => new Cell(tx.ToString(), tx.ToString(), Short: $"{tx.ToString()[..6]}…{tx.ToString()[^4..]}"),
        bool yes => new Cell(yes ? "yes" : "no", yes ? "true" : "false"),
        DateTimeOffset time => new Cell(time.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture), IsWhole: true),
        DateOnly day => Same(day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)) with { IsWhole = true },
        TimeSpan span => new Cell(Duration.Of(span), span.TotalSeconds.ToString(CultureInfo.InvariantCulture), IsNumber: true),
        Amount units => Number(units.ToBigInteger()),
        BigInteger number => Number(number),
        byte or sbyte or short or ushort or int or uint or long => Number(Convert.ToInt64(value, CultureInfo.InvariantCulture)),
        ulong number => Number(number),
        float or double => Floating(Convert.ToDouble(value, CultureInfo.InvariantCulture)),
        decimal number => new Cell(number.ToString(NumberFormat, CultureInfo.InvariantCulture), number.ToString(CultureInfo.InvariantCulture), IsNumber: true),
        IFormattable other => Same(other.ToString(null, CultureInfo.InvariantCulture)),
        _ => Same(value.ToString() ?? ""),
    };

    /// <summary>A floating-point number for people: <c>1,234.5</c>, <c>1.2E+30</c>.</summary>
    public static string NumberText(double number) => Math.Abs(number) is >= ExponentFrom or (> 0 and < 1e-6) || !double.IsFinite(number)
        ? number.ToString("G6", CultureInfo.InvariantCulture)
        : number.ToString(NumberFormat, CultureInfo.InvariantCulture);

    private static Cell Number(BigInteger number) => new(number.ToString("N0", CultureInfo.InvariantCulture), number.ToString(CultureInfo.InvariantCulture), IsNumber: true);

    private static Cell Floating(double number) => new(NumberText(number), number.ToString("R", CultureInfo.InvariantCulture), IsNumber: true);

    private static Cell Same(string text) => new(TerminalText.OneLine(text), text);
}
