using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace ChainWatch.Watching;

/// <summary>
/// A line of the alert log, and with it all lines before: whoever keeps one elsewhere (signed, time-stamped) can tell later
/// whether the log up to it is the one of then. Written <c>NUMBER:SHA256</c>.
/// </summary>
/// <param name="Number">The line's number, from 1; 0: before the first.</param>
/// <param name="Sha256">SHA-256 of the line with its LF, 64 lower-case hexadecimal digits; zeros before the first.</param>
public sealed record AlertHead(long Number, string Sha256)
{
    /// <summary>An empty log's head.</summary>
    public static AlertHead Empty { get; } = new(0, new string('0', 64));

    /// <summary>Reads <c>NUMBER:SHA256</c>.</summary>
    /// <exception cref="ChainWatchException">The text is not of that form.</exception>
    public static AlertHead Parse(string text) => TryParse(text, out AlertHead? head)
        ? head
        : throw new ChainWatchException($"'{text}' is no head of an alert log: expected NUMBER:SHA256, as 'chainwatch verify' prints it");

    /// <summary>Reads <c>NUMBER:SHA256</c>.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out AlertHead? head)
    {
        head = null;
        if (text?.Split(':') is [string number, { Length: 64 } sha256]
            && sha256.All(char.IsAsciiHexDigit)
            && long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long line))
        {
            head = new AlertHead(line, sha256.ToLowerInvariant());
        }

        return head is not null;
    }

    /// <summary><c>NUMBER:SHA256</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Number}:{Sha256}");
}
