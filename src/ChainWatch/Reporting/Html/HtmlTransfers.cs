using System.Text.Json;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting.Html;

/// <summary>The transfers of the page, in chain order.</summary>
internal sealed class HtmlTransfers(Utf8JsonWriter json, NoteWords words, Asset[] assets)
{
    private readonly Dictionary<Asset, int> _assets = assets.Select((asset, i) => (asset, i)).ToDictionary(x => x.asset, x => x.i);

    public void Write(HtmlEvidence evidence)
    {
        json.WriteStartArray("transfers");
        foreach (EvidenceEdge edge in evidence.Edges)
        {
            PathStep step = edge.Step;
            json.WriteStartObject();
            json.WriteNumber("from", evidence.NodeNumbers[step.From]);
            json.WriteNumber("to", evidence.NodeNumbers[step.To]);
            json.WritePosition(step.Position);
            json.WriteTime("time", step.Time);
            json.WriteText("tx", step.Tx?.ToString(step.Position.Chain));
            json.WriteNumber("asset", _assets[step.Asset]);
            json.WriteString("units", step.Value.ToString());
            json.WriteString("amount", words.Symbols.Display(step.Asset, step.Value));
            json.WriteText("order", edge.Order is PathOrder order ? ReportWords.Of(order) : null);
            json.WriteString("kind", KindOf(edge));
            json.WriteString("evidence", ReportWords.Of(step.Evidence));
            json.WriteBoolean("on_path", edge.OnPath);
            json.WriteBoolean("lead", edge.OnLead && !edge.OnPath);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static string KindOf(EvidenceEdge edge)
    {
        string kind = !edge.Step.Asset.IsNative ? "token" : edge.Step.IsInternal ? "internal" : "coin";
        string conversion = edge.IsConversion ? ", conversion" : "";
        string coinJoin = ReportWords.Of(edge.Step.CoinJoin) is string rule ? $", CoinJoin {rule}" : "";
        return kind + conversion + coinJoin;
    }
}
