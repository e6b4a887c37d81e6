using System.Globalization;
using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChainWatch.Lists;

/// <summary>
/// A manifest as JSON. Its last property, <c>seal</c>, is the SHA-256 of the file's other properties as written here, so
/// that a changed byte of the manifest is found like one of the data.
/// </summary>
internal static class ManifestJson
{
    private static readonly string[] Properties = ["name", "kind", "title", "version", "asOf", "sources", "howMade", "file", "sha256", "count", "refused", "seal"];

    public static byte[] Write(ListManifest manifest) => Write(manifest, Seal(manifest));

    /// <summary>Reads a manifest, except for its seal, which <see cref="VerifySeal"/> checks after the more telling checks.</summary>
    public static ListManifest Read(string file, byte[] bytes)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(bytes);
            JsonElement root = document.RootElement;
            string[] found = root.ValueKind == JsonValueKind.Object ? [.. root.EnumerateObject().Select(p => p.Name)] : [];
            if (!found.SequenceEqual(Properties, StringComparer.Ordinal))
            {
                throw ChainWatchException.At(file, 0, null, $"expected an object with the properties {string.Join(", ", Properties)}, in this order");
            }

            return new ListManifest
            {
                Name = Text(file, root, "name"),
                Kind = ListWords.Kinds.Parse(Text(file, root, "kind")) ?? throw ChainWatchException.At(file, 0, "kind", $"'{Text(file, root, "kind")}' is none of {ListWords.Kinds.Texts}"),
                Title = Text(file, root, "title"),
                Version = Text(file, root, "version"),
                AsOf = DateOnly.TryParseExact(Text(file, root, "asOf"), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly asOf)
                    ? asOf
                    : throw ChainWatchException.At(file, 0, "asOf", $"'{Text(file, root, "asOf")}' is no date: expected YYYY-MM-DD"),
                Sources = Texts(file, root, "sources"),
                HowMade = Text(file, root, "howMade"),
                File = Text(file, root, "file"),
                Sha256 = Text(file, root, "sha256"),
                Count = root.GetProperty("count").ValueKind == JsonValueKind.Number && root.GetProperty("count").TryGetInt32(out int count)
                    ? count
                    : throw ChainWatchException.At(file, 0, "count", "expected a whole number"),
                Refused = Texts(file, root, "refused"),
            };
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with bytes that are not UTF-8.
            throw new ChainWatchException($"{file}: not valid JSON", error);
        }
    }

    /// <summary>Checks that the file's bytes are exactly those of the manifest that was read from it.</summary>
    public static void VerifySeal(string file, byte[] bytes, ListManifest manifest)
    {
        if (!bytes.AsSpan().SequenceEqual(Write(manifest)))
        {
            throw ChainWatchException.At(file, 0, "seal", $"the manifest was changed after it was made: expected the seal {Seal(manifest)} and the exact form that the list writer gives");
        }
    }

    private static string Seal(ListManifest manifest) => Convert.ToHexStringLower(SHA256.HashData(Write(manifest, seal: "")));

    private static byte[] Write(ListManifest manifest, string seal)
    {
        using MemoryStream stream = new();
        // Read by people and by this library only, never put into a web page: letters and quotes stay readable.
        JsonWriterOptions options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter writer = new(stream, options))
        {
            writer.WriteStartObject();
            writer.WriteString("name", manifest.Name);
            writer.WriteString("kind", ListWords.Kinds.Text(manifest.Kind));
            writer.WriteString("title", manifest.Title);
            writer.WriteString("version", manifest.Version);
            writer.WriteString("asOf", manifest.AsOf.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            WriteTexts(writer, "sources", manifest.Sources);
            writer.WriteString("howMade", manifest.HowMade);
            writer.WriteString("file", manifest.File);
            writer.WriteString("sha256", manifest.Sha256);
            writer.WriteNumber("count", manifest.Count);
            WriteTexts(writer, "refused", manifest.Refused);
            writer.WriteString("seal", seal);
            writer.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void WriteTexts(Utf8JsonWriter writer, string property, IReadOnlyList<string> texts)
    {
        writer.WriteStartArray(property);
        foreach (string text in texts)
        {
            writer.WriteStringValue(text);
        }

        writer.WriteEndArray();
    }

    private static string Text(string file, JsonElement root, string property) => root.GetProperty(property) is { ValueKind: JsonValueKind.String } value
        ? value.GetString()!
        : throw ChainWatchException.At(file, 0, property, "expected a text");

    private static string[] Texts(string file, JsonElement root, string property)
    {
        JsonElement value = root.GetProperty(property);
        return value.ValueKind == JsonValueKind.Array && value.EnumerateArray().All(item => item.ValueKind == JsonValueKind.String)
            ? [.. value.EnumerateArray().Select(item => item.GetString()!)]
            : throw ChainWatchException.At(file, 0, property, "expected an array of texts");
    }
}
