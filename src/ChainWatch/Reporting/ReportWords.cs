using System.Globalization;
using System.Text;
using ChainWatch.Heuristics;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting;

/// <summary>The words by which reports name values, the same in every format.</summary>
internal static class ReportWords
{
    /// <summary>An enumeration's value in lower case with hyphens: <c>NoOnwardTransfer</c> is <c>no-onward-transfer</c>.</summary>
    public static string Of<T>(T value) where T : struct, Enum
    {
        StringBuilder text = new();
        foreach (char c in value.ToString())
        {
            if (char.IsAsciiLetterUpper(c) && text.Length > 0)
            {
                text.Append('-');
            }

            text.Append(char.ToLowerInvariant(c));
        }

        return text.ToString();
    }

    // The two below stand in every row of big reports.
    public static string Of(Direction direction) => direction switch
    {
        Direction.Received => "received",
        Direction.Sent => "sent",
        _ => "both",
    };

    /// <summary>The rule's name; null for no CoinJoin.</summary>
    public static string? Of(CoinJoinRule rule) => rule == CoinJoinRule.None ? null : CoinJoins.NameOf(rule);

    public static string Of(ListingMoment moment) => moment switch
    {
        ListingMoment.Before => "before",
        ListingMoment.Inside => "inside",
        ListingMoment.After => "after",
        _ => "unknown",
    };

    public static string Of(PathOrder order) => order switch
    {
        PathOrder.Proven => "proven",
        PathOrder.SameTransaction => "same-transaction",
        _ => "assumed",
    };

    /// <summary>ISO 8601 in UTC, <c>2025-02-21T14:29:47Z</c>; a fraction of a second is written where there is one.</summary>
    public static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    public static string Date(DateOnly date) => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A date; null for the default, by which lists and statements without a date are marked.</summary>
    public static DateOnly? Known(DateOnly date) => date == DateOnly.MinValue ? null : date;

    /// <summary>A number in plain digits.</summary>
    public static string Plain(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>A number for people: <c>1,234,567</c>.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A count and its noun.</summary>
    public static string Count(long number, string singular, string plural) => $"{Number(number)} {(number == 1 ? singular : plural)}";
}
