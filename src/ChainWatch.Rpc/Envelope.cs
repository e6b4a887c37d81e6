using System.Text.Json;

namespace ChainWatch.Rpc;

/// <summary>One JSON-RPC 2.0 response as it stands in a body: where its result is, or what its error says.</summary>
internal readonly record struct Envelope(long? Id, Range? Result, bool HasError, int? Code, string? Message)
{
    /// <summary>Reads a body that is one response, or an array of them.</summary>
    /// <param name="body">The whole body.</param>
    /// <param name="isArray">Whether it was an array.</param>
    /// <exception cref="JsonException">It is no JSON, or no response.</exception>
    public static List<Envelope> ReadAll(ReadOnlySpan<byte> body, out bool isArray)
    {
        try
        {
            return Read(body, out isArray);
        }
        catch (InvalidOperationException e)
        {
            // What the reader says of text that is no UTF-8.
            throw new JsonException("no UTF-8", e);
        }
    }

    private static List<Envelope> Read(ReadOnlySpan<byte> body, out bool isArray)
    {
        Utf8JsonReader reader = new(body, new JsonReaderOptions { MaxDepth = 4096 });
        if (!reader.Read())
        {
            throw new JsonException("empty");
        }

        isArray = reader.TokenType == JsonTokenType.StartArray;
        List<Envelope> all = [];
        if (!isArray)
        {
            all.Add(ReadOne(ref reader));
        }
        else
        {
            while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
            {
                all.Add(ReadOne(ref reader));
            }
        }

        // To the end: what follows, or is missing, makes it no JSON.
        while (reader.Read())
        {
        }

        return all;
    }

    /// <summary>What an error body says: of JSON-RPC (<c>error</c>), or of a gateway (<c>message</c>); nothing where it is no JSON.</summary>
    public static (int? Code, string? Message) FindError(ReadOnlySpan<byte> body)
    {
        try
        {
            Utf8JsonReader reader = new(body);
            if (!reader.Read())
            {
                return default;
            }

            if (reader.TokenType == JsonTokenType.StartArray && !reader.Read())
            {
                return default;
            }

            if (reader.TokenType == JsonTokenType.StartObject)
            {
                Envelope envelope = ReadOne(ref reader);
                return (envelope.Code, envelope.Message);
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // A page for people; its status tells.
        }

        return default;
    }

    private static Envelope ReadOne(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("no object");
        }

        Envelope envelope = default;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("id"u8))
            {
                reader.Read();
                envelope = envelope with { Id = ReadId(ref reader) };
            }
            else if (reader.ValueTextEquals("result"u8))
            {
                reader.Read();
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                envelope = envelope with { Result = start..(int)reader.BytesConsumed };
            }
            else if (reader.ValueTextEquals("error"u8))
            {
                reader.Read();
                envelope = ReadError(ref reader, envelope);
            }
            else if (reader.ValueTextEquals("message"u8))
            {
                reader.Read();
                envelope = reader.TokenType == JsonTokenType.String ? envelope with { Message = envelope.Message ?? reader.GetString() } : envelope;
                reader.Skip();
            }
            else
            {
                reader.Read();
                reader.Skip();
            }
        }

        return envelope;
    }

    private static long? ReadId(ref Utf8JsonReader reader)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Number when reader.TryGetInt64(out long id):
                return id;
            case JsonTokenType.String when long.TryParse(reader.GetString(), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long id):
                return id;
            default:
                reader.Skip();
                return null;
        }
    }

    private static Envelope ReadError(ref Utf8JsonReader reader, Envelope envelope)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return envelope;
            case JsonTokenType.String:
                return envelope with { HasError = true, Message = reader.GetString() };
            case JsonTokenType.StartObject:
                envelope = envelope with { HasError = true };
                string? data = null;
                while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
                {
                    bool isCode = reader.ValueTextEquals("code"u8);
                    bool isMessage = reader.ValueTextEquals("message"u8);
                    bool isData = reader.ValueTextEquals("data"u8);
                    reader.Read();
                    if (isCode && reader.TokenType == JsonTokenType.Number && reader.TryGetInt32(out int code))
                    {
                        envelope = envelope with { Code = code };
                    }
                    else if (isMessage && reader.TokenType == JsonTokenType.String)
                    {
                        envelope = envelope with { Message = reader.GetString() };
                    }
                    else if (isData && reader.TokenType == JsonTokenType.String)
                    {
                        data = reader.GetString();
                    }
                    else
                    {
                        reader.Skip();
                    }
                }

                // Some say "Internal error" or "invalid params", and what is the matter in data alone; others put bytes there.
                return string.IsNullOrWhiteSpace(data) || data.StartsWith("0x", StringComparison.Ordinal) ? envelope : envelope with { Message = envelope.Message is null ? data : $"{envelope.Message}: {data}" };
            default:
                reader.Skip();
                return envelope with { HasError = true };
        }
    }
}
