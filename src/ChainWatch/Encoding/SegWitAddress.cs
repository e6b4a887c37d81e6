namespace ChainWatch.Encoding;

/// <summary>Witness programs as addresses: version 0 in Bech32 (BIP 173), versions 1 to 16 in Bech32m (BIP 350).</summary>
internal static class SegWitAddress
{
    /// <summary>The longest witness program, in bytes (BIP 141).</summary>
    public const int ProgramLengthMax = 40;

    private const int ProgramLengthMin = 2;
    private const int VersionMax = 16;

    /// <summary>Whether the text has the form of an address with this human-readable part.</summary>
    public static bool Looks(ReadOnlySpan<char> text, string humanPart) =>
        text.Length > humanPart.Length && text[humanPart.Length] == '1' && text.StartsWith(humanPart, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether BIP 141 and BIP 173 allow a program of this version and length in bytes.</summary>
    public static bool Allows(int version, int length) =>
        version is >= 0 and <= VersionMax && length is >= ProgramLengthMin and <= ProgramLengthMax && (version != 0 || length is 20 or 32);

    /// <summary>Reads an address.</summary>
    /// <param name="text">The text.</param>
    /// <param name="humanPart">The network's human-readable part, in lower case.</param>
    /// <param name="program">Room for <see cref="ProgramLengthMax"/> bytes.</param>
    /// <param name="version">The witness version, 0 to 16.</param>
    /// <param name="length">The program's length in bytes.</param>
    /// <returns>What is wrong, to be put behind the text; null where all is well.</returns>
    public static string? Read(ReadOnlySpan<char> text, string humanPart, Span<byte> program, out int version, out int length)
    {
        version = 0;
        length = 0;
        Span<byte> fives = stackalloc byte[Bech32.TextLengthMax];
        Bech32Form form = Bech32.Decode(text, Bech32.TextLengthMax, fives, out int count, out int humanPartLength, out string? problem);
        if (problem is not null)
        {
            return problem;
        }

        if (!text[..humanPartLength].Equals(humanPart, StringComparison.OrdinalIgnoreCase))
        {
            return $"is not an address of this chain: expected {humanPart}1…";
        }

        if (count < 1 || fives[0] > VersionMax)
        {
            return $"has no witness version from 0 to {VersionMax}";
        }

        Span<byte> bytes = stackalloc byte[Bech32.TextLengthMax];
        version = fives[0];
        if (!BitGroups.TryToBytes(fives[1..count], bytes, out length))
        {
            return "has wrong padding bits in its witness program";
        }

        if (!Allows(version, length))
        {
            return $"has a witness program of {length} bytes, which version {version} does not allow";
        }

        if (form != (version == 0 ? Bech32Form.Bech32 : Bech32Form.Bech32m))
        {
            return version == 0
                ? "has a Bech32m checksum where witness version 0 has a Bech32 one (BIP 350)"
                : $"has a Bech32 checksum where witness version {version} has a Bech32m one (BIP 350)";
        }

        bytes[..length].CopyTo(program);
        return null;
    }

    /// <summary>Writes an address in lower case; version and length must be <see cref="Allows">allowed</see>.</summary>
    public static string Write(string humanPart, int version, ReadOnlySpan<byte> program)
    {
        Span<byte> fives = stackalloc byte[1 + BitGroups.FivesOf(ProgramLengthMax)];
        fives[0] = (byte)version;
        int count = BitGroups.FivesOf(program.Length);
        BitGroups.ToFives(program, fives[1..]);
        return Bech32.Encode(humanPart, fives[..(1 + count)], version == 0 ? Bech32Form.Bech32 : Bech32Form.Bech32m);
    }
}
