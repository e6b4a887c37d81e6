using ChainWatch.Lists;

namespace ChainWatch.Tracing;

/// <summary>Where a moment lies to the time in which an address stood on a sanctions list.</summary>
public enum ListingMoment
{
    /// <summary>Before the address came on.</summary>
    Before,

    /// <summary>While it was on.</summary>
    Inside,

    /// <summary>After it went off.</summary>
    After,

    /// <summary>The dates, known only to the day or within bounds, do not tell.</summary>
    Unknown,
}

/// <summary>Judges moments by the designations of one address.</summary>
internal static class ListingMoments
{
    /// <summary>
    /// Inside where any designation says so, else unknown where any leaves it open. Between two designations counts as after
    /// the first.
    /// </summary>
    public static ListingMoment Of(IReadOnlyList<Designation> designations, DateTimeOffset? time)
    {
        if (time is not DateTimeOffset moment)
        {
            return ListingMoment.Unknown;
        }

        DateOnly day = DateOnly.FromDateTime(moment.UtcDateTime);
        ListingMoment[] each = [.. designations.Select(d => Of(d, day))];
        return each.Contains(ListingMoment.Inside) ? ListingMoment.Inside
            : each.Contains(ListingMoment.Unknown) ? ListingMoment.Unknown
            : each.Contains(ListingMoment.After) ? ListingMoment.After
            : ListingMoment.Before;
    }

    // Lists give days, not hours: on the very day of a change it is not known whether the money moved before or after it.
    private static ListingMoment Of(Designation designation, DateOnly day)
    {
        Trilean on = HappenedBefore(designation.CameOn, day);
        Trilean off = designation.WentOff is DateBounds wentOff ? HappenedBefore(wentOff, day) : Trilean.No;
        return on == Trilean.No ? ListingMoment.Before
            : off == Trilean.Yes ? ListingMoment.After
            : on == Trilean.Yes && off == Trilean.No ? ListingMoment.Inside
            : ListingMoment.Unknown;
    }

    private static Trilean HappenedBefore(DateBounds date, DateOnly day) =>
        date.NotAfter < day ? Trilean.Yes
        : date.NotBefore > day ? Trilean.No
        : Trilean.Unknown;
}
