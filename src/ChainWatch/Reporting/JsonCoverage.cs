using System.Text.Json;
using ChainWatch.Sources;

namespace ChainWatch.Reporting;

/// <summary>
/// What the answer rests on: in the hashed body the content (the same, however the rows were ordered and filed), in the
/// run part the files it came from.
/// </summary>
internal static class JsonCoverage
{
    public static void Write(Utf8JsonWriter json, Coverage coverage)
    {
        json.WriteStartObject("coverage");
        json.WriteBoolean("complete", coverage.IsComplete);
        json.WriteTexts("notes", [.. coverage.Sources.SelectMany(s => s.Notes).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)]);
        json.WriteStartArray("chains");
        foreach (ChainCoverage chain in coverage.Chains)
        {
            json.WriteStartObject();
            json.WriteString("chain", chain.Chain.Id);
            json.WriteString("name", chain.Chain.Name);
            json.WriteNumber("first_block", chain.FirstBlock);
            json.WriteNumber("last_block", chain.LastBlock);
            json.WriteTime("first_time", chain.FirstTime);
            json.WriteTime("last_time", chain.LastTime);
            json.WriteNumber("movements", chain.Movements);
            json.WriteNumber("addresses", chain.Addresses);
            json.WriteNumber("blocks_without_order", chain.BlocksWithoutOrder);
            json.WriteTexts("kinds", chain.Kinds);
            json.WriteString("content_sha256", chain.ContentSha256);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteWindows(json, coverage.Sources);
        WriteGaps(json, coverage.Gaps);
        json.WriteEndObject();
    }

    public static void WriteSources(Utf8JsonWriter json, Coverage coverage)
    {
        json.WriteStartArray("sources");
        foreach (SourceCoverage source in coverage.Sources)
        {
            json.WriteStartObject();
            json.WriteString("name", source.Name);
            json.WriteString("kind", source.Kind);
            json.WriteText("sha256", source.Sha256);
            json.WriteNumber("rows", source.Rows);
            json.WriteNumber("duplicate_rows", source.DuplicateRows);
            json.WriteBoolean("declared_complete", source.DeclaredComplete);
            json.WriteTexts("notes", source.Notes);
            json.WriteStartArray("counts");
            foreach (CoverageCount count in source.Counts)
            {
                json.WriteStartObject();
                json.WriteString("name", count.Name);
                json.WriteNumber("count", count.Count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            WriteEndpoint(json, source.Endpoint);
            WriteGaps(json, source.Gaps);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Which chain the answer is of, to the hash: the same whoever was asked.
    private static void WriteWindows(Utf8JsonWriter json, IReadOnlyList<SourceCoverage> sources)
    {
        json.WriteStartArray("windows");
        foreach (ReadWindow window in sources.SelectMany(s => s.Windows).Distinct())
        {
            json.WriteStartObject();
            json.WriteString("chain", window.Chain.Id);
            json.WriteNumber("first_block", window.First);
            json.WriteNumber("last_block", window.Last);
            json.WriteString("parent_hash", window.ParentHash);
            json.WriteString("last_hash", window.LastHash);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("heads");
        foreach ((Chain chain, long height, string hash) in sources.Select(s => s.Endpoint).OfType<EndpointRecord>().Select(e => (e.Chain, e.HeadHeight, e.HeadHash)).Distinct())
        {
            json.WriteStartObject();
            json.WriteString("chain", chain.Id);
            json.WriteNumber("block", height);
            json.WriteString("hash", hash);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteEndpoint(Utf8JsonWriter json, EndpointRecord? endpoint)
    {
        if (endpoint is null)
        {
            json.WriteNull("endpoint");
            return;
        }

        json.WriteStartObject("endpoint");
        json.WriteString("chain", endpoint.Chain.Id);
        json.WriteText("client_version", endpoint.ClientVersion);
        json.WriteTime("asked_at", endpoint.AskedAt);
        json.WriteNumber("head_block", endpoint.HeadHeight);
        json.WriteString("head_hash", endpoint.HeadHash);
        json.WriteNumber("addresses_asked", endpoint.AddressesAsked);
        json.WriteTexts("capabilities", endpoint.Capabilities);
        json.WriteEndObject();
    }

    private static void WriteGaps(Utf8JsonWriter json, IReadOnlyList<CoverageGap> gaps)
    {
        json.WriteStartArray("gaps");
        foreach (CoverageGap gap in gaps)
        {
            json.WriteStartObject();
            json.WriteString("kind", ReportWords.Of(gap.Kind));
            json.WriteString("detail", gap.Detail);
            json.WriteNumber("count", gap.Count);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
