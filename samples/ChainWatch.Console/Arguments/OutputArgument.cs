using System.CommandLine;

namespace ChainWatch.Console.Arguments;

/// <summary>The file that an answer goes to.</summary>
internal static class OutputArgument
{
    public static Option<string?> Option() => new("--output")
    {
        Description = "Write the answer to this file instead of stdout: whole, or not at all",
        HelpName = "FILE",
    };
}
