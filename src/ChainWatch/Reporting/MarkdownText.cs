using System.Text;

namespace ChainWatch.Reporting;

/// <summary>Writes Markdown blocks (GitHub flavour), an empty line between them, LF.</summary>
internal sealed class MarkdownText(TextWriter output) : INoteText
{
    private bool _isFirst = true;

    public void Heading(int level, string text) => Block($"{new string('#', level)} {text}");

    public void Paragraph(string text) => Block(text);

    public void Bullets(IReadOnlyCollection<string> items)
    {
        if (items.Count > 0)
        {
            Block(string.Join('\n', items.Select(item => $"- {item}")));
        }
    }

    public void Steps(IEnumerable<string> items) =>
        Block(string.Join('\n', items.Select((item, i) => $"{ReportWords.Plain(i + 1)}. {item}")));

    public void Table(string[] header, IEnumerable<string[]> rows)
    {
        StringBuilder text = new();
        text.Append(Row(header)).Append("\n|");
        foreach (string _ in header)
        {
            text.Append("---|");
        }

        foreach (string[] row in rows)
        {
            text.Append('\n').Append(Row(row));
        }

        Block(text.ToString());
    }

    /// <summary>Somebody else's text, so that it stays text: it can neither format, nor link, nor open a new line.</summary>
    public static string Quote(string text)
    {
        StringBuilder quoted = new();
        foreach (char c in text)
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '#' or '~')
            {
                quoted.Append('\\');
            }

            quoted.Append(char.IsControl(c) ? ' ' : c);
        }

        return quoted.ToString();
    }

    /// <summary>A name, address or hash in a code span.</summary>
    public static string Code(string text)
    {
        string line = string.Concat(text.Select(c => char.IsControl(c) ? ' ' : c));
        int longest = 0;
        for (int i = 0, run = 0; i < line.Length; i++)
        {
            run = line[i] == '`' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        // The marks around it are longer than any such run inside it.
        string fence = new('`', longest + 1);
        return longest == 0 ? $"`{line}`" : $"{fence} {line} {fence}";
    }

    private static string Row(string[] cells) => $"| {string.Join(" | ", cells.Select(c => c.Replace("|", "\\|", StringComparison.Ordinal)))} |";

    private void Block(string text)
    {
        if (!_isFirst)
        {
            output.Write('\n');
        }

        _isFirst = false;
        output.Write(text);
        output.Write('\n');
    }
}
