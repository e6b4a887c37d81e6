using System.CommandLine;
using ChainWatch.Console.Arguments;
using ChainWatch.Console.Printing;
using ChainWatch.Console.Printing.Lists;
using ChainWatch.Lists;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch lists import csv</c>: the user's own list of addresses.</summary>
internal static class ListsImportCsvCommand
{
    private const string Description = "Makes a list of your own from a CSV: attributions by you, or by the party you name. It is not a sanctions list, whatever it holds.";

    private static readonly string Lesson = $"""
        Columns: address; optional chain, entity, incident, role, may_seed (yes|no), stated_on, document,
        document_date, document_url, note.
        Roles: {string.Join(' ', RoleWords.All)}.
        Where may_seed is empty, all but service-deposit, broker, contract and victim start a trace.

        Example:
          chainwatch lists import csv case42.csv --name case-42 --title "Addresses of case 42" --output mylists
          chainwatch trace --lists mylists --from list:case-42 --hops 3 --transfers transfers.csv
        """;

    public static Command Create(Terminal terminal)
    {
        Argument<string> file = new("FILE") { Description = "The CSV, also gzipped" };
        Option<string> name = new("--name") { Description = "The list's name: lower-case letters, digits and hyphens", HelpName = "NAME", Required = true };
        Option<string> title = new("--title") { Description = "One line: what the list is", HelpName = "TEXT", Required = true };
        Option<string> output = new("--output") { Description = "The folder of lists to write to; the list's own folder NAME is made in it", HelpName = "DIR", Required = true };
        Option<string?> authority = new("--authority") { Description = "Who attributes the addresses. Default: user", HelpName = "WHO" };
        Option<AuthorityKind?> kind = AuthorityKindArgument.Option();
        Option<DateOnly?> asOf = DateArgument.AsOf("The day as of which the list speaks. Default: today");
        TaughtCommand command = new("csv", Description, Lesson) { file, name, title, output, authority, kind, asOf };
        command.SetAction(parsed =>
        {
            string path = parsed.GetRequiredValue(file);
            string listName = OwnList.CheckName(parsed.GetRequiredValue(name));
            DateOnly day = parsed.GetValue(asOf) ?? terminal.Today;
            Authority who = new(parsed.GetValue(kind) ?? AuthorityKind.User, parsed.GetValue(authority) ?? Authority.User.Name);
            AddressList list = new(listName, day, AttributionCsv.Read(path, listName, who, day));
            string folder = Path.Combine(parsed.GetRequiredValue(output), listName);
            OwnList own = new(folder, path);
            string version = own.NextVersion(list, who);
            ListDescription description = new()
            {
                Name = listName,
                Title = parsed.GetRequiredValue(title),
                Version = version,
                AsOf = day,
                Sources = [Path.GetFileName(path)],
                HowMade = "imported with 'chainwatch lists import csv'",
            };
            ListManifest manifest = own.Write(() => ListFolder.Write(folder, description, list.Entries));
            using Page page = new(terminal.Width, terminal.Colour);
            page.Title($"List {manifest.Name}, version {manifest.Version}: {Words.Count(manifest.Count, "entry", "entries")}");
            OneList.WriteEntries(page, list);
            page.WriteTo(terminal.Answers);
            return ExitCode.NothingFound;
        });
        return command;
    }
}
