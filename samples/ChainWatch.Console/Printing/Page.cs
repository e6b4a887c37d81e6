using Spectre.Console;

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
        _console.Profile.Width = width;
        _console.Profile.Capabilities.Unicode = true;
    }

    /// <summary>The columns there are.</summary>
    public int Width => _console.Profile.Width;

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

    public void Write(Table table) => _console.Write(new Padder(table, new Padding(2, 0, 0, 0)));

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
        foreach (string line in Wrap(OneLine.Of(text), Width - indent - 1))
        {
            _console.Write(new string(' ', indent));
            _console.Write(new Spectre.Console.Text(line, style) { Overflow = Overflow.Fold });
            _console.WriteLine();
        }
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
