namespace ChainWatch.Encoding;

/// <summary>
/// Bitcoin Cash's CashAddr: Bech32's characters with a 40-bit checksum over prefix and payload, whose first byte holds
/// type and hash length. Source: the CashAddr specification and CHIP-2022-02 CashTokens (types 2 and 3).
/// </summary>
internal static class CashAddr
{
    /// <summary>The prefix of the main network; usually left out when written.</summary>
    public const string Prefix = "bitcoincash";

    /// <summary>The longest payload read: a version byte and a hash of 32 bytes.</summary>
    public const int PayloadLengthMax = 33;

    private const int ChecksumLength = 8;
    private const int CharactersMax = 61; // 53 for 33 bytes, and the checksum

    /// <summary>Whether the text, without prefix, has the form: 42 or 61 of Bech32's characters in one case, of type q, p, z or r.</summary>
    public static bool Looks(ReadOnlySpan<char> text)
    {
        if (text.Length is not (42 or CharactersMax) || !"qpzrQPZR".Contains(text[0], StringComparison.Ordinal))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (Bech32.ValueOf(c) < 0)
            {
                return false;
            }
        }

        return !Bech32.MixesCase(text);
    }

    /// <summary>Reads the payload: version byte and hash. The text is without prefix.</summary>
    /// <returns>False where the form, the checksum or the padding is wrong.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, Span<byte> payload, out int length)
    {
        length = 0;
        if (!Looks(text))
        {
            return false;
        }

        Span<byte> fives = stackalloc byte[CharactersMax];
        ulong checksum = PrefixChecksum();
        for (int i = 0; i < text.Length; i++)
        {
            fives[i] = (byte)Bech32.ValueOf(text[i]);
            checksum = Step(checksum) ^ fives[i];
        }

        Span<byte> bytes = stackalloc byte[CharactersMax];
        if (checksum != 1
            || !BitGroups.TryToBytes(fives[..(text.Length - ChecksumLength)], bytes, out length)
            || length > PayloadLengthMax)
        {
            return false;
        }

        bytes[..length].CopyTo(payload);
        return true;
    }

    /// <summary>Writes a payload of 21 or 33 bytes in lower case, without prefix.</summary>
    public static string Encode(ReadOnlySpan<byte> payload)
    {
        Span<byte> fives = stackalloc byte[CharactersMax];
        int count = BitGroups.FivesOf(payload.Length);
        BitGroups.ToFives(payload, fives);
        Span<char> text = stackalloc char[count + ChecksumLength];
        ulong checksum = PrefixChecksum();
        for (int i = 0; i < count; i++)
        {
            text[i] = Bech32.Characters[fives[i]];
            checksum = Step(checksum) ^ fives[i];
        }

        for (int i = 0; i < ChecksumLength; i++)
        {
            checksum = Step(checksum);
        }

        checksum ^= 1;
        for (int i = 0; i < ChecksumLength; i++)
        {
            text[count + i] = Bech32.Characters[(int)((checksum >> (5 * (ChecksumLength - 1 - i))) & 31)];
        }

        return new string(text);
    }

    private static ulong PrefixChecksum()
    {
        ulong checksum = 1;
        foreach (char c in Prefix)
        {
            checksum = Step(checksum) ^ (uint)(c & 31);
        }

        return Step(checksum);
    }

    private static ulong Step(ulong checksum)
    {
        ulong top = checksum >> 35;
        return ((checksum & 0x07FFFFFFFF) << 5)
            ^ (0x98F2BC8E61 & (0 - (top & 1)))
            ^ (0x79B76D99E2 & (0 - ((top >> 1) & 1)))
            ^ (0xF33E5FB3C4 & (0 - ((top >> 2) & 1)))
            ^ (0xAE2EABE2A8 & (0 - ((top >> 3) & 1)))
            ^ (0x1E4F43E470 & (0 - ((top >> 4) & 1)));
    }
}
