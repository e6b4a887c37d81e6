using System.Text.Encodings.Web;
using System.Text.Json;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting;

/// <summary>The JSON report: the body, its hash, and what is said of the run.</summary>
internal static class JsonReport
{
    public const string Body = "body";
    public const string BodySha256 = "body_sha256";
    public const string Run = "run";

    // Read by people and programs, never put into a web page: letters and quotes stay readable.
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static void Write(TraceResult result, Stream output, RunInfo run)
    {
        using BodyHash hash = new();
        using HashedPartStream stream = new(output, hash);
        using Utf8JsonWriter json = new(stream, Options);
        json.WriteStartObject();
        json.WritePropertyName(Body);
        json.Flush();
        stream.IsHashing = true;
        new JsonBody(json, result).Write();
        json.Flush();
        stream.IsHashing = false;

        json.WriteString(BodySha256, hash.Finish());
        json.WriteStartObject(Run);
        json.WriteDate("asked_on", run.AskedOn);
        json.WriteString("tool_version", run.ToolVersion);
        json.WriteString("engine", result.Engine);
        json.WriteNumberOrNull("time_taken_ms", run.TimeTaken is TimeSpan taken ? (long)taken.TotalMilliseconds : null);
        JsonCoverage.WriteSources(json, result.Coverage);
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
        output.Flush();
    }
}
