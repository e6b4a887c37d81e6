namespace ChainWatch.Notebooks;

/// <summary>Standard output, when it is asked for.</summary>
internal static class TerminalOutput
{
    private const int WidthMin = 20;

    /// <summary>Prints a text made for the terminal's width; into a pipe or a file for the default width, so that the bytes are the same everywhere.</summary>
    public static void Print(Func<int, string> text)
    {
        int width = Table.DefaultWidth;
        if (!System.Console.IsOutputRedirected)
        {
            try
            {
                width = Math.Max(WidthMin, System.Console.WindowWidth);
            }
            catch (IOException)
            {
                // A terminal that does not tell.
            }
        }

        System.Console.Out.Write(text(width));
    }
}
