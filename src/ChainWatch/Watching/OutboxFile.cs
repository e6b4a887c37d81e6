namespace ChainWatch.Watching;

/// <summary>The outbox on disk.</summary>
internal static class OutboxFile
{
    private const string Name = "outbox.json";

    public static string PathIn(string folder) => Path.Combine(folder, Name);

    /// <summary>What each sink accepted last; nothing where there is no file.</summary>
    public static IReadOnlyList<(string Sink, AlertHead Accepted)> Read(string path)
    {
        List<(string, AlertHead)> sinks = [];
        StateFile.Read(
            path,
            fields =>
            {
                foreach (JsonFields sink in fields.Items("sinks"))
                {
                    sinks.Add((sink.Text("name"), AlertHead.TryParse(sink.Text("accepted"), out AlertHead? head)
                        ? head
                        : throw sink.Problem("accepted", $"'{sink.Text("accepted")}': expected NUMBER:SHA256")));
                }
            },
            "the outbox as it was written. Without the file every sink gets all alerts again");
        return sinks;
    }

    public static void Write(string path, IEnumerable<(string Sink, AlertHead Accepted)> sinks) => StateFile.Write(path, json =>
    {
        json.WriteStartArray("sinks");
        foreach ((string sink, AlertHead accepted) in sinks)
        {
            json.WriteStartObject();
            json.WriteString("name", sink);
            json.WriteString("accepted", accepted.ToString());
            json.WriteEndObject();
        }

        json.WriteEndArray();
    });
}
