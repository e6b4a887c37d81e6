using System.Text.Json;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting;

/// <summary>The lists that the trace started from.</summary>
internal static class JsonLists
{
    public static void Write(Utf8JsonWriter json, TraceResult result)
    {
        json.WriteStartArray("lists");
        foreach (TracedList list in result.Lists)
        {
            json.WriteStartObject();
            json.WriteString("name", list.Name);
            json.WriteDate("as_of", ReportWords.Known(list.List.AsOf));
            json.WriteText("file", list.List.Manifest?.File);
            WriteVersion(json, list.List.Manifest);
            json.WriteNumberOrNull("count", list.List.Manifest?.Count);
            json.WriteNumber("entries", list.List.Entries.Count);
            json.WriteTexts("authorities", list.List.Entries.Select(e => e.Authority.Name).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
            json.WriteNumber("seeds", list.SeedCount);
            json.WriteNumber("seeds_in_data", list.SeedsInData);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    /// <summary>Which version of a list; nulls for one that has no manifest.</summary>
    public static void WriteVersion(Utf8JsonWriter json, ListManifest? manifest)
    {
        json.WriteText("title", manifest?.Title);
        json.WriteText("version", manifest?.Version);
        json.WriteText("sha256", manifest?.Sha256);
    }
}
