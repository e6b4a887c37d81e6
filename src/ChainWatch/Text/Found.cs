using System.Text;

namespace ChainWatch.Text;

/// <summary>Quotes what was found, for a message of one line: shortened, control characters escaped.</summary>
internal static class Found
{
    private const int CharsMax = 80;

    /// <summary>'TEXT'.</summary>
    public static string Quote(ReadOnlySpan<byte> utf8)
    {
        // Four bytes make at most one character more than is shown.
        string text = System.Text.Encoding.UTF8.GetString(utf8.Length > 4 * CharsMax ? utf8[..(4 * CharsMax)] : utf8);
        return $"'{OneLine(text.Length > CharsMax ? text[..CharsMax] + "…" : text)}'";
    }

    /// <summary>The text with its control characters escaped, so that it stays on one line.</summary>
    public static string OneLine(string text)
    {
        if (!text.Any(char.IsControl))
        {
            return text;
        }

        StringBuilder escaped = new(text.Length);
        foreach (char c in text)
        {
            _ = char.IsControl(c) ? escaped.Append(System.Globalization.CultureInfo.InvariantCulture, $"\\u{(int)c:X4}") : escaped.Append(c);
        }

        return escaped.ToString();
    }
}
