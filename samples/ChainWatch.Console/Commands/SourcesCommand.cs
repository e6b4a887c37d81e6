using System.CommandLine;
using ChainWatch.Console.Arguments;
using ChainWatch.Console.Printing;
using ChainWatch.Console.Printing.Sources;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch sources</c>: where a wallet's funds came from, without naming seeds.</summary>
internal static class SourcesCommand
{
    private const string Description = "Where did these wallets' funds come from? Every address whose funds reached them within N hops, with its labels and list entries.";

    private const string Lesson = """
        Example:
          chainwatch sources --to 0x002c93452d54B6d64bfA9879fCaB14a74f1BDD44 --hops 2 --transfers transfers.csv.gz

        Exit codes: 2 a source that a list names (in force), 3 none but incomplete, 0 none, 1 error.
        """;

    public static Command Create(Terminal terminal)
    {
        Option<string[]> to = WalletsArgument.Option("The wallets, each answered apart", required: true);
        TraceRules rules = new();
        Option<string> format = FormatArgument.Option("text", "csv", "json");
        Option<string?> output = OutputArgument.Option();
        TaughtCommand command = new("sources", Description, Lesson) { to };
        rules.AddTo(command);
        command.Add(format);
        command.Add(output);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] inputs = [.. parsed.GetRequiredValue(to), .. rules.Inputs(parsed)];
            OutputFile file = OutputFile.Open(parsed.GetValue(output), inputs, terminal, cancellationToken);
            ListSet lists = rules.Lists(parsed);
            AddressList[] wallets = [.. WalletsArgument.Read(parsed.GetRequiredValue(to)).Keys.Select(wallet => AddressList.Of(wallet.ToString(), wallet))];

            // Who reached the wallet: the wallet as the list, on the reversed chain.
            TraceResult result = await rules.AskAsync(parsed, terminal, lists, wallets, [], Direction.Sent, inputs, cancellationToken).ConfigureAwait(false);
            SourcesAnswer answer = new(result);
            foreach (string reason in answer.BeyondLists)
            {
                terminal.Warn($"incomplete: {reason}");
            }

            Write(answer, parsed.GetRequiredValue(format), file, terminal);
            return ExitCode.Of(answer.Sources.Any(source => source.IsListed), answer.IsComplete);
        });
        return command;
    }

    private static void Write(SourcesAnswer answer, string format, OutputFile output, Terminal terminal)
    {
        switch (format)
        {
            case "csv":
                output.WriteText(writer => SourcesCsv.Write(writer, answer));
                break;
            case "json":
                output.Write(stream => SourcesJson.Write(stream, answer));
                break;
            default:
                using (Page page = new(output.IsStdout ? terminal.Width : Terminal.DefaultWidth, terminal.Colour && output.IsStdout))
                {
                    SourcesText.Write(page, answer);
                    output.WriteText(page.WriteTo);
                }

                break;
        }
    }
}
