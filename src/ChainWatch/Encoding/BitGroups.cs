namespace ChainWatch.Encoding;

/// <summary>Bytes as groups of five bits and back, most significant bit first: what Bech32 and CashAddr put into characters.</summary>
internal static class BitGroups
{
    /// <summary>How many groups so many bytes take.</summary>
    public static int FivesOf(int bytes) => ((8 * bytes) + 4) / 5;

    /// <summary>Splits bytes into <see cref="FivesOf"/> groups; the last is padded with zero bits.</summary>
    public static void ToFives(ReadOnlySpan<byte> bytes, Span<byte> fives)
    {
        int buffer = 0;
        int bits = 0;
        int next = 0;
        foreach (byte value in bytes)
        {
            buffer = ((buffer << 8) | value) & 0xFFF;
            for (bits += 8; bits >= 5; bits -= 5)
            {
                fives[next++] = (byte)((buffer >> (bits - 5)) & 31);
            }
        }

        if (bits > 0)
        {
            fives[next] = (byte)((buffer << (5 - bits)) & 31);
        }
    }

    /// <summary>Joins groups to bytes; false where five or more bits are left over, or padding bits are not zero.</summary>
    public static bool TryToBytes(ReadOnlySpan<byte> fives, Span<byte> bytes, out int written)
    {
        int buffer = 0;
        int bits = 0;
        written = 0;
        foreach (byte five in fives)
        {
            buffer = ((buffer << 5) | five) & 0xFFF;
            bits += 5;
            if (bits >= 8)
            {
                bits -= 8;
                bytes[written++] = (byte)(buffer >> bits);
            }
        }

        return bits < 5 && (buffer & ((1 << bits) - 1)) == 0;
    }
}
