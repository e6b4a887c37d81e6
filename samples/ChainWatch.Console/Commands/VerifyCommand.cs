using System.CommandLine;
using ChainWatch.Console.Printing;
using ChainWatch.Watching;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch verify</c>: whether a watcher's alerts are as they were written.</summary>
internal static class VerifyCommand
{
    private const string Lesson = """
        Example:
          chainwatch verify ./state
          chainwatch verify ./state --head 12:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae

        The last line printed is the log's head: NUMBER:SHA256. Keep it elsewhere, signed or time-stamped, and give it
        back with --head: that alone shows that nothing was cut off the log's end, and that it was not written anew.

        Exit codes: 0 every line is as it was written, 1 one is not: its number is in the message.
        """;

    public static Command Create(Terminal terminal)
    {
        Argument<string> folder = new("STATE-DIR") { Description = "The state folder of a watcher" };
        Option<string?> head = new("--head") { Description = "A head that was kept from before: the log must hold its line", HelpName = "NUMBER:SHA256" };
        TaughtCommand command = new("verify", "Reads the alert log of a state folder whole: the first line that was edited, removed, inserted or moved is an error", Lesson) { folder, head };
        command.SetAction((parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(folder);
            AlertLogSummary summary = AlertLog.Verify(path, parsed.GetValue(head) is string kept ? AlertHead.Parse(kept) : null, cancellationToken);
            using Page page = new(terminal.Width, terminal.Colour);
            page.Line($"{Path.Combine(path, AlertLog.FileName)}: {Words.Count(summary.Head.Number, "line")}: every one as it was written", 0, Styles.Strong);
            page.Line($"{Words.Count(summary.Standing, "alert")} standing; {Words.Number(summary.Raised)} raised and {Words.Number(summary.Withdrawn)} withdrawn in all, {Words.Count(summary.Notes, "note")} among the lines");
            page.Line($"head {summary.Head}");
            page.WriteTo(terminal.Answers);
            return Task.FromResult(ExitCode.NothingFound);
        });
        return command;
    }
}
