using System.Text.Json;
using ChainWatch.Reporting;
using ChainWatch.Sources;
using ChainWatch.Watching;

namespace ChainWatch.Bundling;

/// <summary>How transfers were fetched from an endpoint: with the sources' own record it makes <c>acquisition.json</c>.</summary>
public sealed record BundleFetch
{
    /// <summary>When the endpoint was first asked (UTC).</summary>
    public required DateTimeOffset BegunAt { get; init; }

    /// <summary>When it had answered for the last time (UTC).</summary>
    public required DateTimeOffset EndedAt { get; init; }

    /// <summary>The kinds of transfer that were asked for: <c>coin</c>, <c>token</c>, <c>internal</c>.</summary>
    public required IReadOnlyList<string> Kinds { get; init; }

    /// <summary>How many answers are in the bundle; 0 where none was kept.</summary>
    public required long Responses { get; init; }

    /// <summary>Why the answers do not suffice to fetch the same transfers from them again, in one sentence; null: they do.</summary>
    public string? NotReplayed { get; init; }

    /// <summary>The path of an explorer's API, without its keys: what decides how it is asked. Empty for other endpoints.</summary>
    public string Api { get; init; } = "";

    internal static void Write(Utf8JsonWriter json, BundleSource source, BundleFetch? fetch, Coverage coverage)
    {
        json.WriteString("kind", ReportWords.Of(source));
        if (fetch is null)
        {
            json.WriteNull("fetch");
        }
        else
        {
            json.WriteStartObject("fetch");
            json.WriteTime("begun_at", fetch.BegunAt);
            json.WriteTime("ended_at", fetch.EndedAt);
            json.WriteTexts("kinds", fetch.Kinds);
            json.WriteNumber("responses", fetch.Responses);
            json.WriteText("not_replayed", fetch.NotReplayed);
            json.WriteString("api", fetch.Api);
            json.WriteEndObject();
        }

        JsonCoverage.WriteSources(json, coverage);
    }

    internal static BundleFetch? Read(JsonFields json) => json.InnerOrNull("fetch") is not JsonFields fetch ? null : new BundleFetch
    {
        BegunAt = fetch.TimeOrNull("begun_at") ?? throw fetch.Problem("begun_at", "expected a time"),
        EndedAt = fetch.TimeOrNull("ended_at") ?? throw fetch.Problem("ended_at", "expected a time"),
        Kinds = fetch.Texts("kinds"),
        Responses = fetch.Number("responses"),
        NotReplayed = fetch.TextOrNull("not_replayed"),
        Api = fetch.Text("api"),
    };
}
