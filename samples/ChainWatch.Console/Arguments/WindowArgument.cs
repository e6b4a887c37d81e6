using System.CommandLine;
using System.Globalization;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Arguments;

/// <summary>The part of history to look at: <c>--since</c> and <c>--until</c>, each a block or a day.</summary>
internal sealed class WindowArgument
{
    private readonly Option<string?> _since = new("--since")
    {
        Description = "Only transfers from this block, or from this day (UTC), on",
        HelpName = "BLOCK|DATE",
    };

    private readonly Option<string?> _until = new("--until")
    {
        Description = "Only transfers up to this block, or up to the end of this day (UTC)",
        HelpName = "BLOCK|DATE",
    };

    public void AddTo(Command command)
    {
        command.Add(_since);
        command.Add(_until);
    }

    public TraceWindow Read(ParseResult parsed)
    {
        (long? firstBlock, DateOnly? firstDay) = Read("--since", parsed.GetValue(_since));
        (long? lastBlock, DateOnly? lastDay) = Read("--until", parsed.GetValue(_until));
        if (firstBlock > lastBlock || firstDay > lastDay)
        {
            throw new ChainWatchException($"--since {parsed.GetValue(_since)} is after --until {parsed.GetValue(_until)}");
        }

        return new TraceWindow(
            firstBlock,
            lastBlock,
            firstDay is DateOnly first ? new DateTimeOffset(first, TimeOnly.MinValue, TimeSpan.Zero) : null,
            lastDay is DateOnly last ? new DateTimeOffset(last, TimeOnly.MaxValue, TimeSpan.Zero) : null);
    }

    private static (long? Block, DateOnly? Day) Read(string option, string? text) =>
        text is null ? (null, null)
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long block) ? (block, null)
        : DateArgument.TryParse(text, out DateOnly day) ? (null, day)
        : throw new ChainWatchException($"{option} '{text}': expected a block's height, or a day as YYYY-MM-DD");
}
