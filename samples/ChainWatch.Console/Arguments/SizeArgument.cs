using System.CommandLine;
using System.Globalization;

namespace ChainWatch.Console.Arguments;

/// <summary>Sizes of memory: a whole number and K, M, G or T, each 1024 times the one before, with or without B.</summary>
internal static class SizeArgument
{
    private const string Units = "KMGT";

    public static Option<long?> Option(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "SIZE",
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            ReadOnlySpan<char> size = text.EndsWith("B", StringComparison.OrdinalIgnoreCase) ? text.AsSpan(0, text.Length - 1) : text;
            int unit = size.IsEmpty ? -1 : Units.IndexOf(char.ToUpperInvariant(size[^1]), StringComparison.Ordinal);
            if (unit >= 0 && int.TryParse(size[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out int number) && number > 0
                && number <= long.MaxValue >> (10 * (unit + 1)))
            {
                return (long)number << (10 * (unit + 1));
            }

            result.AddError($"{name} {text}: expected a size such as 512MB or 2GB");
            return null;
        },
    };
}
