using System.Globalization;

namespace ChainWatch.Notebooks;

/// <summary>Spans of time for people: the two largest units, cut and not rounded.</summary>
internal static class Duration
{
    /// <summary>The unit in which spans up to one of this length are best counted.</summary>
    public static (TimeSpan One, string Name) UnitOf(TimeSpan longest) => longest switch
    {
        _ when longest >= TimeSpan.FromDays(2) => (TimeSpan.FromDays(1), "days"),
        _ when longest >= TimeSpan.FromHours(2) => (TimeSpan.FromHours(1), "hours"),
        _ when longest >= TimeSpan.FromMinutes(2) => (TimeSpan.FromMinutes(1), "minutes"),
        _ => (TimeSpan.FromSeconds(1), "seconds"),
    };

    /// <summary><c>8 d 22 h</c>, <c>1 h 19 min</c>, <c>14 min 12 s</c>, <c>45 s</c>.</summary>
    public static string Of(TimeSpan span)
    {
        if (span < TimeSpan.Zero)
        {
            // The least span has no opposite.
            return "-" + Of(span == TimeSpan.MinValue ? TimeSpan.MaxValue : span.Negate());
        }

        return span switch
        {
            { Days: > 0 } => Two(span.Days, "d", span.Hours, "h"),
            { Hours: > 0 } => Two(span.Hours, "h", span.Minutes, "min"),
            { Minutes: > 0 } => Two(span.Minutes, "min", span.Seconds, "s"),
            _ => $"{Number(span.Seconds)} s",
        };
    }

    private static string Two(int first, string unit, int second, string smaller) => second == 0 ? $"{Number(first)} {unit}" : $"{Number(first)} {unit} {Number(second)} {smaller}";

    private static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
