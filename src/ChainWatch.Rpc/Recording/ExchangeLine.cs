using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChainWatch.Rpc.Recording;

/// <summary>An exchange as one line of JSON: where the answer is kept, what was asked, when it came.</summary>
public static class ExchangeLine
{
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Writes a line, without its end.</summary>
    /// <param name="exchange">The exchange.</param>
    /// <param name="file">The name of the file with the answer.</param>
    public static byte[] Write(Exchange exchange, string file)
    {
        using MemoryStream line = new();
        using (Utf8JsonWriter json = new(line, Options))
        {
            json.WriteStartObject();
            json.WriteString("file", file);
            json.WriteNumber("status", exchange.Status);
            json.WriteString("type", exchange.MediaType);
            json.WriteString("received_at", exchange.ReceivedAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture));
            json.WriteBoolean("redacted", exchange.IsRedacted);
            json.WriteString("method", exchange.Body is null ? "GET" : "POST");
            json.WriteString("path", exchange.Path);
            json.WritePropertyName("body");
            if (exchange.Body is null)
            {
                json.WriteNullValue();
            }
            else
            {
                json.WriteRawValue(exchange.Body);
            }

            json.WriteEndObject();
        }

        return line.ToArray();
    }

    /// <summary>Reads a line.</summary>
    /// <param name="line">The line, without its end.</param>
    /// <param name="place">Where it stands, for messages.</param>
    /// <exception cref="ChainWatchException">It is none, or not as <see cref="Write"/> writes it.</exception>
    public static (Exchange Exchange, string File) Read(ReadOnlyMemory<byte> line, string place)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(line);
            JsonElement json = document.RootElement;
            JsonElement body = json.GetProperty("body");
            Exchange exchange = new()
            {
                Path = json.GetProperty("path").GetString()!,
                Body = body.ValueKind == JsonValueKind.Null ? null : System.Text.Encoding.UTF8.GetBytes(body.GetRawText()),
                Status = json.GetProperty("status").GetInt32(),
                MediaType = json.GetProperty("type").GetString()!,
                ReceivedAt = DateTimeOffset.ParseExact(json.GetProperty("received_at").GetString()!, "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
                IsRedacted = json.GetProperty("redacted").GetBoolean(),
            };
            if (exchange.Status is < 100 or > 599 || exchange.Path is null || exchange.MediaType is null)
            {
                throw new FormatException("no answer has that");
            }

            string file = json.GetProperty("file").GetString()!;
            return Write(exchange, file).AsSpan().SequenceEqual(line.Span) ? (exchange, file) : throw new FormatException("other bytes");
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException or ArgumentException)
        {
            throw new ChainWatchException($"{place}: is no line of an index of answers; expected one as it is written", e);
        }
    }
}
