using Spectre.Console;

namespace ChainWatch.Console.Printing;

/// <summary>How far a run over many inputs is, with the time left, on stderr while somebody looks at it.</summary>
internal static class BatchProgress
{
    private const int Step = 1 << 10;

    /// <summary>Runs the work, which tells of each input that is done.</summary>
    /// <param name="terminal">Who looks.</param>
    /// <param name="title">What is done, such as <c>screening</c>; null: nothing is shown, as where the answer goes to the same screen.</param>
    /// <param name="total">How many inputs there are; null: not known.</param>
    /// <param name="done">How many are done already.</param>
    /// <param name="work">The work.</param>
    public static T Run<T>(Terminal terminal, string? title, long? total, long done, Func<Action, T> work)
    {
        if (title is null || !terminal.ShowsProgress)
        {
            return work(() => { });
        }

        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(terminal.Messages), Interactive = InteractionSupport.Yes });
        return console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .Start(context =>
            {
                ProgressTask task = context.AddTask(Title(done), maxValue: total ?? double.MaxValue);
                task.IsIndeterminate = total is null;
                task.Value = done;
                long count = done;
                return work(() =>
                {
                    if (++count % Step == 0)
                    {
                        task.Value = count;
                        task.Description = Title(count);
                    }
                });
            });

        string Title(long count) => total is long all ? $"{title} {Words.Number(count)} of {Words.Number(all)}" : $"{title} {Words.Number(count)}";
    }
}
