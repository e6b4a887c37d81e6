using System.CommandLine;
using ChainWatch.Console.Printing;
using ChainWatch.Console.Printing.Lists;
using ChainWatch.Lists;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch lists diff</c>: how two versions differ.</summary>
internal static class ListsDiffCommand
{
    private const string Description = "What came on, what went off and what changed between two versions. Exit code 0 whether or not they differ.";

    private const string Lesson = """
        Example:
          chainwatch lists diff old/ofac-sdn new/ofac-sdn
        """;

    public static Command Create(Terminal terminal)
    {
        Argument<string> before = new("A") { Description = "The older version: a folder of lists, or of one list" };
        Argument<string> after = new("B") { Description = "The newer version" };
        TaughtCommand command = new("diff", Description, Lesson) { before, after };
        command.SetAction(parsed =>
        {
            using Page page = new(terminal.Width, terminal.Colour);
            DiffText.Write(page, ListChoice.LoadFolder(parsed.GetRequiredValue(before)), ListChoice.LoadFolder(parsed.GetRequiredValue(after)));
            page.WriteTo(terminal.Answers);
            return ExitCode.NothingFound;
        });
        return command;
    }
}
