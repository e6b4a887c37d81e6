using System.CommandLine;
using ChainWatch.Console.Bundles;
using ChainWatch.Console.Printing;
using ChainWatch.Watching;

namespace ChainWatch.Console.Commands;

/// <summary><c>chainwatch verify</c>: whether an evidence bundle, or a watcher's alerts, are as they were written.</summary>
internal static class VerifyCommand
{
    private const string Lesson = """
        Example:
          chainwatch verify case-42.zip
          chainwatch verify ./state
          chainwatch verify ./state --head 12:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae

        A bundle: every byte is checked, the whole report is derived again from the bundle's other files and compared byte for
        byte, the transfers are taken again from the endpoint's answers, and proofs of Bitcoin transactions are followed to the
        block hashes. Nobody is asked. The last line printed stands for the whole bundle: compare it with the one that was
        signed or time-stamped, since whoever can write the whole bundle anew can make its checksums anew.

        A state folder: the last line printed is the log's head: NUMBER:SHA256. Keep it elsewhere, signed or time-stamped, and
        give it back with --head: that alone shows that nothing was cut off the log's end, and that it was not written anew.

        Exit codes: 0 everything is as it was written, 1 something is not: the file or the line is in the message.
        """;

    public static Command Create(Terminal terminal)
    {
        Argument<string> target = new("FILE.zip|STATE-DIR") { Description = "An evidence bundle, or the state folder of a watcher" };
        Option<string?> head = new("--head") { Description = "A head of a state folder's log that was kept from before: the log must hold its line", HelpName = "NUMBER:SHA256" };
        TaughtCommand command = new("verify", "Checks an evidence bundle, or the alert log of a state folder, from the first byte to the last: what was changed is named", Lesson) { target, head };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            string path = parsed.GetRequiredValue(target);
            if (IsBundle(path))
            {
                if (parsed.GetValue(head) is not null)
                {
                    throw new ChainWatchException($"--head goes with the state folder of a watcher, and {path} is a file");
                }

                IReadOnlyList<string> checks = await BundleCheck.RunAsync(path, cancellationToken).ConfigureAwait(false);
                BundleCheck.Write(terminal, $"{path}: everything holds", checks);
            }
            else
            {
                WriteLog(terminal, path, parsed.GetValue(head), cancellationToken);
            }

            return ExitCode.NothingFound;
        });
        return command;
    }

    // A log that was given in its folder's place is told so, as before there were bundles.
    private static bool IsBundle(string path) => Path.GetFileName(path) != AlertLog.FileName && (File.Exists(path) || (!Directory.Exists(path) && path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)));

    private static void WriteLog(Terminal terminal, string path, string? head, CancellationToken cancellationToken)
    {
        using Page page = new(terminal.Width, terminal.Colour);
        AlertLogSummary summary = AlertLog.Verify(path, head is null ? null : AlertHead.Parse(head), cancellationToken);
        page.Line($"{Path.Combine(path, AlertLog.FileName)}: {Words.Count(summary.Head.Number, "line")}: every one as it was written", 0, Styles.Strong);
        page.Line($"{Words.Count(summary.Standing, "alert")} standing; {Words.Number(summary.Raised)} raised and {Words.Number(summary.Withdrawn)} withdrawn in all, {Words.Count(summary.Notes, "note")} among the lines");
        page.Line($"head {summary.Head}");
        page.WriteTo(terminal.Answers);
    }
}
