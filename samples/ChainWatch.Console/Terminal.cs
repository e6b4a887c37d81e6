using System.Text;

namespace ChainWatch.Console;

/// <summary>Where a command writes, how wide and coloured, and the only clock: everything of the outside that it needs.</summary>
internal sealed class Terminal(Stream answers, TextWriter messages, TimeProvider clock) : IDisposable
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false);

    /// <summary>The width of what is no terminal: a file, a pipe. Hashes and addresses fit on a line.</summary>
    public const int DefaultWidth = 100;

    private const int WidthMin = 80;
    private const int WidthMax = 120;

    /// <summary>Standard output: answers alone.</summary>
    public TextWriter Answers { get; } = new StreamWriter(answers, Utf8, 1 << 16, leaveOpen: true) { NewLine = "\n" };

    /// <summary>The bytes below <see cref="Answers"/>.</summary>
    public Stream AnswerBytes { get; } = answers;

    /// <summary>Standard error: errors, warnings, progress.</summary>
    public TextWriter Messages { get; } = messages;

    /// <summary>Columns of the answer.</summary>
    public int Width { get; init; } = DefaultWidth;

    /// <summary>Whether the answer may be coloured.</summary>
    public bool Colour { get; init; }

    /// <summary>Whether progress is shown: only where somebody looks at it.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Ticks since some moment, for the time that a run took.</summary>
    public TimeProvider Clock { get; } = clock;

    /// <summary>Today, UTC.</summary>
    public DateOnly Today => DateOnly.FromDateTime(Clock.GetUtcNow().UtcDateTime);

    /// <summary>The terminal of this process.</summary>
    public static Terminal OfThisProcess()
    {
        bool isTerminal = !System.Console.IsOutputRedirected;
        // NO_COLOR: https://no-color.org
        bool colour = isTerminal
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        if (isTerminal)
        {
            System.Console.OutputEncoding = Utf8;
        }

        return new Terminal(
            System.Console.OpenStandardOutput(),
            new StreamWriter(System.Console.OpenStandardError(), Utf8) { NewLine = "\n", AutoFlush = true },
            TimeProvider.System)
        {
            Width = isTerminal ? Math.Clamp(System.Console.WindowWidth, WidthMin, WidthMax) : DefaultWidth,
            Colour = colour,
            ShowsProgress = isTerminal && colour && !System.Console.IsErrorRedirected,
        };
    }

    /// <summary>One line about something that does not stop the command.</summary>
    public void Warn(string message) => Messages.WriteLine($"warning: {OneLine.Of(message)}");

    /// <summary>The one line that tells why the command ends.</summary>
    public void Fail(string message) => Messages.WriteLine($"error: {OneLine.Of(message)}");

    public void Dispose()
    {
        try
        {
            Answers.Dispose();
        }
        catch (IOException)
        {
            // Whoever read the answer has gone, or its disk is full: told when it was flushed.
        }

        Messages.Dispose();
    }
}
