namespace ChainWatch.Sources;

/// <summary>Times as files write them: ISO 8601 with seconds, <c>T</c> or a space, and UTC where no offset is given.</summary>
internal static class UtcTime
{
    private const int NoNumber = 100; // beyond any two digits
    private const int FractionDigitsMax = 7; // .NET's tick is 100 ns

    /// <summary>Reads <c>2025-02-21T14:29:47Z</c>, with a fraction or another offset too; the result is UTC.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        (int century, int yearOfCentury, int month, int day) = (Two(text), Two(text[2..]), Two(text[5..]), Two(text[8..]));
        (int hour, int minute, int second) = (Two(text[11..]), Two(text[14..]), Two(text[17..]));
        int year = (100 * century) + yearOfCentury;
        if (century >= NoNumber || yearOfCentury >= NoNumber || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour > 23 || minute > 59 || second > 59
            || !TryFraction(text[19..], out long ticks, out ReadOnlySpan<byte> zone)
            || !TryOffset(zone, out long offset))
        {
            return false;
        }

        long utc = new DateTime(year, month, day, hour, minute, second, DateTimeKind.Utc).Ticks + ticks - offset;
        if (utc < 0 || utc > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        time = new DateTimeOffset(utc, TimeSpan.Zero);
        return true;
    }

    private static bool TryFraction(ReadOnlySpan<byte> text, out long ticks, out ReadOnlySpan<byte> rest)
    {
        ticks = 0;
        rest = text;
        if (text.IsEmpty || text[0] != '.')
        {
            return true;
        }

        int digits = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        digits = digits < 0 ? text.Length - 1 : digits;
        rest = text[(1 + digits)..];
        for (int i = 1; i <= FractionDigitsMax; i++)
        {
            ticks = (10 * ticks) + (i <= digits ? text[i] - '0' : 0);
        }

        return digits is > 0 and <= FractionDigitsMax;
    }

    private static bool TryOffset(ReadOnlySpan<byte> zone, out long ticks)
    {
        ticks = 0;
        if (zone.IsEmpty || zone.SequenceEqual("Z"u8) || zone.SequenceEqual(" UTC"u8))
        {
            return true;
        }

        if (zone.Length != 6 || zone[0] is not ((byte)'+' or (byte)'-') || zone[3] != ':')
        {
            return false;
        }

        (int hours, int minutes) = (Two(zone[1..]), Two(zone[4..]));
        ticks = ((hours * 60) + minutes) * TimeSpan.TicksPerMinute * (zone[0] == '-' ? -1 : 1);
        return hours <= 14 && minutes <= 59;
    }

    // Two digits; NoNumber for anything else.
    private static int Two(ReadOnlySpan<byte> text)
    {
        (uint tens, uint ones) = ((uint)text[0] - '0', (uint)text[1] - '0');
        return tens > 9 || ones > 9 ? NoNumber : (int)((10 * tens) + ones);
    }
}
