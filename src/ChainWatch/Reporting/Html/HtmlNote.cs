using System.Text.Json;

namespace ChainWatch.Reporting.Html;

/// <summary>Takes the blocks of a case note as JSON: <c>{"heading": runs}</c>, <c>{"paragraph": runs}</c>, <c>{"bullets": […]}</c> and so on.</summary>
internal sealed class HtmlNote(Utf8JsonWriter json) : INoteText
{
    public void Heading(int level, string text) => WriteBlock("heading", text);

    public void Paragraph(string text) => WriteBlock("paragraph", text);

    public void Bullets(IReadOnlyCollection<string> items)
    {
        if (items.Count > 0)
        {
            WriteItems("bullets", items);
        }
    }

    public void Steps(IEnumerable<string> items) => WriteItems("steps", items);

    public void Table(string[] header, IEnumerable<string[]> rows)
    {
        json.WriteStartObject();
        json.WriteTexts("columns", header);
        json.WriteStartArray("rows");
        foreach (string[] row in rows)
        {
            json.WriteStartArray();
            foreach (string cell in row)
            {
                InlineText.Write(json, cell);
            }

            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WriteBlock(string kind, string text)
    {
        json.WriteStartObject();
        json.WritePropertyName(kind);
        InlineText.Write(json, text);
        json.WriteEndObject();
    }

    private void WriteItems(string kind, IEnumerable<string> items)
    {
        json.WriteStartObject();
        json.WriteStartArray(kind);
        foreach (string item in items)
        {
            InlineText.Write(json, item);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
