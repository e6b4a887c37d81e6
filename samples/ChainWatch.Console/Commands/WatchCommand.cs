using System.Collections.Concurrent;
using System.CommandLine;
using ChainWatch.Console.Arguments;
using ChainWatch.Console.Printing.Watch;
using ChainWatch.Hosting;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch watch</c>: tells within a block that listed funds are near.</summary>
internal static class WatchCommand
{
    // No command line (and no history of the shell) holds it.
    private const string SecretVariable = "CHAINWATCH_WEBHOOK_SECRET";
    private const int AgeMaxByDefault = 7;
    private const int IntervalByDefault = 5;
    private const int PauseMax = 60;
    private const string Description = "Follows chains block by block, and tells when funds from these seeds come within N hops of these wallets, come closer, or are taken back by a reorganisation";

    private const string Lesson = """
        Example:
          chainwatch watch --from list:ofac-sdn --to customers.csv --hops 4 --ethereum http://127.0.0.1:8545 --state ./state

        The state folder holds every block that was read and every alert: end the command whenever you like, and start it
        again. Each event is told once. 'chainwatch verify STATE-DIR' checks the alerts. A webhook is signed with the
        secret in the variable CHAINWATCH_WEBHOOK_SECRET (at least 16 bytes).

        Exit codes of --once: 2 an alert stands that was told now, 3 none but a list is older than --max-list-age,
        0 none, 1 error. Without --once it runs until it is interrupted.
        """;

    public static Command Create(Terminal terminal)
    {
        Option<string[]> from = SeedsArgument.Option();
        Option<string[]> to = WalletsArgument.Option("The watched wallets. Watching never changes a label", required: true);
        PathRules path = new();
        WatchSources sources = new();
        Option<string> state = new("--state") { Description = "The folder that keeps blocks and alerts; made where it is missing", HelpName = "DIR", Required = true };
        Option<long?> since = new("--since") { Description = "The first block to read where the state holds none. Default: the newest", HelpName = "BLOCK" };
        Option<string[]> alertValues = MinValuesArgument.Option("--alert-value", "More value over a path that was told already is an alert from this much on. Default: it is none");
        Option<int?> confirmations = NumberArgument.Option("--confirmations", "N", "So many blocks, its own counted, must stand on a transfer before it is told. Default: 1", 1, WatchRequest.ConfirmationsMax);
        Option<int?> interval = NumberArgument.Option("--interval", "SECONDS", "How long to wait where nothing is new. Default: 5", 1, 3600);
        Option<int?> maxListAge = NumberArgument.Option("--max-list-age", "DAYS", "A list that is older than this makes an answer without an alert incomplete. Default: 7", 0, 36500);
        Option<string?> webhook = new("--webhook") { Description = "Send every alert there, signed, until it is accepted", HelpName = "URL" };
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
        command.Add(webhook);
        command.Add(once);
        path.AddListsTo(command);
        command.Add(format);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            ListSet lists = path.Lists(parsed);
            IReadOnlyDictionary<Address, string> wallets = WalletsArgument.Read(parsed.GetRequiredValue(to));
            TraceRequest trace = path.Read(parsed, lists, SeedsArgument.Read(parsed.GetRequiredValue(from), lists), [.. wallets.Keys]);
            using WatchSources.Opened opened = await sources.OpenAsync(parsed, terminal.Clock, cancellationToken).ConfigureAwait(false);
            WatchRequest request = new()
            {
                Trace = path.On(parsed, trace, opened.Chains),
                AlertValues = AssetAmounts.Read(parsed.GetValue(alertValues) ?? [], trace.Tokens, opened.Chains, "--alert-value"),
                Confirmations = parsed.GetValue(confirmations) ?? 1,
                Since = parsed.GetValue(since),
            };
            bool isFresh = WarnOfAge(trace, terminal, parsed.GetValue(maxListAge) ?? AgeMaxByDefault);
            using Watcher watcher = Watcher.Open(parsed.GetRequiredValue(state), request, opened.Sources);
            AlertText text = new(terminal, parsed.GetRequiredValue(format) == "json", wallets, trace.Tokens);
            using WatchDelivery delivery = WatchDelivery.Open(parsed.GetValue(webhook), SecretVariable, watcher.Log, terminal.Clock);
            if (parsed.GetValue(once))
            {
                IReadOnlyList<Alert> told = await watcher.CatchUpAsync(cancellationToken).ConfigureAwait(false);
                text.Write(told);
                await delivery.DrainAsync(cancellationToken).ConfigureAwait(false);
                return ExitCode.Of(told.Any(a => !a.IsNote && watcher.Log.StateOf(a.Id) == AlertState.Raised), isFresh);
            }

            await RunAsync(watcher, text, delivery, TimeSpan.FromSeconds(parsed.GetValue(interval) ?? IntervalByDefault), terminal, cancellationToken).ConfigureAwait(false);
            return ExitCode.NothingFound;
        });
        return command;
    }

    // An endpoint that is gone, or a disk that is full, is told and tried again: the state stands as it is.
    private static async Task RunAsync(Watcher watcher, AlertText text, WatchDelivery delivery, TimeSpan interval, Terminal terminal, CancellationToken cancellationToken)
    {
        delivery.Start(cancellationToken);
        ConcurrentDictionary<IChainSource, (string Problem, TimeSpan Pause)> failing = [];
        async Task WaitAsync(WatchPause pause, CancellationToken token)
        {
            TimeSpan wait = interval;
            if (pause.Problem is null)
            {
                failing.TryRemove(pause.Source, out _);
            }
            else
            {
                if (failing.TryGetValue(pause.Source, out (string Problem, TimeSpan Pause) last))
                {
                    wait = TimeSpan.FromSeconds(Math.Min(PauseMax, 2 * last.Pause.TotalSeconds));
                }

                if (last.Problem != pause.Problem.Message)
                {
                    terminal.Warn(pause.Problem.Message);
                }

                failing[pause.Source] = (pause.Problem.Message, wait);
            }

            await Task.Delay(wait, terminal.Clock, token).ConfigureAwait(false);
        }

        await foreach (Alert alert in watcher.WatchAsync(WaitAsync, cancellationToken).ConfigureAwait(false))
        {
            text.Write([alert]);
            delivery.Wake();
        }
    }

    private static bool WarnOfAge(TraceRequest request, Terminal terminal, int daysMax)
    {
        AddressList[] old = [.. request.From.Where(l => l.Manifest is not null && terminal.Today.DayNumber - l.AsOf.DayNumber > daysMax)];
        foreach (AddressList list in old)
        {
            terminal.Warn($"incomplete: the list {list.Name} is of {Printing.Words.Day(list.AsOf)}, more than {Printing.Words.Count(daysMax, "day")} ago; see 'chainwatch lists update --help'");
        }

        return old.Length == 0;
    }
}
