using System.Buffers;
using System.Text.Json;
using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Node;

/// <summary>Reads the values of which a node's answers are made. What is missing or of another type is an error that names the field.</summary>
internal static class NodeJson
{
    private const int NumberLengthMax = 24;

    /// <summary>Runs a decoder; what it finds wrong is returned, and so asked again.</summary>
    public static string? Try(Action decode)
    {
        try
        {
            decode();
            return null;
        }
        catch (BitcoinFormatException e)
        {
            return e.Message;
        }
        catch (JsonException e)
        {
            return $"the answer is no JSON: {e.Message}";
        }
    }

    /// <summary>A result that is bytes in hexadecimal.</summary>
    public static byte[] ReadBytes(ReadOnlySpan<byte> json, string what)
    {
        Utf8JsonReader reader = new(json);
        reader.Read();
        return Bytes(ref reader, what);
    }

    /// <summary>A result that is a hash: 64 digits, returned in lower case.</summary>
    public static string ReadHash(ReadOnlySpan<byte> json, string what)
    {
        Utf8JsonReader reader = new(json);
        reader.Read();
        return Hash(ref reader, what);
    }

    public static byte[] Bytes(ref Utf8JsonReader reader, string what)
    {
        ReadOnlySpan<byte> digits = Digits(ref reader, what);
        byte[] bytes = GC.AllocateUninitializedArray<byte>(digits.Length / 2);
        return digits.Length % 2 == 0 && Convert.FromHexString(digits, bytes, out _, out _) == OperationStatus.Done
            ? bytes
            : throw new BitcoinFormatException($"'{what}' is not in hexadecimal");
    }

    public static string Hash(ref Utf8JsonReader reader, string what)
    {
        byte[] bytes = Bytes(ref reader, what);
        return bytes.Length == 32 ? Convert.ToHexStringLower(bytes) : throw new BitcoinFormatException($"'{what}' has {bytes.Length} bytes; expected the 32 of a hash");
    }

    public static string Text(ref Utf8JsonReader reader, string what)
    {
        Expect(ref reader, JsonTokenType.String, what, "a string");
        return reader.GetString()!;
    }

    /// <summary>A whole number from a least to a greatest.</summary>
    public static long Integer(ref Utf8JsonReader reader, string what, long min, long max)
    {
        Expect(ref reader, JsonTokenType.Number, what, "a number");
        return reader.TryGetInt64(out long value) && value >= min && value <= max
            ? value
            : throw new BitcoinFormatException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"'{what}' is not a whole number from {min} to {max}"));
    }

    /// <summary>An amount of bitcoin in satoshis. Read as a decimal, so that nothing is rounded.</summary>
    public static ulong Satoshis(ref Utf8JsonReader reader, string what)
    {
        Expect(ref reader, JsonTokenType.Number, what, "a number");
        const decimal coin = 100_000_000m;
        return !reader.HasValueSequence && reader.ValueSpan.Length <= NumberLengthMax && reader.TryGetDecimal(out decimal coins)
            && coins is >= 0 and <= 21_000_000m && decimal.IsInteger(coins * coin)
            ? (ulong)(coins * coin)
            : throw new BitcoinFormatException($"'{what}' is not an amount of bitcoin; expected 0 to 21000000 with at most 8 decimals");
    }

    public static void Expect(ref Utf8JsonReader reader, JsonTokenType type, string what, string expected)
    {
        if (reader.TokenType != type)
        {
            throw new BitcoinFormatException($"'{what}' is {Name(reader.TokenType)}; expected {expected}");
        }
    }

    /// <summary>Goes to the next field of an object and onto its value; false at the object's end.</summary>
    public static bool NextField(ref Utf8JsonReader reader, out ReadOnlySpan<byte> name)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.PropertyName)
        {
            name = default;
            return false;
        }

        name = reader.ValueSpan;
        reader.Read();
        return true;
    }

    public static BitcoinFormatException Missing(string what) => new($"'{what}' is missing");

    private static ReadOnlySpan<byte> Digits(ref Utf8JsonReader reader, string what)
    {
        Expect(ref reader, JsonTokenType.String, what, "a string");
        return reader.ValueSpan;
    }

    private static string Name(JsonTokenType type) => type switch
    {
        JsonTokenType.Null => "null",
        JsonTokenType.True or JsonTokenType.False => "true or false",
        JsonTokenType.Number => "a number",
        JsonTokenType.String => "a string",
        JsonTokenType.StartArray => "an array",
        JsonTokenType.StartObject => "an object",
        _ => "missing",
    };
}
