using System.Globalization;
using System.Text;

namespace ChainWatch.Notebooks;

/// <summary>Text as a terminal shows it: one line, without control characters, measured in columns and cut between characters.</summary>
/// <remarks>Wide characters take two columns: Unicode Standard Annex 11, its classes W and F, in ranges.</remarks>
internal static class TerminalText
{
    private const string Ellipsis = "…";
    private const char Replacement = '\uFFFD';
    private const int EmojiSelector = 0xFE0F;

    private static readonly (int First, int Last)[] Wide =
    [
        (0x1100, 0x115F), (0x231A, 0x231B), (0x2E80, 0x303E), (0x3041, 0x33FF), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xA000, 0xA4CF), (0xA960, 0xA97F),
        (0xAC00, 0xD7A3), (0xF900, 0xFAFF), (0xFE30, 0xFE6F), (0xFF01, 0xFF60), (0xFFE0, 0xFFE6), (0x17000, 0x18CFF), (0x1B000, 0x1B2FF),
        (0x1F1E6, 0x1F1FF), (0x1F300, 0x1F64F), (0x1F680, 0x1F6FF), (0x1F900, 0x1F9FF), (0x1FA70, 0x1FAFF), (0x20000, 0x3FFFD),
    ];

    /// <summary>
    /// The text on one line. Breaks and tabs become spaces; what could steer a terminal or turn the reading direction, and
    /// halves of surrogate pairs, become U+FFFD: a hostile label must not draw what it likes.
    /// </summary>
    public static string OneLine(string text)
    {
        StringBuilder? line = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (char.IsSurrogatePair(text, i))
            {
                i++;
                continue;
            }

            char shown = text[i] is '\n' or '\r' or '\t' ? ' ' : IsShown(text[i]) ? text[i] : Replacement;
            if (shown != text[i])
            {
                line ??= new StringBuilder(text);
                line[i] = shown;
            }
        }

        return line?.ToString() ?? text;
    }

    /// <summary>How many columns a text of one line takes.</summary>
    public static int WidthOf(string text)
    {
        // Most texts are plain: a character is a column.
        if (!text.AsSpan().ContainsAnyExceptInRange(' ', '~'))
        {
            return text.Length;
        }

        int width = 0;
        for (int i = 0; i < text.Length;)
        {
            int length = StringInfo.GetNextTextElementLength(text, i);
            width += WidthOf(text.AsSpan(i, length));
            i += length;
        }

        return width;
    }

    /// <summary>The text in at most so many columns; where it is cut it ends in <c>…</c>.</summary>
    public static string Cut(string text, int columns)
    {
        if (WidthOf(text) <= columns)
        {
            return text;
        }

        int width = 0;
        int end = 0;
        while (end < text.Length)
        {
            int length = StringInfo.GetNextTextElementLength(text, end);
            int element = WidthOf(text.AsSpan(end, length));
            if (width + element > columns - 1)
            {
                break;
            }

            width += element;
            end += length;
        }

        return columns < 1 ? "" : text[..end] + Ellipsis;
    }

    /// <summary>The text with spaces after it.</summary>
    public static string PadRight(string text, int columns) => text + Spaces(columns - WidthOf(text));

    /// <summary>The text with spaces before it.</summary>
    public static string PadLeft(string text, int columns) => Spaces(columns - WidthOf(text)) + text;

    /// <summary>An address for people who know it: <c>0x4766…86E2</c>.</summary>
    public static string Short(Address address)
    {
        string text = address.ToString();
        return text.Length <= 12 ? text : $"{text[..6]}…{text[^4..]}";
    }

    private static string Spaces(int count) => new(' ', Math.Max(0, count));

    private static bool IsShown(char c) => !char.IsControl(c) && !char.IsSurrogate(c)
        && c is not ('\u2028' or '\u2029' or '\u200E' or '\u200F' or '\u061C' or '\uFEFF' or '\uFFFE' or '\uFFFF' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069'));

    // A character with its marks is as wide as its widest part.
    private static int WidthOf(ReadOnlySpan<char> element)
    {
        int width = 0;
        foreach (Rune rune in element.EnumerateRunes())
        {
            width = Math.Max(width, rune.Value == EmojiSelector ? 2 : WidthOf(rune));
        }

        return width;
    }

    private static int WidthOf(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark or UnicodeCategory.Format ? 0
        : Array.Exists(Wide, range => rune.Value >= range.First && rune.Value <= range.Last) ? 2
        : 1;
}
