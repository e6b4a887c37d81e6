using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing.Sources;

/// <summary>One JSON object: the question, whether the answer is complete, and an object for each source.</summary>
internal static class SourcesJson
{
    public static void Write(Stream output, SourcesAnswer answer)
    {
        TraceResult result = answer.Result;
        using Utf8JsonWriter json = new(output, new JsonWriterOptions { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartArray("wallets");
        foreach (TracedList wallet in result.Lists)
        {
            json.WriteStringValue(wallet.List.Entries[0].Address.ToCaip10());
        }

        json.WriteEndArray();
        json.WriteNumber("max_hops", result.Request.MaxHops);
        JsonText.WriteDay(json, "as_of", result.Request.AsOf);
        JsonText.WriteLists(json, result.Request.Lists!);
        json.WriteBoolean("complete", answer.IsComplete);
        json.WriteStartArray("gaps");
        foreach (string gap in result.Coverage.Gaps.Select(gap => gap.Detail).Concat(answer.BeyondLists))
        {
            json.WriteStringValue(gap);
        }

        json.WriteEndArray();
        json.WriteStartArray("sources");
        foreach (Source source in answer.Sources)
        {
            Write(json, source);
        }

        json.WriteEndArray();
        JsonText.End(json, output);
    }

    private static void Write(Utf8JsonWriter json, Source source)
    {
        Exposure exposure = source.Exposure;
        json.WriteStartObject();
        json.WriteString("wallet", exposure.Seed.ToCaip10());
        json.WriteString("address", exposure.Address.ToCaip10());
        json.WriteNumber("hops", exposure.Hops);
        json.WriteString("order", Words.Of(exposure.Order));
        json.WriteString("stop_reason", exposure.StopReason);
        json.WriteStartObject("departure");
        json.WriteNumber("block", exposure.Arrival!.Position.Block);
        json.WriteString("time", exposure.Arrival.Time?.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture) ?? "");
        json.WriteString("tx", exposure.Arrival.Tx?.ToString(exposure.Address.Chain) ?? "");
        json.WriteEndObject();
        if (exposure.Label is Labels.StopLabel label)
        {
            json.WriteStartObject("label");
            json.WriteString("category", Labels.StopCategories.NameOf(label.Category));
            json.WriteString("name", label.Name);
            json.WriteString("source", label.Source);
            json.WriteEndObject();
        }

        JsonText.WriteMatches(json, source.Matches);
        json.WriteEndObject();
    }
}
