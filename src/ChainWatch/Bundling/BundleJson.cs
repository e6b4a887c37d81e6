using System.Text.Encodings.Web;
using System.Text.Json;
using ChainWatch.Watching;

namespace ChainWatch.Bundling;

/// <summary>The small JSON files of a bundle: an object whose first property is the version of its form. UTF-8, indented, LF.</summary>
internal static class BundleJson
{
    private const string Version = "schema_version";
    private const int SchemaVersion = 1;
    private static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a file.</summary>
    public static BundleFile Of(string name, Action<Utf8JsonWriter> write) => new(name, output =>
    {
        using (Utf8JsonWriter json = new(output, Options))
        {
            json.WriteStartObject();
            json.WriteNumber(Version, SchemaVersion);
            write(json);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    });

    /// <summary>Reads a file of a bundle.</summary>
    /// <exception cref="ChainWatchException">It is not there, of another version, or something in it is missing or of another kind.</exception>
    public static T Read<T>(EvidenceBundle bundle, string name, Func<JsonFields, T> read)
    {
        string place = $"{bundle.Name}: {name}";
        try
        {
            using JsonDocument document = JsonDocument.Parse(bundle.ReadFile(name));
            JsonFields json = new(document.RootElement, place, 0);
            return json.Count(Version) == SchemaVersion ? read(json) : throw json.Problem(Version, $"{json.Count(Version)} is of a later version of this program; expected {SchemaVersion}");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new ChainWatchException($"{place}: not valid JSON", e);
        }
    }
}
