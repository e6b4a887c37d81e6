using System.Text.Json;

namespace ChainWatch.Reporting;

/// <summary>Recomputes the hash of a JSON report's body.</summary>
internal static class JsonVerifier
{
    public static string Verify(ReadOnlySpan<byte> report, string name)
    {
        try
        {
            Utf8JsonReader json = new(report);
            Expect(json.Read() && json.TokenType == JsonTokenType.StartObject, name);
            ExpectProperty(ref json, JsonReport.Body, name);
            Expect(json.Read() && json.TokenType == JsonTokenType.StartObject, name);
            int start = (int)json.TokenStartIndex;
            json.Skip();
            using BodyHash hash = new();
            hash.Append(report[start..(int)json.BytesConsumed]);
            string found = hash.Finish();

            ExpectProperty(ref json, JsonReport.BodySha256, name);
            Expect(json.Read() && json.TokenType == JsonTokenType.String, name);
            string expected = json.GetString()!;

            ExpectProperty(ref json, JsonReport.Run, name);
            Expect(json.Read() && json.TokenType == JsonTokenType.StartObject, name);
            json.Skip();
            Expect(json.Read() && json.TokenType == JsonTokenType.EndObject, name);
            // Throws where something follows the object.
            json.Read();
            return found == expected
                ? found
                : throw ChainWatchException.At(name, 0, JsonReport.BodySha256, $"the body was changed: its SHA-256 is {found}, expected {expected}");
        }
        catch (JsonException error)
        {
            throw new ChainWatchException($"{name}: not valid JSON: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    private static void ExpectProperty(ref Utf8JsonReader json, string property, string name) =>
        Expect(json.Read() && json.TokenType == JsonTokenType.PropertyName && json.ValueTextEquals(property), name);

    private static void Expect(bool isSo, string name)
    {
        if (!isSo)
        {
            throw ChainWatchException.At(name, 0, null, $"not a ChainWatch report: expected an object with {JsonReport.Body}, {JsonReport.BodySha256} and {JsonReport.Run}, in this order");
        }
    }
}
