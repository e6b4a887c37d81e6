using System.Globalization;
using ChainWatch.Sources;

namespace ChainWatch.Tests.Sources;

public class UtcTimeTests
{
    private static readonly string[] Zones = ["", "Z", " UTC", "+02:00", "-05:30", "+14:59", "+15:00", "+1:00", "z"];
    private static readonly string[] Fractions = ["", "", ".5", ".1234567", ".12345678", "."];

    // The twin: what .NET reads, where the text has the form at all.
    [Fact]
    public void Times_AreThoseOfDotNet_OrNone()
    {
        Random random = new(7);
        int read = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string separator = random.Next(3) == 0 ? " " : "T";
            string time = $"{random.Next(0, 10_000):0000}-{random.Next(0, 14):00}-{random.Next(0, 33):00}{separator}{random.Next(0, 26):00}:{random.Next(0, 62):00}:{random.Next(0, 62):00}";
            string fraction = Fractions[random.Next(Fractions.Length)];
            string zone = Zones[random.Next(Zones.Length)];
            char[] text = (time + fraction + zone).ToCharArray();
            if (random.Next(4) == 0)
            {
                text[random.Next(text.Length)] = (char)random.Next(' ', 0x7F);
            }

            string written = new(text);
            bool isTime = TryParse(written, out DateTimeOffset expected);
            UtcTime.TryParse(System.Text.Encoding.UTF8.GetBytes(written), out DateTimeOffset found).ShouldBe(isTime, written);
            found.ShouldBe(isTime ? expected : default, written);
            read += isTime ? 1 : 0;
        }

        read.ShouldBeInRange(1_000, 19_000);
    }

    private static bool TryParse(string text, out DateTimeOffset time)
    {
        time = default;
        System.Text.RegularExpressions.Match match = System.Text.RegularExpressions.Regex.Match(
            text, @"\A([0-9]{4}-[0-9]{2}-[0-9]{2})[T ]([0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]{1,7})?(|Z| UTC|[+-][0-9]{2}:[0-9]{2})\z");
        if (!match.Success)
        {
            return false;
        }

        string zone = match.Groups[4].Value is "" or "Z" or " UTC" ? "+00:00" : match.Groups[4].Value;
        (int hours, int minutes) = (int.Parse(zone[1..3], CultureInfo.InvariantCulture), int.Parse(zone[4..], CultureInfo.InvariantCulture));
        string fraction = match.Groups[3].Value.Length == 0 ? ".0" : match.Groups[3].Value;
        if (hours > 14 || minutes > 59
            || !DateTime.TryParseExact($"{match.Groups[1].Value}T{match.Groups[2].Value}{fraction}", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTime local))
        {
            return false;
        }

        long ticks = local.Ticks - ((zone[0] == '-' ? -1 : 1) * ((hours * 60) + minutes) * TimeSpan.TicksPerMinute);
        bool isInRange = ticks >= 0 && ticks <= DateTime.MaxValue.Ticks;
        time = isInRange ? new DateTimeOffset(ticks, TimeSpan.Zero) : default;
        return isInRange;
    }
}
