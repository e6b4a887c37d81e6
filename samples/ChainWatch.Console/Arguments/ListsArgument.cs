using System.CommandLine;

namespace ChainWatch.Console.Arguments;

/// <summary>The lists at hand: those inside this program, or a folder's.</summary>
internal static class ListsArgument
{
    public static Option<string?> Option() => new("--lists")
    {
        Description = "A folder of lists to use instead of the ones inside this program. Where it has no stops or no tokens, the program's own are used for those",
        HelpName = "DIR",
    };
}
