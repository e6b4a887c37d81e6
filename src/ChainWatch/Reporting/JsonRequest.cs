using System.Text.Json;
using ChainWatch.Labels;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting;

/// <summary>The question, with every rule that shaped the answer.</summary>
internal static class JsonRequest
{
    public static void Write(Utf8JsonWriter json, TraceRequest request, SymbolBook symbols)
    {
        json.WriteStartObject("request");
        json.WriteDate("as_of", request.AsOf);
        json.WriteString("direction", ReportWords.Of(request.Direction));
        json.WriteNumber("max_hops", request.MaxHops);
        json.WriteTexts("from", request.From.Select(list => list.Name).Order(StringComparer.Ordinal));
        json.WriteTexts("watched", request.To.Distinct().Order().Select(wallet => wallet.ToCaip10()));
        WriteStops(json, request.Stops);
        WriteTokens(json, request);
        json.WriteStartArray("min_values");
        foreach ((Asset asset, Amount minimum) in request.MinValues.OrderBy(m => m.Key))
        {
            json.WriteStartObject();
            json.WriteAsset(asset, symbols);
            json.WriteString("value", minimum.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteBoolean("strict_order", request.StrictOrder);
        json.WriteBoolean("through_coinjoin", request.ThroughCoinJoin);
        json.WriteStartObject("window");
        json.WriteNumberOrNull("first_block", request.Window.FirstBlock);
        json.WriteNumberOrNull("last_block", request.Window.LastBlock);
        json.WriteTime("first_time", request.Window.FirstTime);
        json.WriteTime("last_time", request.Window.LastTime);
        json.WriteEndObject();
        WriteScreenedAgainst(json, request);
        json.WriteEndObject();
    }

    private static void WriteStops(Utf8JsonWriter json, StopRule stops)
    {
        json.WriteStartObject("stops");
        json.WriteNumberOrNull("max_degree", stops.MaxDegree);
        json.WriteStartArray("lists");
        // Their order has a meaning: where two lists label one address, the first counts.
        foreach (StopList list in stops.Lists)
        {
            json.WriteStartObject();
            json.WriteString("name", list.Name);
            JsonLists.WriteVersion(json, list.Manifest);
            json.WriteNumber("labels", list.Labels.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteTokens(Utf8JsonWriter json, TraceRequest request)
    {
        json.WriteStartObject("tokens");
        json.WriteBoolean("any_token", request.AnyToken);
        json.WriteString("name", request.Tokens.Name);
        JsonLists.WriteVersion(json, request.Tokens.Manifest);
        json.WriteNumber("tokens", request.Tokens.Tokens.Count);
        json.WriteEndObject();
    }

    private static void WriteScreenedAgainst(Utf8JsonWriter json, TraceRequest request)
    {
        json.WriteStartArray("screened_against");
        foreach (Lists.AddressList list in request.Lists?.AddressLists ?? [])
        {
            json.WriteStartObject();
            json.WriteString("name", list.Name);
            json.WriteDate("as_of", ReportWords.Known(list.AsOf));
            JsonLists.WriteVersion(json, list.Manifest);
            json.WriteNumber("entries", list.Entries.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
