namespace ChainWatch.Console.Tests;

/// <summary>A command line run in this process, with what it answered.</summary>
internal sealed record ConsoleRun(int Code, string Output, string Errors)
{
    /// <summary>The day that the console takes for today.</summary>
    public static readonly DateTimeOffset Now = new(2026, 9, 30, 12, 0, 0, TimeSpan.Zero);

    public static async Task<ConsoleRun> Of(params string[] args) => await AtWidth(Terminal.DefaultWidth, args);

    /// <summary>Delays before something is asked again take no time.</summary>
    public static async Task<ConsoleRun> WithoutDelays(params string[] args) => await On(new ImpatientClock(), Terminal.DefaultWidth, args);

    public static async Task<ConsoleRun> AtWidth(int width, params string[] args) => await On(new FixedClock(), width, args);

    private static async Task<ConsoleRun> On(TimeProvider clock, int width, string[] args)
    {
        using MemoryStream output = new();
        using StringWriter errors = new() { NewLine = "\n" };
        using Terminal terminal = new(output, errors, clock) { Width = width };
        int code = await ConsoleApp.RunAsync(args, terminal);
        terminal.Answers.Flush();
        return new ConsoleRun(code, System.Text.Encoding.UTF8.GetString(output.ToArray()), errors.ToString());
    }

    /// <summary>The rows of a CSV answer, by column; no field of these answers holds a comma within quotes where it is used.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, string>> Rows()
    {
        using CsvHelper.CsvReader reader = CsvHelper.CsvReader.Create(System.Text.Encoding.UTF8.GetBytes(Output), CsvHelper.CsvReaderOptions.Default with { Separator = ',' });
        reader.ReadHeader();
        string[] headers = [.. reader.Headers];
        List<IReadOnlyDictionary<string, string>> rows = [];
        while (reader.Read())
        {
            rows.Add(headers.ToDictionary(header => header, reader.GetString));
        }

        return rows;
    }

    /// <summary>Asserts an error: exit code 1, nothing on stdout, one line on stderr.</summary>
    public void ShouldFail(params string[] fragments)
    {
        Code.ShouldBe(1, Errors);
        Output.ShouldBeEmpty();
        Errors.ShouldStartWith("error: ");
        Errors.TrimEnd('\n').ShouldNotContain('\n');
        foreach (string fragment in fragments)
        {
            Errors.ShouldContain(fragment);
        }
    }

    /// <summary>Asserts an error whose one line is exactly this.</summary>
    public void ShouldFailWith(string line)
    {
        ShouldFail();
        Errors.ShouldBe($"error: {line}\n");
    }

    private class FixedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;

        public override long GetTimestamp() => 0;
    }
    // A delay is shorter than a minute, a time-out is not, and none runs out here.
    private sealed class ImpatientClock : FixedClock
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime < TimeSpan.FromMinutes(1) && dueTime > TimeSpan.Zero ? TimeSpan.Zero : Timeout.InfiniteTimeSpan, period);
    }
}
