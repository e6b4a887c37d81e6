using System.CommandLine;
using ChainWatch.Lists;

namespace ChainWatch.Console.Arguments;

/// <summary>
/// Options that a command does not have. An option that takes several values would swallow them as such, and a question
/// that was not asked would be answered.
/// </summary>
internal static class UnknownOptions
{
    /// <summary>What is wrong with the first option that the command does not have; null where it has all.</summary>
    public static string? Problem(IEnumerable<string> args, Command command)
    {
        string[] names = [.. command.Options.SelectMany(option => option.Aliases.Append(option.Name)), "--help", "-h", "-?", "/?", "/h"];
        foreach (string arg in args.TakeWhile(arg => arg != "--").Where(IsOption))
        {
            string name = arg.Split('=', ':')[0];
            if (names.Contains(name, StringComparer.Ordinal) || (name == "--version" && command.Parents.FirstOrDefault() is null))
            {
                continue;
            }

            return $"unknown option '{name}'{NearestNames.Suggest(name, [.. names.Where(n => n.StartsWith("--", StringComparison.Ordinal))])}";
        }

        return null;
    }

    // -3 is a number.
    private static bool IsOption(string arg) => arg.Length > 1 && arg[0] == '-' && (arg[1] == '-' || char.IsAsciiLetter(arg[1]));
}
