using Spectre.Console;
using Spectre.Console.Rendering;

namespace ChainWatch.Console.Printing;

/// <summary>An answer as text: headings, lines and tables. Everything shown goes through it as plain text, never as markup.</summary>
internal sealed class Page : IDisposable
{
    private readonly StringWriter _text = new() { NewLine = "\n" };
    private readonly IAnsiConsole _console;

    public Page(int width, bool colour)
    {
        _console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(_text),
            Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        Width = width;
        _console.Profile.Width = width;
        _console.Profile.Capabilities.Unicode = true;
    }

    /// <summary>The columns there are.</summary>
    public int Width { get; }

    /// <summary>The question, or what else stands at the top.</summary>
    public void Title(string text) => Write(text, 0, Styles.Title);

    /// <summary>The heading of a section, with a blank line before.</summary>
    public void Heading(string text)
    {
        Blank();
        Write(text, 0, Styles.Heading);
    }

    /// <summary>A line, wrapped at words where it is long; the lines below the first are indented alike.</summary>
    public void Line(string text, int indent = 0, Style? style = null) => Write(text, indent, style ?? Style.Plain);

    public void Blank() => _console.WriteLine();

    public void Write(TextTable table) => table.WriteTo(this, 2);

    /// <summary>Writes what fits the page.</summary>
    public void Write(IRenderable fitting) => _console.Write(fitting);

    /// <summary>Writes what was put on the page, without the blanks that pad its lines.</summary>
    public void WriteTo(TextWriter writer)
    {
        foreach (string line in _text.ToString().TrimEnd().Split('\n'))
        {
            writer.Write(line.TrimEnd());
            writer.Write('\n');
        }
    }

    public void Dispose() => _text.Dispose();

    private void Write(string text, int indent, Style style)
    {
        // A word that is wider than the page is left to the terminal, which breaks it without a line break of its own.
        _console.Profile.Width = int.MaxValue;
        foreach (string line in Wrap(OneLine.Of(text), Width - indent))
        {
            _console.Write(new string(' ', indent));
            _console.Write(new Spectre.Console.Text(line, style));
            _console.WriteLine();
        }

        _console.Profile.Width = Width;
    }

    private static IEnumerable<string> Wrap(string text, int width)
    {
        string line = "";
        foreach (string word in text.Split(' '))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line;
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        yield return line;
    }
}
