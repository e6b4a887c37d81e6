using System.Text.Json;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting.Html;

/// <summary>The exposures of the page, and the leads, with their paths as numbers of transfers.</summary>
internal sealed class HtmlExposures(Utf8JsonWriter json, TraceResult result, NoteWords words)
{
    public void Write(HtmlEvidence evidence)
    {
        json.WriteStartArray("exposures");
        foreach (Exposure exposure in evidence.Exposures)
        {
            Write(exposure, evidence);
        }

        json.WriteEndArray();
        json.WriteStartArray("leads");
        foreach (Finding finding in FindingOrder.Of(result).Where(f => f.Lead is { Path.Count: > 0 }))
        {
            IReadOnlyList<PathStep> path = finding.Lead!.Path;
            json.WriteStartObject();
            json.WriteString("list", finding.List);
            json.WriteString("direction", ReportWords.Of(finding.Direction));
            json.WriteNumber("node", evidence.NodeNumbers[finding.Direction == Direction.Received ? path[^1].To : path[0].From]);
            json.WriteString("hops_text", words.Hops(finding.Lead.Hops));
            WritePath(path, evidence);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void Write(Exposure exposure, HtmlEvidence evidence)
    {
        json.WriteStartObject();
        json.WriteString("list", exposure.List);
        json.WriteString("direction", ReportWords.Of(exposure.Direction));
        json.WriteNumber("node", evidence.NodeNumbers[exposure.Address]);
        json.WriteNumber("hops", exposure.Hops);
        json.WriteString("hops_text", words.Hops(exposure.Hops));
        json.WriteNumber("seed", evidence.NodeNumbers[exposure.Seed]);
        json.WriteString("stop", exposure.StopReason);
        json.WriteText("order", exposure.Order is PathOrder order ? ReportWords.Of(order) : null);
        json.WriteTime("arrival", exposure.Arrival?.Time);
        json.WriteText("total", exposure.IsSeed ? null : string.Join(" + ", exposure.PoisonUpperBound.Select(t => words.Symbols.Display(t.Asset, t.Units))));
        json.WritePropertyName("statement");
        InlineText.Write(json, NoteEvidence.StatementOf(result, exposure));
        json.WriteStartArray("remarks");
        foreach (string remark in exposure.IsSeed ? [] : NoteEvidence.Remarks(exposure, words))
        {
            InlineText.Write(json, remark);
        }

        json.WriteEndArray();
        WritePath(exposure.Path, evidence);
        json.WriteStartArray("inflows");
        foreach (Inflow inflow in exposure.Inflows.Take(HtmlEvidence.InflowsMax))
        {
            json.WriteNumberValue(evidence.NumberOf(inflow.Transfer));
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private void WritePath(IReadOnlyList<PathStep> path, HtmlEvidence evidence)
    {
        json.WriteStartArray("path");
        for (int i = 0; i < path.Count; i++)
        {
            json.WriteStartObject();
            json.WriteNumber("transfer", evidence.NumberOf(path[i]));
            json.WriteTexts("marks", NoteWords.Marks(path[i], i == 0));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
