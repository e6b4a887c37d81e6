using System.CommandLine;
using ChainWatch.Watching;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch outbox skip</c>: goes past an alert that a sink refuses for good.</summary>
internal static class OutboxSkipCommand
{
    private const string Description = "Goes past the first alert that a sink has not accepted: it is not sent there again, and what follows is. outbox.json keeps that it was skipped, and the log keeps the alert";

    private const string Lesson = """
        Example:
          chainwatch outbox skip ./state webhook 7

        For an alert that a receiver refuses for good, as the watch's error says with its line; end the watch first. One
        line at a time, and by its number: what was not accepted is never passed over by mistake. Exit code 0 it was
        skipped, 1 nothing was.
        """;

    public static Command Create(Terminal terminal)
    {
        Argument<string> state = new("STATE-DIR") { Description = "The watch's state folder" };
        Argument<string> sink = new("SINK") { Description = "The sink's name in outbox.json; of --webhook: webhook" };
        Argument<long> number = new("NUMBER") { Description = "The alert's line in alerts.jsonl: the first that the sink has not accepted" };
        TaughtCommand command = new("skip", Description, Lesson) { state, sink, number };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(state);
            if (!File.Exists(Path.Combine(folder, AlertLog.FileName)))
            {
                throw ChainWatchException.At(folder, 0, null, $"holds no {AlertLog.FileName}; expected a watch's state folder");
            }

            string name = parsed.GetRequiredValue(sink);
            // Whoever holds the log holds the outbox: a watch that runs is not disturbed.
            using AlertLog log = AlertLog.Open(folder);
            using AlertOutbox outbox = AlertOutbox.Open(log);
            LoggedAlert skipped = outbox.Skip(name, parsed.GetRequiredValue(number));
            terminal.Answers.WriteLine($"skipped: line {skipped.Number} of {AlertLog.FileName}, {(skipped.Alert.State == AlertState.Raised ? "raised" : "withdrawn")} of {skipped.Alert.Wallet}, id {skipped.Alert.Id}, is not sent to '{name}' again; outbox.json says so");
            return ExitCode.NothingFound;
        });
        return command;
    }
}
