using System.CommandLine;
using ChainWatch.Bundling;
using ChainWatch.Console.Arguments;
using ChainWatch.Console.Bundles;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch bundle</c>: a trace's answer with everything that it rests on, in one file.</summary>
internal static class BundleCommand
{
    private const string Description = "Traces, and writes one zip with the answer and everything that it rests on: an opposing expert can check it offline";

    private const string Lesson = """
        Example:
          chainwatch bundle --from "list:dprk-attributed/Bybit" --hops 3 --transfers bybit.csv.gz --output case-42.zip
          chainwatch bundle --from list:ofac-sdn --to 0x002c93452d54B6d64bfA9879fCaB14a74f1BDD44 --hops 2 \
            --ethereum http://127.0.0.1:8545 --since 21895000 --until 21896000 --output case-43.zip
          chainwatch verify case-42.zip

        In it: the report, the question, the lists, the transfer files byte for byte, or every answer of the endpoint with the
        transfers taken from them, proofs of Bitcoin transactions, and the SHA-256 of each file. What was written is verified
        before it takes its place. The number printed last stands for the whole bundle: sign it, or have it time-stamped.
        No key, password or path of an endpoint's URL is in a bundle; the addresses and paths of files that you give are.

        Exit codes, as of trace: 2 an exposed wallet (without --to: any address beyond the seeds), 3 none found but incomplete,
        0 none found, 1 error.
        """;

    public static Command Create(Terminal terminal)
    {
        Option<string[]> from = SeedsArgument.Option();
        Option<string[]> to = WalletsArgument.Option("The watched wallets. Watching never changes a label", required: false);
        TraceRules rules = new();
        Option<Direction?> direction = DirectionArgument.Option();
        Option<string> output = new("--output") { Description = "Write the bundle to this file: whole, or not at all", HelpName = "FILE.zip", Required = true };
        TaughtCommand command = new("bundle", Description, Lesson) { from, to };
        rules.AddTo(command);
        command.Add(direction);
        command.Add(output);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] seedTexts = [.. parsed.GetRequiredValue(from).Distinct(StringComparer.Ordinal)];
            string[] inputs = [.. seedTexts, .. parsed.GetValue(to) ?? [], .. rules.Inputs(parsed)];
            OutputFile file = OutputFile.Open(parsed.GetRequiredValue(output), inputs, terminal, cancellationToken);
            rules.Source.Check(parsed);
            rules.Source.CheckBundle(parsed);
            ListSet lists = rules.Lists(parsed);
            IReadOnlyList<AddressList> seeds = SeedsArgument.Read(seedTexts, lists);
            IReadOnlyDictionary<Address, string> wallets = WalletsArgument.Read(parsed.GetValue(to) ?? []);
            using Acquisition acquisition = new(file.Folder, terminal.Clock);
            (TransferGraph graph, TraceResult result) = await rules.AskAsync(
                parsed, terminal, lists, seeds, [.. wallets.Keys], parsed.GetValue(direction) ?? Direction.Received, inputs, acquisition, cancellationToken).ConfigureAwait(false);
            BundleMaker maker = new(rules, parsed, terminal);
            IReadOnlyList<BundleFile> files = await maker.FilesAsync(seedTexts, graph, result, acquisition, cancellationToken).ConfigureAwait(false);
            IReadOnlyList<string> checks = [];
            await file.WriteAsync(async (stream, path) =>
            {
                EvidenceBundle.Write(stream, files, cancellationToken);
                await stream.DisposeAsync().ConfigureAwait(false);
                checks = await BundleCheck.RunAsync(path, cancellationToken).ConfigureAwait(false);
            }).ConfigureAwait(false);
            BundleCheck.Write(terminal, $"{parsed.GetRequiredValue(output)}: written and verified", checks);
            return TraceCommand.Code(result, terminal);
        });
        return command;
    }
}
