using System.Text.Json;

namespace ChainWatch.Rpc.Recording;

/// <summary>A JSON-RPC answer as it stands in a kept body, and where its id does: that is the one thing in it that another asking changes.</summary>
/// <param name="Answer">Where the answer is.</param>
/// <param name="Id">Where its id is, null where it has none.</param>
/// <param name="IdValue">The id.</param>
internal readonly record struct AnswerPlace(Range Answer, Range? Id, long? IdValue)
{
    /// <summary>The answers of a body; none where it is no JSON-RPC.</summary>
    public static List<AnswerPlace> ReadAll(ReadOnlySpan<byte> body, out bool isArray)
    {
        isArray = false;
        List<AnswerPlace> all = [];
        try
        {
            Utf8JsonReader reader = new(body, new JsonReaderOptions { MaxDepth = 4096 });
            if (!reader.Read())
            {
                return [];
            }

            isArray = reader.TokenType == JsonTokenType.StartArray;
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

            while (reader.Read())
            {
            }

            return all;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return [];
        }
    }

    private static AnswerPlace ReadOne(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("no object");
        }

        int start = (int)reader.TokenStartIndex;
        Range? id = null;
        long? value = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isId = reader.ValueTextEquals("id"u8);
            reader.Read();
            if (isId)
            {
                id = (int)reader.TokenStartIndex..(int)reader.BytesConsumed;
                value = reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out long number) ? number : null;
            }

            reader.Skip();
        }

        return new AnswerPlace(start..(int)reader.BytesConsumed, id, value);
    }
}
