using System.CommandLine;
using System.Globalization;

namespace ChainWatch.Console.Arguments;

/// <summary>Days, as YYYY-MM-DD.</summary>
internal static class DateArgument
{
    public static Option<DateOnly?> AsOf(string description) => Option("--as-of", description);

    public static Option<DateOnly?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DATE",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (TryParse(text, out DateOnly day))
            {
                return day;
            }

            result.AddError($"{name} '{text}': expected a day as YYYY-MM-DD");
            return null;
        },
    };

    public static bool TryParse(string text, out DateOnly day) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);
}
