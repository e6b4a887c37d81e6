using System.CommandLine;
using System.Globalization;

namespace ChainWatch.Console.Arguments;

/// <summary>Sizes of memory: a whole number and a unit, each 1024 times the one before.</summary>
internal static class SizeArgument
{
    private static readonly string[] Units = ["KB", "MB", "GB", "TB"];

    public static Option<long?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            int unit = Array.FindIndex(Units, u => text.EndsWith(u, StringComparison.OrdinalIgnoreCase));
            if (unit >= 0 && int.TryParse(text.AsSpan(0, text.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
                && number <= long.MaxValue >> (10 * (unit + 1)))
            {
                return (long)number << (10 * (unit + 1));
            }

            result.AddError($"{name} {text}: expected a size such as 512MB or 2GB");
            return null;
        },
    };
}
