using System.CommandLine;
using ChainWatch.Console.Arguments;
using ChainWatch.Console.Printing;
using ChainWatch.Console.Printing.Trace;
using ChainWatch.Lists;
using ChainWatch.Reporting;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch trace</c>: did funds of a list reach a wallet within N hops?</summary>
internal static class TraceCommand
{
    private const string Description = "Did funds from these seeds reach these wallets within N hops? Without --to: which addresses did they reach?";

    private const string Lesson = """
        Example:
          chainwatch trace --from "list:ofac-sdn/Lazarus Group" --hops 3 --transfers transfers.csv.gz \
            --to 0x002c93452d54B6d64bfA9879fCaB14a74f1BDD44

        --format html --output report.html writes one page to look at, which loads nothing when it is opened.

        Exit codes: 2 an exposed wallet (without --to: any address beyond the seeds), 3 none found but incomplete,
        0 none found, 1 error.
        """;

    public static Command Create(Terminal terminal)
    {
        Option<string[]> from = SeedsArgument.Option();
        Option<string[]> to = WalletsArgument.Option("The watched wallets. Watching never changes a label", required: false);
        TraceRules rules = new();
        Option<Direction?> direction = DirectionArgument.Option();
        Option<string> format = FormatArgument.Option("text", "json", "csv", "jsonl", "markdown", "graphml", "html");
        Option<string?> output = OutputArgument.Option();
        TaughtCommand command = new("trace", Description, Lesson) { from, to };
        rules.AddTo(command);
        command.Add(direction);
        command.Add(format);
        command.Add(output);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            long start = terminal.Clock.GetTimestamp();
            if (parsed.GetRequiredValue(format) == "html")
            {
                // Before anything is fetched for an answer that could not be written.
                Report.RequireHtml();
            }

            string[] inputs = [.. parsed.GetRequiredValue(from), .. parsed.GetValue(to) ?? [], .. rules.Inputs(parsed)];
            OutputFile file = OutputFile.Open(parsed.GetValue(output), inputs, terminal, cancellationToken);
            ListSet lists = rules.Lists(parsed);
            IReadOnlyList<AddressList> seeds = SeedsArgument.Read(parsed.GetRequiredValue(from), lists);
            IReadOnlyDictionary<Address, string> wallets = WalletsArgument.Read(parsed.GetValue(to) ?? []);
            TraceResult result = await rules.AskAsync(parsed, terminal, lists, seeds, [.. wallets.Keys], parsed.GetValue(direction) ?? Direction.Received, inputs, cancellationToken).ConfigureAwait(false);
            RunInfo run = new() { AskedOn = terminal.Today, ToolVersion = ToolVersion.Program, TimeTaken = terminal.Clock.GetElapsedTime(start) };
            int code = Code(result, terminal);
            WarnOfGaps(result, terminal, parsed.GetRequiredValue(format));
            Write(result, wallets, run, parsed.GetRequiredValue(format), file, terminal);
            return code;
        });
        return command;
    }

    private static void Write(TraceResult result, IReadOnlyDictionary<Address, string> wallets, RunInfo run, string format, OutputFile output, Terminal terminal)
    {
        switch (format)
        {
            case "json":
                output.Write(stream => Report.WriteJson(result, stream, run));
                break;
            case "csv":
                output.WriteText(writer => Report.WriteCsv(result, writer));
                break;
            case "jsonl":
                output.Write(stream => BatchProgress.Run(terminal, output.IsStdout ? null : "writing", wallets.Count > 0 ? result.Findings.Count : result.Exposures.Count, 0, tell =>
                {
                    using LineCount lines = new(stream, tell);
                    Report.WriteJsonLines(result, lines, wallets);
                    return 0;
                }));
                break;
            case "markdown":
                output.WriteText(writer => Report.WriteMarkdown(result, writer, run));
                break;
            case "graphml":
                output.Write(stream => Report.WriteGraphMl(result, stream));
                break;
            case "html":
                output.Write(stream => Report.WriteHtml(result, stream, run));
                break;
            default:
                using (Page page = new(output.IsStdout ? terminal.Width : Terminal.DefaultWidth, terminal.Colour && output.IsStdout))
                {
                    TraceText.Write(page, result, wallets);
                    output.WriteText(page.WriteTo);
                }

                break;
        }
    }

    // CSV and GraphML have no place for what is missing, and JSON lines none where there is no line; the other formats say it themselves.
    private static void WarnOfGaps(TraceResult result, Terminal terminal, string format)
    {
        if (format is "csv" or "graphml" || (format is "jsonl" && result.Request.To.Count == 0))
        {
            foreach (string reason in result.Coverage.Gaps.Select(gap => gap.Detail).Concat(result.Findings.SelectMany(finding => finding.Reasons)).Distinct(StringComparer.Ordinal))
            {
                terminal.Warn($"incomplete: {reason}");
            }
        }
    }

    /// <summary>The exit code of an answer; what lists cannot know of the day asked is told on stderr.</summary>
    public static int Code(TraceResult result, Terminal terminal)
    {
        IReadOnlyList<string> beyond = ListReach.Beyond(result.Request);
        foreach (string reason in beyond)
        {
            terminal.Warn($"incomplete: {reason}");
        }

        bool found = result.Request.To.Count > 0
            ? result.Findings.Any(finding => finding.Verdict == Verdict.Exposed)
            : result.Exposures.Any(exposure => !exposure.IsSeed);
        bool isComplete = result.Request.To.Count > 0
            ? result.Findings.All(finding => finding.Verdict != Verdict.Incomplete)
            : result.IsComplete;
        return ExitCode.Of(found, isComplete && beyond.Count == 0);
    }
}
