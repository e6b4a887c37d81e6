using System.Text.Json;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting.Html;

/// <summary>
/// What the page shows, as JSON: the note's blocks, and the evidence as nodes, transfers and exposures that name each other by
/// number. Nothing in it depends on the run.
/// </summary>
internal sealed class HtmlBody(Utf8JsonWriter json, TraceResult result)
{
    private readonly NoteWords _words = new(result);

    public void Write()
    {
        CaseNote note = new(result, run: null, Report.PathsMax);
        HtmlEvidence evidence = new(result);
        Asset[] assets = [.. evidence.Edges.Select(e => e.Step.Asset).Distinct().Order()];
        json.WriteStartObject();
        json.WritePropertyName("title");
        InlineText.Write(json, note.Title);
        json.WriteStartArray("question");
        note.WriteQuestion(new HtmlNote(json));
        json.WriteEndArray();
        json.WriteNumber("max_hops", result.Request.MaxHops);
        json.WriteBoolean("complete", result.Coverage.IsComplete);
        WriteFindings(evidence);
        WriteParts(note);
        WriteLeftOut(evidence);
        WriteAssets(assets);
        new HtmlNodes(json, result).Write(evidence);
        new HtmlTransfers(json, _words, assets).Write(evidence);
        new HtmlExposures(json, result, _words).Write(evidence);
        json.WriteEndObject();
    }

    private void WriteFindings(HtmlEvidence evidence)
    {
        json.WriteStartArray("findings");
        foreach (Finding finding in FindingOrder.Of(result))
        {
            json.WriteStartObject();
            json.WriteString("wallet", finding.Wallet.ToString());
            json.WriteString("list", finding.List);
            json.WriteString("direction", ReportWords.Of(finding.Direction));
            json.WriteString("verdict", finding.Verdict.ToString());
            json.WriteString("answer", NoteAnswer.VerdictOf(finding, _words));
            json.WriteNumberOrNull("node", finding.Exposure is Exposure exposure && evidence.NodeNumbers.TryGetValue(exposure.Address, out int node) ? node : null);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteParts(CaseNote note)
    {
        json.WriteStartArray("parts");
        foreach ((string id, string title, Action<INoteText> write) in note.Parts)
        {
            json.WriteStartObject();
            json.WriteString("id", id);
            json.WriteString("title", title);
            json.WriteStartArray("blocks");
            write(new HtmlNote(json));
            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteLeftOut(HtmlEvidence evidence)
    {
        List<string> leftOut = [];
        if (evidence.Exposures.Count < result.Exposures.Count)
        {
            leftOut.Add($"The graph and the tables hold {ReportWords.Number(evidence.Exposures.Count)} of {ReportWords.Count(result.Exposures.Count, "exposure", "exposures")}, the nearest first; all stand in the JSON report.");
        }

        int cut = evidence.Exposures.Count(e => e.Inflows.Count > HtmlEvidence.InflowsMax);
        if (cut > 0)
        {
            leftOut.Add($"Of {ReportWords.Count(cut, "address", "addresses")} only the first {ReportWords.Number(HtmlEvidence.InflowsMax)} transfers are here; all stand in the GraphML report. Totals in the table of addresses are of all; amounts in the graph are of the transfers that are here.");
        }

        json.WriteTexts("left_out", leftOut);
    }

    private void WriteAssets(Asset[] assets)
    {
        json.WriteStartArray("assets");
        foreach (Asset asset in assets)
        {
            json.WriteStartObject();
            json.WriteString("name", _words.Symbols.NameOf(asset));
            json.WriteString("id", SymbolBook.IdOf(asset));
            json.WriteNumberOrNull("decimals", _words.Symbols.DecimalsOf(asset));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
