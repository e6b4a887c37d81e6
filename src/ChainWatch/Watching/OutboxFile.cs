using System.Text.Json;

namespace ChainWatch.Watching;

/// <summary>The outbox on disk.</summary>
internal static class OutboxFile
{
    private const string Name = "outbox.json";

    public static string PathIn(string folder) => Path.Combine(folder, Name);

    /// <summary>What each sink accepted last, and what was skipped; nothing where there is no file.</summary>
    public static IReadOnlyList<(string Sink, AlertHead Accepted, IReadOnlyList<AlertHead> Skipped)> Read(string path)
    {
        List<(string, AlertHead, IReadOnlyList<AlertHead>)> sinks = [];
        StateFile.Read(
            path,
            fields =>
            {
                foreach (JsonFields sink in fields.Items("sinks"))
                {
                    sinks.Add((sink.Text("name"), HeadOf(sink, "accepted"), [.. sink.ItemsOrNone("skipped").Select(skipped => HeadOf(skipped, "line"))]));
                }
            },
            "the outbox as it was written. Without the file every sink gets all alerts again");
        return sinks;
    }

    public static void Write(string path, IEnumerable<(string Sink, AlertHead Accepted, IReadOnlyList<AlertHead> Skipped)> sinks) => StateFile.Write(path, json =>
    {
        json.WriteStartArray("sinks");
        foreach ((string sink, AlertHead accepted, IReadOnlyList<AlertHead> skipped) in sinks)
        {
            json.WriteStartObject();
            json.WriteString("name", sink);
            json.WriteString("accepted", accepted.ToString());
            WriteSkipped(json, skipped);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });

    private static AlertHead HeadOf(JsonFields fields, string property) => AlertHead.TryParse(fields.Text(property), out AlertHead? head)
        ? head
        : throw fields.Problem(property, $"'{fields.Text(property)}': expected NUMBER:SHA256");

    private static void WriteSkipped(Utf8JsonWriter json, IReadOnlyList<AlertHead> skipped)
    {
        if (skipped.Count == 0)
        {
            return;
        }

        json.WriteStartArray("skipped");
        foreach (AlertHead line in skipped)
        {
            json.WriteStartObject();
            json.WriteString("line", line.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
