using System.CommandLine;
using ChainWatch.Console.Arguments;
using ChainWatch.Console.Printing.Watch;
using ChainWatch.Hosting;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch watch</c>: tells within a block when listed funds are near. It runs what a hosted watch runs.</summary>
internal static class WatchCommand
{
    private const int AgeMaxByDefault = 7;
    private const int IntervalByDefault = 5;
    private const string Description = "Follows chains block by block, and tells when funds from these seeds come within N hops of these wallets, come closer, or are taken back by a reorganisation";

    private const string Lesson = """
        Example:
          chainwatch watch --from list:ofac-sdn --to customers.csv --hops 4 --ethereum http://127.0.0.1:8545 --state ./state

        The state folder holds every block that was read and every alert: end the command whenever you like, and start it
        again. Each event is told once. 'chainwatch verify STATE-DIR' checks the alerts. A webhook is signed with the
        secret in the variable CHAINWATCH_WEBHOOK_SECRET (at least 16 bytes); 'chainwatch outbox skip' goes past an alert
        that it refuses for good.

        Files of wallets, seeds and stops, and the folder of lists, are looked at again every interval: what changed is
        in force at once, and what is wrong with it is a warning, while what was read before stays in force.

        Exit codes of --once: 2 an alert stands that was told now, 3 none but a list is older than --max-list-age,
        0 none, 1 error. Without --once it runs until it is interrupted, and ends with 0.
        """;

    public static Command Create(Terminal terminal)
    {
        Option<string[]> from = SeedsArgument.Option();
        Option<string[]> to = WalletsArgument.Option("The watched wallets. Watching never changes a label", required: true);
        PathRules path = new();
        WatchSources sources = new();
        WebhookArgument webhook = new();
        Option<string> state = new("--state") { Description = "The folder that keeps blocks and alerts; made where it is missing", HelpName = "DIR", Required = true };
        Option<long?> since = new("--since") { Description = "The first block to read where the state holds none. Default: the newest", HelpName = "BLOCK" };
        Option<string[]> alertValues = MinValuesArgument.Option("--alert-value", "More value over a path that was told already is an alert from this much on. Default: it is none");
        Option<int?> confirmations = NumberArgument.Option("--confirmations", "N", "So many blocks, its own counted, must stand on a transfer before it is told. Default: 1", 1, WatchRequest.ConfirmationsMax);
        Option<int?> interval = NumberArgument.Option("--interval", "SECONDS", "How long to wait where nothing is new. Default: 5", 1, 3600);
        Option<int?> maxListAge = NumberArgument.Option("--max-list-age", "DAYS", "A list that is older than this makes an answer without an alert incomplete. Default: 7", 0, 36500);
        Option<bool> once = new("--once") { Description = "Read what there is by now, tell it, and end" };
        Option<string> format = FormatArgument.Option("text", "json");
        TaughtCommand command = new("watch", Description, Lesson) { from, to, path.Hops };
        sources.AddTo(command);
        command.Add(state);
        path.AddTo(command);
        command.Add(since);
        command.Add(alertValues);
        command.Add(confirmations);
        command.Add(interval);
        command.Add(maxListAge);
        webhook.AddTo(command);
        command.Add(once);
        path.AddListsTo(command);
        command.Add(format);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string[] walletsAsGiven = parsed.GetRequiredValue(to);
            string[] seeds = parsed.GetRequiredValue(from);
            IReadOnlyDictionary<Address, string> wallets = new Dictionary<Address, string>();
            IReadOnlyList<Chain> chains = [];
            WatchInputs inputs = new(
                Rules,
                () => [.. path.Inputs(parsed), .. SeedSelectors.Files(seeds)],
                () => [.. (wallets = WalletsArgument.Read(walletsAsGiven)).Keys],
                () => WalletsArgument.Files(walletsAsGiven));
            // What is wrong on the command line is told before a node is asked.
            _ = inputs.Wallets;
            TokenList tokens = Trace().Tokens;
            using TerminalLog log = new(terminal);
            using WatchSources.Opened opened = await sources.OpenAsync(parsed, terminal.Clock, cancellationToken).ConfigureAwait(false);
            chains = opened.Chains;
            using WebhookArgument.Opened hook = webhook.Open(parsed, terminal.Clock, log);
            AlertText text = new(terminal, parsed.GetRequiredValue(format) == "json", wallet => wallets.GetValueOrDefault(wallet), tokens);
            using WatchRunner runner = WatchRunner.Open(new WatchSetup
            {
                StateFolder = parsed.GetRequiredValue(state),
                Inputs = inputs,
                Sources = opened.Sources,
                Sinks = hook.Sinks,
                Told = text.Write,
                Interval = TimeSpan.FromSeconds(parsed.GetValue(interval) ?? IntervalByDefault),
                Limits = new WatchLimits { ListAgeDaysMax = parsed.GetValue(maxListAge) ?? AgeMaxByDefault },
                Clock = terminal.Clock,
                Loggers = log,
            });
            if (parsed.GetValue(once))
            {
                IReadOnlyList<Alert> told = await runner.CatchUpAsync(cancellationToken).ConfigureAwait(false);
                return ExitCode.Of(told.Any(a => !a.IsNote && runner.Watcher.Log.StateOf(a.Id) == AlertState.Raised), runner.Status.IsComplete);
            }

            try
            {
                await runner.RunAsync(cancellationToken).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Being told to end is how a service ends.
            }

            return ExitCode.NothingFound;

            TraceRequest Trace()
            {
                ListSet lists = path.Lists(parsed);
                return path.Read(parsed, lists, SeedsArgument.Read(seeds, lists), []);
            }

            WatchRequest Rules()
            {
                TraceRequest trace = Trace();
                return new WatchRequest
                {
                    Trace = path.On(parsed, trace, chains),
                    AlertValues = AssetAmounts.Read(parsed.GetValue(alertValues) ?? [], trace.Tokens, chains, "--alert-value"),
                    Confirmations = parsed.GetValue(confirmations) ?? 1,
                    Since = parsed.GetValue(since),
                };
            }
        });
        return command;
    }
}
