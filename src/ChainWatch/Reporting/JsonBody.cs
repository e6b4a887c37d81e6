using System.Text.Json;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting;

/// <summary>The hashed body: nothing in it depends on the machine, the time or the order in which things were given.</summary>
internal sealed class JsonBody(Utf8JsonWriter json, TraceResult result)
{
    private const int SchemaVersion = 1;
    private const int PendingBytesMax = 1 << 16;
    private readonly SymbolBook _symbols = new(result.Request.Tokens);

    public void Write()
    {
        json.WriteStartObject();
        json.WriteNumber("schema_version", SchemaVersion);
        JsonRequest.Write(json, result.Request, _symbols);
        JsonLists.Write(json, result);
        JsonCoverage.Write(json, result.Coverage);
        WriteLimitsHit();
        WriteNotFollowed();
        new JsonFindings(json, result, _symbols).Write();
        WriteExposures();
        WriteCoSpendings();
        WriteBeyondOpaque();
        WriteCoinJoins();
        WriteThroughNoAddress();
        json.WriteEndObject();
    }

    private void WriteLimitsHit()
    {
        json.WriteStartArray("limits_hit");
        foreach (var limit in result.Exposures
            .Where(e => e.StopReason is "degree" or "dust" or "hop-limit")
            .GroupBy(e => (e.List, e.Direction, e.StopReason))
            .OrderBy(g => g.Key.List, StringComparer.Ordinal).ThenBy(g => g.Key.Direction).ThenBy(g => g.Key.StopReason, StringComparer.Ordinal))
        {
            json.WriteStartObject();
            json.WriteString("list", limit.Key.List);
            json.WriteString("direction", ReportWords.Of(limit.Key.Direction));
            json.WriteString("limit", limit.Key.StopReason);
            json.WriteNumber("addresses", limit.Count());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteNotFollowed()
    {
        json.WriteStartArray("not_followed");
        foreach (NotFollowedCount count in result.NotFollowed)
        {
            json.WriteStartObject();
            json.WriteAsset(count.Asset, _symbols);
            json.WriteString("reason", ReportWords.Of(count.Reason));
            json.WriteNumber("transfers", count.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteExposures()
    {
        JsonExposure writer = new(json, result, _symbols);
        json.WriteStartArray("exposures");
        foreach (Exposure exposure in result.Exposures)
        {
            writer.Write(exposure);
            if (json.BytesPending > PendingBytesMax)
            {
                json.Flush();
            }
        }

        json.WriteEndArray();
    }

    private void WriteCoSpendings()
    {
        json.WriteStartArray("co_spendings");
        foreach (CoSpending spending in result.CoSpendings)
        {
            json.WriteStartObject();
            json.WriteString("list", spending.List);
            json.WriteString("listed", spending.Listed.ToCaip10());
            json.WriteString("address", spending.Address.ToCaip10());
            json.WritePosition(spending.Position);
            json.WriteText("tx", spending.Tx?.ToString(spending.Position.Chain));
            json.WriteText("coinjoin", ReportWords.Of(spending.CoinJoin));
            json.WriteString("evidence", ReportWords.Of(EdgeEvidence.Heuristic));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteCoinJoins()
    {
        json.WriteStartArray("coinjoins");
        foreach (EnteredCoinJoin entered in result.CoinJoins)
        {
            json.WriteStartObject();
            json.WriteString("list", entered.List);
            json.WriteString("direction", ReportWords.Of(entered.Direction));
            json.WriteString("address", entered.Address.ToCaip10());
            json.WriteNumber("hops", entered.Hops);
            json.WriteNumber("participants", entered.Participants);
            json.WritePosition(entered.Position);
            json.WriteText("tx", entered.Tx?.ToString(entered.Position.Chain));
            json.WriteText("rule", ReportWords.Of(entered.Rule));
            json.WriteString("evidence", ReportWords.Of(EdgeEvidence.Heuristic));
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteThroughNoAddress()
    {
        json.WriteStartArray("through_no_address");
        foreach (ThroughNoAddress through in result.ThroughNoAddress)
        {
            json.WriteStartObject();
            json.WriteString("list", through.List);
            json.WriteString("direction", ReportWords.Of(through.Direction));
            json.WriteNumber("transactions", through.Transactions);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private void WriteBeyondOpaque()
    {
        json.WriteStartArray("beyond_opaque");
        foreach (BeyondOpaque beyond in result.BeyondOpaque)
        {
            json.WriteStartObject();
            json.WriteString("list", beyond.List);
            json.WriteString("direction", ReportWords.Of(beyond.Direction));
            json.WriteNumber("addresses", beyond.Addresses);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
