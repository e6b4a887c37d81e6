using System.Text.Encodings.Web;
using System.Text.Json;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting;

/// <summary>The answer as JSON lines: each says by itself what holds for one address, and why it may not be all. No path is computed.</summary>
internal static class JsonLinesReport
{
    private const int FlushBytes = 1 << 16;

    public static void Write(TraceResult result, Stream output, IReadOnlyDictionary<Address, string>? references)
    {
        // Not disposed: the stream below stays open.
        BufferedStream buffer = new(output, FlushBytes);
        using Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        IEnumerable<(Finding? Finding, Exposure? Exposure)> lines = result.Request.To.Count > 0
            ? FindingOrder.Of(result).Select(f => ((Finding?)f, f.Exposure))
            : result.Exposures.Select(e => ((Finding?)null, (Exposure?)e));
        string[] gaps = [.. result.Coverage.Gaps.Select(g => g.Detail).Distinct(StringComparer.Ordinal)];
        foreach ((Finding? finding, Exposure? exposure) in lines)
        {
            Address address = finding?.Wallet ?? exposure!.Address;
            json.WriteStartObject();
            json.WriteString("address", address.ToCaip10());
            json.WriteString("ref", references is not null && references.TryGetValue(address, out string? reference) ? reference : "");
            json.WriteString("list", finding?.List ?? exposure!.List);
            json.WriteString("direction", ReportWords.Of(finding?.Direction ?? exposure!.Direction));
            json.WriteText("verdict", finding?.Verdict.ToString());
            WriteExposure(json, result, exposure);
            json.WriteBoolean("is_seed", finding?.IsSeed ?? exposure!.IsSeed);
            json.WriteBoolean("in_data", finding?.InData ?? true);
            json.WriteTexts("reasons", finding?.Reasons ?? gaps);
            json.WriteEndObject();
            json.Flush();
            json.Reset();
            buffer.WriteByte((byte)'\n');
        }

        buffer.Flush();
    }

    private static void WriteExposure(Utf8JsonWriter json, TraceResult result, Exposure? exposure)
    {
        json.WriteNumberOrNull("hops", exposure?.Hops);
        json.WriteBoolean("at_most", exposure is { IsSeed: false } && !result.Coverage.IsComplete);
        json.WriteText("seed", exposure?.Seed.ToCaip10());
        json.WriteNumberOrNull("arrival_block", exposure?.Arrival?.Position.Block);
        json.WriteNumberOrNull("arrival_position", exposure?.Arrival?.Position.Index);
        json.WriteTime("arrival_time", exposure?.Arrival?.Time);
        json.WriteText("arrival_tx", exposure?.Arrival?.Tx?.ToString(exposure.Address.Chain));
        json.WriteText("order", exposure?.Order is PathOrder order ? ReportWords.Of(order) : null);
        json.WriteText("stop_reason", exposure?.StopReason);
    }
}
