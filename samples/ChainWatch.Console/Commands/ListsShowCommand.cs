using System.CommandLine;
using ChainWatch.Console.Arguments;
using ChainWatch.Console.Printing;
using ChainWatch.Console.Printing.Lists;
using ChainWatch.Lists;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch lists show</c>: the lists at hand, or one of them.</summary>
internal static class ListsShowCommand
{
    private const string Description = "The lists at hand with version, date, count and SHA-256; with NAME what one list is and whom it names.";

    private const string Lesson = """
        Example:
          chainwatch lists show dprk-attributed
        """;

    public static Command Create(Terminal terminal)
    {
        Argument<string?> name = new("NAME") { Description = "The list", Arity = ArgumentArity.ZeroOrOne };
        Option<string?> folder = ListsArgument.Option();
        TaughtCommand command = new("show", Description, Lesson) { name, folder };
        command.SetAction(parsed =>
        {
            ListSet lists = ListChoice.Load(parsed.GetValue(folder));
            using Page page = new(terminal.Width, terminal.Colour);
            if (parsed.GetValue(name) is string one)
            {
                OneList.Write(page, lists, one);
                if (parsed.GetValue(folder) is string directory && lists.AddressLists.FirstOrDefault(list => list.Name.Equals(one, StringComparison.OrdinalIgnoreCase)) is AddressList list)
                {
                    OneList.WriteKept(page, new ListVersions(directory, list.Name));
                }
            }
            else
            {
                AllLists.Write(page, "Lists at hand", lists);
            }

            page.WriteTo(terminal.Answers);
            return ExitCode.NothingFound;
        });
        return command;
    }
}
