namespace ChainWatch.Encoding;

/// <summary>A form of a chain's addresses in Bech32 that is no witness program.</summary>
/// <param name="HumanPart">The human-readable part, in lower case.</param>
/// <param name="Checksum">Which of the two checksums.</param>
/// <param name="PayloadLength">How many bytes; 0 where it holds something else: then the checksum alone is verified.</param>
/// <param name="Canonical">The Base58Check version bytes with which the same payload is the same address; null where it has one form.</param>
internal sealed record BytesForm(string HumanPart, Bech32Form Checksum, int PayloadLength, byte[]? Canonical = null)
{
    private const int TextLengthMax = 512; // Zcash's unified addresses hold several receivers and go beyond Bech32's 90

    /// <summary>Reads a text that starts as this form does.</summary>
    /// <param name="text">The text.</param>
    /// <param name="canonical">The form in which equal addresses are written alike.</param>
    /// <returns>What is wrong, to be put behind the text; null where all is well.</returns>
    public string? Read(string text, out string canonical)
    {
        canonical = "";
        Span<byte> fives = stackalloc byte[TextLengthMax];
        Bech32Form checksum = Bech32.Decode(text, TextLengthMax, fives, out int count, out int humanPartLength, out string? problem);
        if (problem is not null)
        {
            return problem;
        }

        Span<byte> bytes = stackalloc byte[TextLengthMax];
        int length = 0;
        if (humanPartLength != HumanPart.Length
            || checksum != Checksum
            || (PayloadLength > 0 && (!BitGroups.TryToBytes(fives[..count], bytes, out length) || length != PayloadLength)))
        {
            return $"has a valid checksum, but is no {HumanPart}1… address: expected {Checksum}{(PayloadLength > 0 ? $" of {PayloadLength} bytes" : "")}";
        }

        canonical = Canonical is null
            ? text.ToLowerInvariant()
            : Base58Check.Encode([.. Canonical, .. bytes[..length]], Base58Alphabet.Bitcoin);
        return null;
    }
}
