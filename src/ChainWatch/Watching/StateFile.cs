using System.Text.Json;

namespace ChainWatch.Watching;

/// <summary>A small file of the state folder, JSON. It is written beside itself and renamed, so that there is always a whole one.</summary>
internal static class StateFile
{
    /// <summary>Replaces the file, and waits until it is on the disk.</summary>
    /// <exception cref="ChainWatchException">It cannot be written; it is as it was.</exception>
    public static void Write(string path, Action<Utf8JsonWriter> write)
    {
        string temporary = path + ".tmp";
        try
        {
            using (FileStream file = new(temporary, FileMode.Create, FileAccess.Write, FileShare.None))
            {
                using (Utf8JsonWriter json = new(file, AlertJson.Options))
                {
                    json.WriteStartObject();
                    write(json);
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

    /// <summary>Reads the file; nothing where there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Takes what it holds.</param>
    /// <param name="expected">What a file that is none is an error about.</param>
    /// <exception cref="ChainWatchException">It cannot be read, or is not as it was written.</exception>
    public static void Read(string path, Action<JsonFields> read, string expected)
    {
        try
        {
            if (File.Exists(path))
            {
                using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(path));
                read(new JsonFields(document.RootElement, path, 0));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ChainWatchException($"{path}: not valid JSON; expected {expected}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new ChainWatchException($"{path}: cannot be read", e);
        }
    }
}
