using System.CommandLine;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch lists</c>: what the lists are, whether they are whole, how two versions differ, how one is made or brought up to date.</summary>
internal static class ListsCommand
{
    public static Command Create(Terminal terminal) => new("lists", "The lists: show, verify, compare, update, import")
    {
        ListsShowCommand.Create(terminal),
        ListsVerifyCommand.Create(terminal),
        ListsDiffCommand.Create(terminal),
        new Command("update", "Download the newest version of a list")
        {
            ListsUpdateOfacCommand.Create(terminal),
        },
        new Command("import", "Make a list from a file")
        {
            ListsImportOfacCommand.Create(terminal),
            ListsImportCsvCommand.Create(terminal),
        },
    };
}
