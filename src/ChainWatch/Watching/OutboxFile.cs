using System.Text.Json;

namespace ChainWatch.Watching;

/// <summary>The outbox on disk. It is written beside itself and renamed, so that there is always a whole one.</summary>
internal static class OutboxFile
{
    private const string Name = "outbox.json";

    public static string PathIn(string folder) => Path.Combine(folder, Name);

    /// <summary>What each sink accepted last; nothing where there is no file.</summary>
    public static IReadOnlyList<(string Sink, AlertHead Accepted)> Read(string path)
    {
        try
        {
            if (!File.Exists(path))
            {
                return [];
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
            List<(string, AlertHead)> sinks = [];
            foreach (JsonFields sink in new JsonFields(document.RootElement, path, 0).Items("sinks"))
            {
                sinks.Add((sink.Text("name"), AlertHead.TryParse(sink.Text("accepted"), out AlertHead? head)
                    ? head
                    : throw sink.Problem("accepted", $"'{sink.Text("accepted")}': expected NUMBER:SHA256")));
            }

            return sinks;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ChainWatchException($"{path}: not valid JSON; expected the outbox as it was written. Without the file every sink gets all alerts again", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{path}: cannot be read", e);
        }
    }

    public static void Write(string path, IEnumerable<(string Sink, AlertHead Accepted)> sinks)
    {
        string temporary = path + ".tmp";
        try
        {
            using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                using (Utf8JsonWriter json = new(file, AlertJson.Options))
                {
                    json.WriteStartObject();
                    json.WriteStartArray("sinks");
                    foreach ((string sink, AlertHead accepted) in sinks)
                    {
                        json.WriteStartObject();
                        json.WriteString("name", sink);
                        json.WriteString("accepted", accepted.ToString());
                        json.WriteEndObject();
                    }

                    json.WriteEndArray();
                    json.WriteEndObject();
                }

                file.Write("\n"u8);
                file.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{path}: cannot be written: the disk is full or the file may not be written; what it held before is as it was", e);
        }
    }
}
