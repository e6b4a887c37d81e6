using System.CommandLine;
using ChainWatch.Console.Arguments;
using ChainWatch.Console.Printing.Screen;
using ChainWatch.Lists;
using ChainWatch.Sources;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch screen</c>: which list entries name these addresses?</summary>
internal static class ScreenCommand
{
    private const string Description = "Which list entries name these addresses? Exact matches only; an Ethereum-style address matches on every EVM chain.";

    private const string Lesson = """
        Example:
          chainwatch screen 0x098B716B8Aaf21512996dC57EB0615e2383E2f96

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
        Option<string> format = FormatArgument.Option("text", "json", "csv");
        TaughtCommand command = new("screen", Description, Lesson) { addresses, file, folder, asOf, maxListAge, format };
        command.SetAction((parsed, cancellationToken) =>
        {
            string[] texts = parsed.GetValue(addresses) ?? [];
            if (texts.Length == 0 == parsed.GetValue(file) is null)
            {
                throw new ChainWatchException(texts.Length == 0 ? "screen: expected addresses, or --file FILE" : "screen: expected addresses or --file FILE, not both");
            }

            ListSet lists = ListChoice.Load(parsed.GetValue(folder));
            DateOnly? day = parsed.GetValue(asOf);
            IEnumerable<ScreenedAddress> screened = parsed.GetValue(file) is string path
                ? Screen(path, lists, day)
                : [.. texts.Select(text => new ScreenedAddress(lists.Screen(text, day), ""))];
            ScreenRun run = new(lists, day, [.. ListReach.Beyond(lists.AddressLists, day), .. StaleLists(lists, terminal, parsed.GetValue(maxListAge))]);
            foreach (string stale in run.Stale)
            {
                terminal.Warn(stale);
            }

            return Task.FromResult(Write(parsed.GetRequiredValue(format), terminal, run, screened, cancellationToken));
        });
        return command;
    }

    private static int Write(string format, Terminal terminal, ScreenRun run, IEnumerable<ScreenedAddress> screened, CancellationToken cancellationToken)
    {
        using IScreenWriter writer = format switch
        {
            "csv" => new ScreenCsv(terminal),
            "json" => new ScreenJson(terminal, run),
            _ => new ScreenText(terminal, run),
        };
        bool isInForce = false;
        foreach (ScreenedAddress address in screened)
        {
            cancellationToken.ThrowIfCancellationRequested();
            writer.Write(address);
            isInForce |= address.Screening.IsInForce;
        }

        writer.Finish();
        return ExitCode.Of(isInForce, run.Stale.Count == 0);
    }

    private static IEnumerable<ScreenedAddress> Screen(string path, ListSet lists, DateOnly? day)
    {
        // Of a file that can be read twice nothing is answered before all of it is known to be well-formed.
        if (File.Exists(path) && IsReadableTwice(path))
        {
            foreach (AddressRow _ in AddressFile.Read(path, asListed: lists.FindAsListed))
            {
            }
        }

        return AddressFile.Read(path, asListed: lists.FindAsListed).Select(row => new ScreenedAddress(lists.Screen(row.Address, day), row.Ref ?? ""));
    }

    private static bool IsReadableTwice(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            return stream.CanSeek;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string[] StaleLists(ListSet lists, Terminal terminal, int? maxDays) => maxDays is not int days
        ? []
        : [.. lists.AddressLists
            .Select(list => (list, Age: terminal.Today.DayNumber - list.AsOf.DayNumber))
            .Where(l => l.Age > days)
            .Select(l => $"list {l.list.Name} is of {Printing.Words.Day(l.list.AsOf)}, {Printing.Words.Count(l.Age, "day")} old: older than the {Printing.Words.Count(days, "day")} allowed")];
}
