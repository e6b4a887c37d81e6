using System.Text.Json;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting;

/// <summary>The answers for the watched wallets; the paths of exposed ones stand among the exposures.</summary>
internal sealed class JsonFindings(Utf8JsonWriter json, TraceResult result, SymbolBook symbols)
{
    public void Write()
    {
        json.WriteStartArray("findings");
        foreach (Finding finding in FindingOrder.Of(result))
        {
            json.WriteStartObject();
            json.WriteString("wallet", finding.Wallet.ToCaip10());
            json.WriteString("list", finding.List);
            json.WriteString("direction", ReportWords.Of(finding.Direction));
            json.WriteString("verdict", finding.Verdict.ToString());
            json.WriteText("address", finding.Exposure?.Address.ToCaip10());
            json.WriteNumberOrNull("hops", finding.Hops);
            json.WriteBoolean("at_most", finding.Exposure is { IsSeed: false } && !result.Coverage.IsComplete);
            json.WriteBoolean("is_seed", finding.IsSeed);
            json.WriteBoolean("in_data", finding.InData);
            json.WriteTexts("reasons", finding.Reasons);
            json.WriteScreening(finding.Screening);
            WriteLead(finding.Lead);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteLead(Lead? lead)
    {
        if (lead is null)
        {
            json.WriteNull("lead");
            return;
        }

        json.WriteStartObject("lead");
        json.WriteNumber("hops", lead.Hops);
        json.WritePath(lead.Path, symbols);
        json.WriteStartArray("stops");
        foreach (OpaqueStop stop in lead.Stops)
        {
            json.WriteStartObject();
            json.WriteString("address", stop.Address.ToCaip10());
            json.WriteLabel(stop.Label);
            json.WriteCrossing(stop.DegreeCrossing);
            json.WriteTotals("went_in", stop.WentIn, symbols);
            json.WriteTotals("came_out", stop.CameOut, symbols);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("coinjoins");
        foreach (CoinJoinStop stop in lead.CoinJoins)
        {
            json.WriteStartObject();
            json.WritePosition(stop.Position);
            json.WriteTime("time", stop.Time);
            json.WriteText("tx", stop.Tx?.ToString(stop.Position.Chain));
            json.WriteText("rule", ReportWords.Of(stop.Rule));
            json.WriteTotals("went_in", [stop.WentIn], symbols);
            json.WriteTotals("came_out", [stop.CameOut], symbols);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }
}
