using System.Text.Json;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting.Html;

/// <summary>The addresses of the page, and what lists say of them: a statement that holds for many is written once.</summary>
internal sealed class HtmlNodes(Utf8JsonWriter json, TraceResult result)
{
    private readonly Dictionary<string, int> _statements = new(StringComparer.Ordinal);

    public void Write(HtmlEvidence evidence)
    {
        json.WriteStartArray("nodes");
        foreach (EvidenceNode node in evidence.Nodes)
        {
            json.WriteStartObject();
            json.WriteString("address", node.Address.ToString());
            json.WriteString("chain", node.Address.Chain.Name);
            json.WriteNumber("column", evidence.Columns.Of(node.Address));
            json.WriteBoolean("seed", node.IsSeed);
            json.WriteBoolean("watched", node.IsWatched);
            json.WriteBoolean("contract", node.Exposures.Any(e => e.IsContract));
            WriteLabel(node.Label);
            WriteStatements(node.Address);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("statements");
        foreach (string statement in _statements.OrderBy(s => s.Value).Select(s => s.Key))
        {
            InlineText.Write(json, statement);
        }

        json.WriteEndArray();
    }

    private void WriteLabel(StopLabel? label)
    {
        json.WriteText("kind", label is null ? null : ReportWords.Of(label.Kind));
        json.WriteText("name", label is null ? null : label.Name.Length > 0 ? label.Name : StopCategories.NameOf(label.Category));
        json.WriteText("category", label is null ? null : StopCategories.NameOf(label.Category));
        json.WriteText("label_source", label?.Source);
    }

    private void WriteStatements(Address address)
    {
        json.WriteStartArray("statements");
        foreach (ScreeningMatch match in result.Request.Lists?.Screen(address, result.Request.AsOf).Matches ?? [])
        {
            string statement = $"{MarkdownText.Quote(match.Entry.List)}: {NoteWords.EntryOf(match.Entry, match.Status)}";
            if (!_statements.TryGetValue(statement, out int number))
            {
                number = _statements.Count;
                _statements.Add(statement, number);
            }

            json.WriteNumberValue(number);
        }

        json.WriteEndArray();
    }
}
