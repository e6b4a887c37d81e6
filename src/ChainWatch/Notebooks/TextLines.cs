using System.Text;

namespace ChainWatch.Notebooks;

/// <summary>Titles and notes: sentences that are broken between words, and never cut.</summary>
internal static class TextLines
{
    /// <summary>Appends the lines of a text; of an empty one none.</summary>
    public static void Append(StringBuilder text, string sentence, int width)
    {
        foreach (string line in Of(sentence, width))
        {
            text.Append(line).Append('\n');
        }
    }

    /// <summary>The lines of a text, none of an empty one; a word that is wider than the terminal stays whole.</summary>
    private static IEnumerable<string> Of(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && TerminalText.WidthOf(line) + 1 + TerminalText.WidthOf(word) > width)
            {
                yield return line;
                line = "";
            }

            line = line.Length == 0 ? word : $"{line} {word}";
        }

        if (line.Length > 0)
        {
            yield return line;
        }
    }
}
