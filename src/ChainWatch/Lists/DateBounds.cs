using System.Globalization;

namespace ChainWatch.Lists;

/// <summary>A date known only within bounds: the event lies on one of the days from <paramref name="NotBefore"/> to <paramref name="NotAfter"/>.</summary>
/// <param name="NotBefore">The first possible day; null where nothing bounds it from below.</param>
/// <param name="NotAfter">The last possible day; null where nothing bounds it from above.</param>
public readonly record struct DateBounds(DateOnly? NotBefore, DateOnly? NotAfter)
{
    /// <summary>An exactly known day.</summary>
    public static DateBounds On(DateOnly day) => new(day, day);

    /// <summary>Whether the event had happened by the end of a day.</summary>
    public Trilean HappenedBy(DateOnly day) =>
        NotAfter <= day ? Trilean.Yes
        : NotBefore > day ? Trilean.No
        : Trilean.Unknown;

    /// <summary><c>2022-04-14</c>, or <c>2022-09-16..2022-11-09</c> where only bounds are known, or an open end as <c>..2022-01-04</c>.</summary>
    public override string ToString() => NotBefore is not null && NotBefore == NotAfter
        ? Text(NotBefore)
        : $"{Text(NotBefore)}..{Text(NotAfter)}";

    private static string Text(DateOnly? date) => date?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";
}
