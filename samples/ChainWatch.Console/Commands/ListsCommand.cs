using System.CommandLine;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch lists</c>: what the lists are, whether they are whole, how two versions differ, how one is made.</summary>
internal static class ListsCommand
{
    public static Command Create(Terminal terminal) => new("lists", "The lists: show, verify, compare, import")
    {
        ListsShowCommand.Create(terminal),
        ListsVerifyCommand.Create(terminal),
        ListsDiffCommand.Create(terminal),
        new Command("import", "Make a list from a file")
        {
            ListsImportOfacCommand.Create(terminal),
            ListsImportCsvCommand.Create(terminal),
        },
    };
}
