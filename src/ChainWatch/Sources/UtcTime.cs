namespace ChainWatch.Sources;

/// <summary>Times as files write them: ISO 8601 with seconds, <c>T</c> or a space, and UTC where no offset is given.</summary>
internal static class UtcTime
{
    private const int FractionDigitsMax = 7; // .NET's tick is 100 ns

    /// <summary>Reads <c>2025-02-21T14:29:47Z</c>, with a fraction or another offset too; the result is UTC.</summary>
    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset time)
    {
        time = default;
        if (text.Length < 19 || text[4] != '-' || text[7] != '-' || text[10] is not ((byte)'T' or (byte)' ') || text[13] != ':' || text[16] != ':'
            || !TryNumber(text[..4], out int year) || !TryNumber(text[5..7], out int month) || !TryNumber(text[8..10], out int day)
            || !TryNumber(text[11..13], out int hour) || !TryNumber(text[14..16], out int minute) || !TryNumber(text[17..19], out int second)
            || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59 || second > 59
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

        if (zone.Length != 6 || zone[0] is not ((byte)'+' or (byte)'-') || zone[3] != ':'
            || !TryNumber(zone[1..3], out int hours) || !TryNumber(zone[4..6], out int minutes) || hours > 14 || minutes > 59)
        {
            return false;
        }

        ticks = ((hours * 60) + minutes) * TimeSpan.TicksPerMinute * (zone[0] == '-' ? -1 : 1);
        return true;
    }

    private static bool TryNumber(ReadOnlySpan<byte> digits, out int number)
    {
        number = 0;
        foreach (byte digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
            {
                return false;
            }

            number = (10 * number) + digit - '0';
        }

        return true;
    }
}
