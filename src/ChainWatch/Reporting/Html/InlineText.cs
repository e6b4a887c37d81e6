using System.Text;
using System.Text.Json;

namespace ChainWatch.Reporting.Html;

/// <summary>
/// Reads back the small part of Markdown that a case note's text is in, so that the HTML report says the same words. Text
/// becomes a JSON array of runs: a plain string, or <c>{"code"|"bold"|"url": …}</c>.
/// </summary>
internal static class InlineText
{
    public static void Write(Utf8JsonWriter json, string text)
    {
        json.WriteStartArray();
        StringBuilder plain = new();
        bool isBold = false;
        for (int i = 0; i < text.Length;)
        {
            if (text[i] == '\\' && i + 1 < text.Length)
            {
                plain.Append(text[i + 1]);
                i += 2;
            }
            else if (text[i] == '`')
            {
                Flush(json, plain, isBold);
                i = WriteCode(json, text, i, isBold);
            }
            else if (text.AsSpan(i).StartsWith("**"))
            {
                Flush(json, plain, isBold);
                isBold = !isBold;
                i += 2;
            }
            else if (text[i] == '<' && text.IndexOf('>', i) is int end and > 0)
            {
                Flush(json, plain, isBold);
                WriteRun(json, "url", text[(i + 1)..end]);
                i = end + 1;
            }
            else
            {
                plain.Append(text[i++]);
            }
        }

        Flush(json, plain, isBold);
        json.WriteEndArray();
    }

    // A name that holds backticks stands between longer runs of them and spaces.
    private static int WriteCode(Utf8JsonWriter json, string text, int start, bool isBold)
    {
        int ticks = text.AsSpan(start).IndexOfAnyExcept('`') is >= 0 and int some ? some : text.Length - start;
        string space = ticks == 1 ? "" : " ";
        string close = space + new string('`', ticks);
        int from = start + ticks + space.Length;
        int end = from <= text.Length ? text.IndexOf(close, from, StringComparison.Ordinal) : -1;
        if (end < 0)
        {
            json.WriteStringValue(text[start..(start + ticks)]);
            return start + ticks;
        }

        WriteRun(json, isBold ? "boldcode" : "code", text[from..end]);
        return end + close.Length;
    }

    private static void Flush(Utf8JsonWriter json, StringBuilder plain, bool isBold)
    {
        if (plain.Length == 0)
        {
            return;
        }

        if (isBold)
        {
            WriteRun(json, "bold", plain.ToString());
        }
        else
        {
            json.WriteStringValue(plain.ToString());
        }

        plain.Clear();
    }

    private static void WriteRun(Utf8JsonWriter json, string kind, string text)
    {
        json.WriteStartObject();
        json.WriteString(kind, text);
        json.WriteEndObject();
    }
}
