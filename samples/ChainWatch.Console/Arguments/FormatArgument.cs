using System.CommandLine;

namespace ChainWatch.Console.Arguments;

/// <summary>The form of the answer.</summary>
internal static class FormatArgument
{
    public static Option<string> Option(params string[] formats)
    {
        string all = string.Join('|', formats);
        return new Option<string>("--format")
        {
            Description = "The form of the answer",
            HelpName = all,
            DefaultValueFactory = _ => formats[0],
            CustomParser = result =>
            {
                string text = result.Tokens[0].Value;
                if (!formats.Contains(text, StringComparer.Ordinal))
                {
                    result.AddError($"--format '{text}': expected one of {string.Join(", ", formats)}");
                }

                return text;
            },
        };
    }
}
