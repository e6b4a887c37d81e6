namespace ChainWatch.Notebooks;

/// <summary>Titles and notes of drawings.</summary>
internal static class SvgText
{
    public const double LineHeight = 16;
    private const double CharWidth = 6.4;

    /// <summary>Where the drawing begins beneath its title.</summary>
    public static double Top(string title) => title.Length == 0 ? 16 : 52;

    public static void Title(Page page, string title, double x)
    {
        if (title.Length > 0)
        {
            page.Label(title, x, 32, "title");
        }
    }

    /// <summary>A note broken into lines that fit.</summary>
    public static string[] Lines(string note, double width)
    {
        System.Text.StringBuilder text = new();
        TextLines.Append(text, note, (int)(width / CharWidth));
        return text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public static void Notes(Page page, string[] lines, double x, double y)
    {
        for (int i = 0; i < lines.Length; i++)
        {
            page.Label(lines[i], x, y + (i * LineHeight), "quiet small");
        }
    }
}
