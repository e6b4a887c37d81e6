using System.CommandLine;
using ChainWatch.Console.Arguments;
using ChainWatch.Console.Printing.Screen;
using ChainWatch.Lists;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch screen</c>: which list entries name these addresses?</summary>
internal static class ScreenCommand
{
    private const string Description = "Which list entries name these addresses? Exact matches only; an Ethereum-style address matches on every EVM chain.";

    private const string Lesson = """
        Example:
          chainwatch screen 0x098B716B8Aaf21512996dC57EB0615e2383E2f96
          chainwatch screen --file customers.csv --format csv --output screened.csv --resume

        Exit codes: 2 a match in force (designated, or attributed), 3 none but a list is older than --max-list-age
        or ends before --as-of, 0 none (or delisted only), 1 error.
        """;

    public static Command Create(Terminal terminal)
    {
        Argument<string[]> addresses = new("ADDRESS") { Description = "Addresses of any chain on the lists", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> file = new("--file")
        {
            Description = "A file of addresses: one a line, or a CSV with a column 'address'; a column 'ref' comes back in every row. Read as a stream",
            HelpName = "FILE",
        };
        Option<string?> folder = ListsArgument.Option();
        Option<DateOnly?> asOf = DateArgument.AsOf("What the lists said on this day. Default: each list's own date");
        Option<int?> maxListAge = NumberArgument.Option("--max-list-age", "DAYS", "A list that is older than this today makes an answer without a match incomplete", 0, 36500);
        Option<string> format = FormatArgument.Option("text", "json", "csv", "jsonl");
        Option<string?> output = OutputArgument.Option();
        Option<bool> resume = new("--resume") { Description = "Keep what is done beside --output (FILE.part), and go on there when the same command runs again" };
        TaughtCommand command = new("screen", Description, Lesson) { addresses, file, folder, asOf, maxListAge, format, output, resume };
        command.SetAction((parsed, cancellationToken) =>
        {
            string[] texts = parsed.GetValue(addresses) ?? [];
            if (texts.Length == 0 == parsed.GetValue(file) is null)
            {
                throw new ChainWatchException(texts.Length == 0 ? "screen: expected addresses, or --file FILE" : "screen: expected addresses or --file FILE, not both");
            }

            string form = parsed.GetRequiredValue(format);
            string? path = parsed.GetValue(file);
            string? target = parsed.GetValue(output);
            if (parsed.GetValue(resume) && (path is null || target is null || form is not ("csv" or "jsonl")))
            {
                throw new ChainWatchException("--resume goes on with a file of rows: expected --file, --output, and --format csv or jsonl");
            }

            OutputFile answer = OutputFile.Open(target, path is null ? [] : [path], terminal, cancellationToken);
            ListSet lists = ListChoice.Load(parsed.GetValue(folder));
            DateOnly? day = parsed.GetValue(asOf);
            ScreenRun run = new(lists, day, [.. ListReach.Beyond(lists.AddressLists, day), .. StaleLists(lists, terminal, parsed.GetValue(maxListAge))]);
            foreach (string stale in run.Stale)
            {
                terminal.Warn(stale);
            }

            ScreenBatch batch = new(terminal, run, form, cancellationToken);
            bool isInForce = parsed.GetValue(resume) ? batch.GoOn(path!, target!)
                : path is not null ? batch.Screen(path, answer)
                : batch.Screen(texts.Select(text => new ScreenedAddress(lists.Screen(text, day), "")).ToArray(), answer);
            return Task.FromResult(ExitCode.Of(isInForce, run.Stale.Count == 0));
        });
        return command;
    }

    private static string[] StaleLists(ListSet lists, Terminal terminal, int? maxDays) => maxDays is not int days
        ? []
        : [.. lists.AddressLists
            .Select(list => (list, Age: terminal.Today.DayNumber - list.AsOf.DayNumber))
            .Where(l => l.Age > days)
            .Select(l => $"list {l.list.Name} is of {Printing.Words.Day(l.list.AsOf)}, {Printing.Words.Count(l.Age, "day")} old: older than the {Printing.Words.Count(days, "day")} allowed")];
}
