using System.CommandLine;
using System.Globalization;

namespace ChainWatch.Console.Arguments;

/// <summary>Whole numbers within bounds.</summary>
internal static class NumberArgument
{
    public static Option<int?> Option(string name, string helpName, string description, int least, int most) => new(name)
    {
        Description = description,
        HelpName = helpName,
        CustomParser = result =>
        {
            string text = result.Tokens[0].Value;
            if (int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) && number >= least && number <= most)
            {
                return number;
            }

            string range = most == int.MaxValue ? $"a whole number from {least}" : $"a whole number from {least} to {most}";
            result.AddError($"{name} {text}: expected {range}");
            return null;
        },
    };
}
