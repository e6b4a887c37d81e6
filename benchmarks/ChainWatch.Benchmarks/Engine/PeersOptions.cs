using System.Globalization;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>What the command <c>peers</c> is asked to do.</summary>
internal sealed record PeersOptions
{
    private const int TransfersMin = 100_000; // Fewer have no 2,000 addresses to trace from.
    private const int TransfersMax = 200_000_000; // More do not fit an array's bytes.

    /// <summary>The folder of the graphs; each has a folder of its own in it, named by its size.</summary>
    public string Data { get; private init; } = "";

    /// <summary>How many transfers the graphs have, in the order asked.</summary>
    public IReadOnlyList<int> Sizes { get; private init; } = [];

    /// <summary>The peers to run, by name; empty: all.</summary>
    public IReadOnlyList<string> Only { get; private init; } = [];

    /// <summary>A graph of this size may be asked of every peer, even of those that by default stop at a smaller one.</summary>
    public int UpTo { get; private init; }

    /// <summary>Where the table goes as Markdown; null: nowhere.</summary>
    public string? Output { get; private init; }

    public static bool TryRead(string[] arguments, out PeersOptions options)
    {
        options = new PeersOptions();
        for (int i = 0; i + 1 < arguments.Length; i += 2)
        {
            string value = arguments[i + 1];
            string[] parts = value.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            int[] sizes = [.. parts.Select(SizeOf)];
            switch (arguments[i])
            {
                case "--data": options = options with { Data = value }; break;
                case "--sizes" when !sizes.Contains(0): options = options with { Sizes = sizes }; break;
                case "--only" when parts.All(PeersScript.IsName): options = options with { Only = parts }; break;
                case "--up-to" when sizes is [> 0]: options = options with { UpTo = sizes[0] }; break;
                case "--output": options = options with { Output = value }; break;
                default: return false;
            }
        }

        return arguments.Length % 2 == 0 && options.Data.Length > 0 && options.Sizes.Count > 0;
    }

    /// <summary>A size as it is written: 1M, 500k.</summary>
    public static string Text(int transfers) => transfers switch
    {
        _ when transfers % 1_000_000 == 0 => string.Create(CultureInfo.InvariantCulture, $"{transfers / 1_000_000}M"),
        _ when transfers % 1_000 == 0 => string.Create(CultureInfo.InvariantCulture, $"{transfers / 1_000}k"),
        _ => transfers.ToString(CultureInfo.InvariantCulture),
    };

    private static int SizeOf(string text)
    {
        long unit = text[^1] switch { 'M' or 'm' => 1_000_000, 'K' or 'k' => 1_000, _ => 1 };
        string digits = unit == 1 ? text : text[..^1];
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count * unit is >= TransfersMin and <= TransfersMax ? (int)(count * unit) : 0;
    }
}
