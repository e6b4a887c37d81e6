using System.CommandLine;
using ChainWatch.Console.Printing;
using ChainWatch.Console.Printing.Lists;
using ChainWatch.Lists;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch lists verify</c>: whether every list is what its manifest says.</summary>
internal static class ListsVerifyCommand
{
    private const string Description = "Reads every list whole and checks checksums, counts and each row against the manifests. Any difference is an error.";

    private const string Lesson = """
        Example:
          chainwatch lists verify ./lists
        """;

    public static Command Create(Terminal terminal)
    {
        Argument<string?> folder = new("DIR") { Description = "A folder of lists, or of one list. Default: the lists inside this program", Arity = ArgumentArity.ZeroOrOne };
        TaughtCommand command = new("verify", Description, Lesson) { folder };
        command.SetAction(parsed =>
        {
            ListSet lists = parsed.GetValue(folder) is string directory ? ListChoice.LoadFolder(directory) : ListSet.Embedded;
            using Page page = new(terminal.Width, terminal.Colour);
            AllLists.Write(page, "Verified: every list is what its manifest says", lists);
            page.WriteTo(terminal.Answers);
            return ExitCode.NothingFound;
        });
        return command;
    }
}
