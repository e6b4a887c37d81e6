namespace ChainWatch.Encoding;

/// <summary>Which of the two checksums a Bech32 text carries.</summary>
internal enum Bech32Form
{
    /// <summary>Neither: the text is not valid.</summary>
    None,

    /// <summary>BIP 173.</summary>
    Bech32,

    /// <summary>BIP 350.</summary>
    Bech32m,
}

/// <summary>
/// Bech32 (BIP 173) and Bech32m (BIP 350): a human-readable part, the separator <c>1</c>, groups of five bits as
/// characters, and a checksum of six characters over all of it.
/// </summary>
internal static class Bech32
{
    /// <summary>The longest text the two BIPs allow. Some chains' own formats are longer; the checksum then finds fewer errors.</summary>
    public const int TextLengthMax = 90;

    /// <summary>Five-bit groups as characters; CashAddr uses the same.</summary>
    public const string Characters = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";

    private const int ChecksumLength = 6;
    private const uint Bech32Constant = 1;
    private const uint Bech32mConstant = 0x2BC830A3;

    private static readonly sbyte[] Values = MakeValues();

    /// <summary>The five bits of a character in either case; -1 where it is none of the 32.</summary>
    public static int ValueOf(char c) => c < Values.Length ? Values[c] : -1;

    /// <summary>
    /// Whether the text has letters of both cases. It is no Bech32 then, and may be Base58 that happens to begin with a
    /// human-readable part: Tron has addresses in TB1, Solana in u1, Litecoin in LTC1.
    /// </summary>
    public static bool MixesCase(ReadOnlySpan<char> text) => text.ContainsAnyInRange('A', 'Z') && text.ContainsAnyInRange('a', 'z');

    /// <summary>Reads a text and verifies its checksum.</summary>
    /// <param name="text">The text, all lower-case or all upper-case.</param>
    /// <param name="lengthMax">The longest text allowed.</param>
    /// <param name="fives">Room for as many groups as the text has characters.</param>
    /// <param name="count">How many groups were read, without the checksum.</param>
    /// <param name="humanPartLength">How many characters the human-readable part has.</param>
    /// <param name="problem">What is wrong, to be put behind the text; null where all is well.</param>
    public static Bech32Form Decode(ReadOnlySpan<char> text, int lengthMax, Span<byte> fives, out int count, out int humanPartLength, out string? problem)
    {
        count = 0;
        humanPartLength = text.LastIndexOf('1');
        if (text.Length > lengthMax || humanPartLength < 1 || text.Length - humanPartLength - 1 < ChecksumLength)
        {
            problem = $"is not Bech32: expected a prefix, 1, and at least {ChecksumLength} characters, {lengthMax} in all at most";
            return Bech32Form.None;
        }

        if (text.IndexOfAnyExceptInRange('!', '~') >= 0)
        {
            problem = "is not Bech32: it has a character that is not printable ASCII";
            return Bech32Form.None;
        }

        if (MixesCase(text))
        {
            problem = "mixes upper and lower case, which Bech32 does not allow";
            return Bech32Form.None;
        }

        uint checksum = Human(text[..humanPartLength]);
        foreach (char c in text[(humanPartLength + 1)..])
        {
            int value = ValueOf(c);
            if (value < 0)
            {
                problem = $"has a character that Bech32 does not use ('{c}')";
                return Bech32Form.None;
            }

            fives[count++] = (byte)value;
            checksum = Step(checksum) ^ (uint)value;
        }

        count -= ChecksumLength;
        Bech32Form form = checksum switch
        {
            Bech32Constant => Bech32Form.Bech32,
            Bech32mConstant => Bech32Form.Bech32m,
            _ => Bech32Form.None,
        };
        problem = form == Bech32Form.None ? "has a wrong Bech32 checksum" : null;
        return form;
    }

    /// <summary>Writes a lower-case text.</summary>
    /// <param name="humanPart">The human-readable part, in lower case.</param>
    /// <param name="fives">Groups of five bits.</param>
    /// <param name="form">Which checksum.</param>
    public static string Encode(string humanPart, ReadOnlySpan<byte> fives, Bech32Form form)
    {
        Span<char> text = stackalloc char[humanPart.Length + 1 + fives.Length + ChecksumLength];
        humanPart.CopyTo(text);
        text[humanPart.Length] = '1';
        int next = humanPart.Length + 1;
        uint checksum = Human(humanPart);
        foreach (byte five in fives)
        {
            checksum = Step(checksum) ^ five;
            text[next++] = Characters[five];
        }

        for (int i = 0; i < ChecksumLength; i++)
        {
            checksum = Step(checksum);
        }

        checksum ^= form == Bech32Form.Bech32 ? Bech32Constant : Bech32mConstant;
        for (int i = ChecksumLength - 1; i >= 0; i--)
        {
            text[next++] = Characters[(int)((checksum >> (5 * i)) & 31)];
        }

        return new string(text);
    }

    // The human-readable part enters the checksum as the high three bits of its characters, a zero, the low five bits.
    private static uint Human(ReadOnlySpan<char> part)
    {
        uint checksum = 1;
        foreach (char c in part)
        {
            checksum = Step(checksum) ^ (uint)(char.ToLowerInvariant(c) >> 5);
        }

        checksum = Step(checksum);
        foreach (char c in part)
        {
            checksum = Step(checksum) ^ (uint)(char.ToLowerInvariant(c) & 31);
        }

        return checksum;
    }

    // One step of the BCH code over GF(32) whose generator BIP 173 gives.
    private static uint Step(uint checksum)
    {
        uint top = checksum >> 25;
        return ((checksum & 0x1FFFFFF) << 5)
            ^ (0x3B6A57B2 & (0 - (top & 1)))
            ^ (0x26508E6D & (0 - ((top >> 1) & 1)))
            ^ (0x1EA119FA & (0 - ((top >> 2) & 1)))
            ^ (0x3D4233DD & (0 - ((top >> 3) & 1)))
            ^ (0x2A1462B3 & (0 - ((top >> 4) & 1)));
    }

    private static sbyte[] MakeValues()
    {
        sbyte[] values = new sbyte[128];
        Array.Fill(values, (sbyte)-1);
        for (int value = 0; value < Characters.Length; value++)
        {
            values[Characters[value]] = (sbyte)value;
            values[char.ToUpperInvariant(Characters[value])] = (sbyte)value;
        }

        return values;
    }
}
