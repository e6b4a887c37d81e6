using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ChainWatch.Console.Arguments;
using ChainWatch.Console.Commands;

namespace ChainWatch.Console;

/// <summary>The console: takes a command line, answers on stdout, and tells every error in one line on stderr.</summary>
internal static class ConsoleApp
{
    private const string Description = "Did funds from OFAC-listed or Lazarus-attributed addresses come within N hops of this wallet, and can you prove it?";

    private const string Lesson = """
        Example:
          chainwatch screen 0x098B716B8Aaf21512996dC57EB0615e2383E2f96
          chainwatch trace --help

        Exit codes: 0 nothing found and complete, 1 error, 2 findings, 3 nothing found but incomplete.
        Answers go to stdout; errors, one line each, and progress go to stderr. CHAINWATCH_DEBUG=1 adds the details of an error.
        """;

    /// <summary>Runs a command line and returns its exit code.</summary>
    public static async Task<int> RunAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken = default)
    {
        try
        {
            int code = await RunCommandAsync(args, terminal, cancellationToken).ConfigureAwait(false);
            await terminal.Answers.FlushAsync(cancellationToken).ConfigureAwait(false);
            return code;
        }
        catch (InterruptedException e)
        {
            terminal.Fail(e.Message);
        }
        catch (OperationCanceledException)
        {
            terminal.Fail("interrupted");
        }
        catch (ChainWatchException e)
        {
            terminal.Fail(e.Message);
            Trace(e, terminal);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Files tell their own errors; mostly it is stdout that is left.
            terminal.Fail("reading or writing failed: whoever reads the answer has gone, the disk is full, or a folder may not be read (set CHAINWATCH_DEBUG=1 for the details)");
            Trace(e, terminal);
        }
#pragma warning disable CA1031 // The last resort: a defect is told in one line, too.
        catch (Exception e)
        {
            terminal.Fail($"internal error: {e.GetType().Name}: {e.Message} (set CHAINWATCH_DEBUG=1 for the details)");
            Trace(e, terminal);
        }
#pragma warning restore CA1031

        return ExitCode.Error;
    }

    private static async Task<int> RunCommandAsync(IReadOnlyList<string> args, Terminal terminal, CancellationToken cancellationToken)
    {
        // Not a RootCommand: that one is named after the program's file, which is not the command's name.
        HelpOption help = new();
        help.Action = new TeachingHelp((HelpAction)help.Action!, terminal.Width);
        TaughtCommand root = new("chainwatch", Description, Lesson)
        {
            help,
            new VersionOption { Action = new VersionLine() },
            ScreenCommand.Create(terminal),
            TraceCommand.Create(terminal),
            SourcesCommand.Create(terminal),
            BundleCommand.Create(terminal),
            GraphCommand.Create(terminal),
            ListsCommand.Create(terminal),
            WatchCommand.Create(terminal),
            OutboxCommand.Create(terminal),
            VerifyCommand.Create(terminal),
        };
        ParseResult parsed = root.Parse(args, new ParserConfiguration { EnablePosixBundling = false, ResponseFileTokenReplacer = null });
        bool asksForHelp = parsed.Action is TeachingHelp or VersionLine;
        string? problem = asksForHelp ? null
            : UnknownOptions.Problem(args, parsed.CommandResult.Command)
            ?? (parsed.Action is ParseErrorAction or null ? Problem(parsed) : null);
        if (problem is not null)
        {
            terminal.Fail($"{problem}{(problem.EndsWith('?') ? "" : ";")} see '{CommandLine(parsed)} --help'");
            return ExitCode.Error;
        }

        InvocationConfiguration invocation = new()
        {
            Output = terminal.Answers,
            Error = terminal.Messages,
            EnableDefaultExceptionHandler = false,
            ProcessTerminationTimeout = null,
        };
        return await parsed.InvokeAsync(invocation, cancellationToken).ConfigureAwait(false);
    }

    private static string Problem(ParseResult parsed)
    {
        Command command = parsed.CommandResult.Command;
        if (command.Subcommands.Count > 0)
        {
            string given = parsed.UnmatchedTokens.Count > 0 ? $"no command '{parsed.UnmatchedTokens[0]}'" : "no command";
            return $"{given}; expected one of {string.Join(", ", command.Subcommands.Select(c => c.Name))}";
        }

        return parsed.Errors.Count > 0 ? parsed.Errors[0].Message.TrimEnd('.') : "nothing to do";
    }

    private static string CommandLine(ParseResult parsed)
    {
        List<string> names = [];
        for (Command? command = parsed.CommandResult.Command; command is not null; command = command.Parents.OfType<Command>().FirstOrDefault())
        {
            names.Insert(0, command.Name);
        }

        return string.Join(' ', names);
    }

    private static void Trace(Exception error, Terminal terminal)
    {
        if (Environment.GetEnvironmentVariable("CHAINWATCH_DEBUG") == "1")
        {
            terminal.Messages.WriteLine(error);
        }
    }
}
