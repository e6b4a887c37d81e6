using System.Globalization;
using System.Text.Json;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Esplora;

/// <summary>Reads JSON of a known form; another form is a <see cref="BitcoinFormatException"/>.</summary>
internal static class JsonReading
{
    /// <summary>Reads the value that the reader stands on, and ends on its last token.</summary>
    public delegate T Reading<T>(ref Utf8JsonReader reader);

    /// <summary>Reads a whole text.</summary>
    public static T Decode<T>(ReadOnlySpan<byte> json, Reading<T> read)
    {
        try
        {
            Utf8JsonReader reader = new(json);
            reader.Read();
            T value = read(ref reader);
            reader.Read();
            return value;
        }
        catch (JsonException e)
        {
            throw new BitcoinFormatException(string.Create(CultureInfo.InvariantCulture, $"no JSON at byte {e.BytePositionInLine ?? 0} of line {e.LineNumber ?? 0}"), e);
        }
    }

    /// <summary>Goes into an object.</summary>
    public static void Enter(ref Utf8JsonReader reader, string what) => Require(reader.TokenType == JsonTokenType.StartObject, what, "an object");

    /// <summary>Goes to an object's next property and its value; false behind the last.</summary>
    public static bool Next(ref Utf8JsonReader reader, out string name)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.EndObject)
        {
            name = "";
            return false;
        }

        name = reader.GetString()!;
        reader.Read();
        return true;
    }

    public static List<T> List<T>(ref Utf8JsonReader reader, string what, Reading<T> read)
    {
        Require(reader.TokenType == JsonTokenType.StartArray, what, "a list");
        List<T> all = [];
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            all.Add(read(ref reader));
        }

        return all;
    }

    public static string Text(ref Utf8JsonReader reader, string what)
    {
        Require(reader.TokenType == JsonTokenType.String, what, "a text");
        return reader.GetString()!;
    }

    /// <summary>A whole number from the least to the most that it may be.</summary>
    public static long Whole(ref Utf8JsonReader reader, string what, long least, long most)
    {
        long value = 0;
        Require(reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out value) && value >= least && value <= most, what, "a whole number that it can be");
        return value;
    }

    public static bool Flag(ref Utf8JsonReader reader, string what)
    {
        Require(reader.TokenType is JsonTokenType.True or JsonTokenType.False, what, "true or false");
        return reader.TokenType == JsonTokenType.True;
    }

    public static byte[] Bytes(ref Utf8JsonReader reader, string what)
    {
        try
        {
            return Convert.FromHexString(Text(ref reader, what));
        }
        catch (FormatException e)
        {
            throw new BitcoinFormatException($"{what}: expected hexadecimal digits", e);
        }
    }

    /// <summary>A hash as it is written: 64 hexadecimal digits.</summary>
    public static TxId Id(ref Utf8JsonReader reader, string what) =>
        TxId.TryParse(Text(ref reader, what), out TxId id) ? id : throw new BitcoinFormatException($"{what}: expected 64 hexadecimal digits");

    public static BitcoinFormatException Missing(string what) => new($"{what} is missing");

    private static void Require(bool holds, string what, string expected)
    {
        if (!holds)
        {
            throw new BitcoinFormatException($"{what}: expected {expected}");
        }
    }
}
