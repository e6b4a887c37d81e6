namespace ChainWatch.Ethereum.Decoding;

/// <summary>Hexadecimal quantities and data as the execution API writes them, straight from the bytes of an answer.</summary>
internal static class Hex
{
    private const int WordDigits = 64;

    /// <summary>A quantity that fits a long, such as a height: <c>0x</c> and at least one digit. Leading zeros are let pass; some nodes write them.</summary>
    public static long ReadLong(ReadOnlySpan<byte> text, string field)
    {
        ReadOnlySpan<byte> digits = Digits(text, field).TrimStart((byte)'0');
        if (digits.Length > 15 || text.Length < 3)
        {
            throw Bad(text, field, "a quantity of at most 15 digits");
        }

        long value = 0;
        foreach (byte digit in digits)
        {
            value = (value << 4) | (uint)Value(digit, text, field);
        }

        return value;
    }

    /// <summary>A quantity that fits an int, such as an index.</summary>
    public static int ReadInt(ReadOnlySpan<byte> text, string field) =>
        ReadLong(text, field) is long value and <= int.MaxValue ? (int)value : throw Bad(text, field, "a quantity of at most 31 bits");

    /// <summary>A quantity up to 2^256-1.</summary>
    public static Amount ReadAmount(ReadOnlySpan<byte> text, string field)
    {
        ReadOnlySpan<byte> digits = Digits(text, field).TrimStart((byte)'0');
        if (digits.Length > WordDigits || text.Length < 3)
        {
            throw Bad(text, field, "a quantity of at most 32 bytes");
        }

        if (digits.Length <= 16)
        {
            ulong small = 0;
            foreach (byte digit in digits)
            {
                small = (small << 4) | (uint)Value(digit, text, field);
            }

            return Amount.From(small);
        }

        Span<byte> even = stackalloc byte[WordDigits];
        even.Fill((byte)'0');
        digits.CopyTo(even[(WordDigits - digits.Length)..]);
        Span<byte> bytes = stackalloc byte[32];
        Decode(even, bytes, text, field);
        return Amount.FromBigEndian(bytes);
    }

    /// <summary>32 bytes.</summary>
    public static TxId ReadHash(ReadOnlySpan<byte> text, string field)
    {
        Span<byte> bytes = stackalloc byte[32];
        ReadBytes(text, bytes, field);
        return TxId.FromBytes(bytes);
    }

    /// <summary>20 bytes.</summary>
    public static Bytes20 ReadAddress(ReadOnlySpan<byte> text, string field)
    {
        Span<byte> bytes = stackalloc byte[Bytes20.Length];
        ReadBytes(text, bytes, field);
        return new Bytes20(bytes);
    }

    /// <summary>Data of exactly so many bytes.</summary>
    public static void ReadBytes(ReadOnlySpan<byte> text, Span<byte> destination, string field)
    {
        ReadOnlySpan<byte> digits = Digits(text, field);
        if (digits.Length != destination.Length * 2)
        {
            throw Bad(text, field, $"{destination.Length} bytes");
        }

        Decode(digits, destination, text, field);
    }

    /// <summary>How many bytes data has.</summary>
    public static int LengthOf(ReadOnlySpan<byte> text, string field)
    {
        ReadOnlySpan<byte> digits = Digits(text, field);
        return (digits.Length & 1) == 0 ? digits.Length / 2 : throw Bad(text, field, "an even number of digits");
    }

    private static ReadOnlySpan<byte> Digits(ReadOnlySpan<byte> text, string field) =>
        text.Length >= 2 && text[0] == '0' && (text[1] | 0x20) == 'x' ? text[2..] : throw Bad(text, field, "hexadecimal digits after 0x");

    private static void Decode(ReadOnlySpan<byte> digits, Span<byte> destination, ReadOnlySpan<byte> text, string field)
    {
        if (!HexDigits.TryDecode(digits, destination))
        {
            throw Bad(text, field, "hexadecimal digits after 0x");
        }
    }

    private static int Value(byte digit, ReadOnlySpan<byte> text, string field) => digit switch
    {
        >= (byte)'0' and <= (byte)'9' => digit - '0',
        >= (byte)'a' and <= (byte)'f' => digit - 'a' + 10,
        >= (byte)'A' and <= (byte)'F' => digit - 'A' + 10,
        _ => throw Bad(text, field, "hexadecimal digits after 0x"),
    };

    private static EthereumFormatException Bad(ReadOnlySpan<byte> text, string field, string expected)
    {
        const int shown = 80;
        string found = new([.. text[..Math.Min(text.Length, shown)].ToArray().Select(b => b is >= 0x20 and < 0x7f ? (char)b : '?')]);
        return new EthereumFormatException($"{field}: '{found}{(text.Length > shown ? "…" : "")}'; expected {expected}");
    }
}
