namespace ChainWatch.Encoding;

/// <summary>Addresses of Solana: the Base58 of 32 bytes. They carry no checksum, so that only their length can be verified.</summary>
internal static class SolanaFormat
{
    private const int PayloadLength = 32;

    /// <inheritdoc cref="AddressReader"/>
    public static string? Read(string text, Chain chain, out Address address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[Base58.BytesMax];
        if (!Base58.TryDecode(text, Base58Alphabet.Bitcoin, bytes, out int length) || length != PayloadLength)
        {
            return AddressProblem.Checksum(text, Base58CheckResult.NotBase58, chain, $"the Base58 of {PayloadLength} bytes, 32 to 44 characters");
        }

        if (AddressProblem.IsLowerCased(text))
        {
            // One genuine address in ten thousand million has no upper-case letter; a careless copy always.
            return $"has no upper-case letter, which no checksum excludes but chance does{AddressProblem.LowerCasedHint(text)}";
        }

        address = Address.FromCanonicalText(chain, text);
        return null;
    }
}
