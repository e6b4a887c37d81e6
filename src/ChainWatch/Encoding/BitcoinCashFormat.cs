namespace ChainWatch.Encoding;

/// <summary>
/// Addresses of Bitcoin Cash: CashAddr, or Bitcoin's own Base58Check of before 2018. Both are written alike here:
/// CashAddr without its prefix (which CAIP-10 could not carry), of the plain types q and p. The types z and r say that a
/// wallet knows tokens; they name the same script.
/// </summary>
internal static class BitcoinCashFormat
{
    private const string Expected = "q…, p…, bitcoincash:…, 1… or 3…";
    private const int P2Sh32 = 0x0B; // type 1, 32 bytes

    /// <summary>Whether the text has the form of CashAddr, with or without prefix.</summary>
    public static bool Looks(string text) => HasPrefix(text) || CashAddr.Looks(text);

    /// <inheritdoc cref="AddressReader"/>
    public static string? Read(string text, Chain chain, out Address address)
    {
        address = default;
        Span<byte> payload = stackalloc byte[Base58.BytesMax];
        if (!Looks(text))
        {
            return ReadBase58(text, chain, payload, out address);
        }

        ReadOnlySpan<char> characters = HasPrefix(text) ? text.AsSpan(CashAddr.Prefix.Length + 1) : text;
        if (!CashAddr.TryDecode(characters, payload, out int length))
        {
            return "has a wrong CashAddr checksum";
        }

        payload[0] = (byte)(payload[0] & ~0x10); // type 2 to 0, 3 to 1
        bool fits = length == 21 ? payload[0] is 0x00 or 0x08 : payload[0] == P2Sh32;
        if (!fits)
        {
            return AddressProblem.Form(chain, Expected);
        }

        address = Address.FromCanonicalText(chain, CashAddr.Encode(payload[..length]));
        return null;
    }

    private static bool HasPrefix(string text) =>
        text.StartsWith(CashAddr.Prefix, StringComparison.OrdinalIgnoreCase) && text.Length > CashAddr.Prefix.Length && text[CashAddr.Prefix.Length] == ':';

    private static string? ReadBase58(string text, Chain chain, Span<byte> bytes, out Address address)
    {
        address = default;
        Base58CheckResult result = Base58Check.Decode(text, Base58Alphabet.Bitcoin, bytes, out int length);
        if (result != Base58CheckResult.Valid)
        {
            return AddressProblem.Checksum(text, result, chain, Expected);
        }

        if (length != 21 || bytes[0] is not (0 or 5))
        {
            return AddressProblem.Form(chain, Expected);
        }

        bytes[0] = bytes[0] == 0 ? (byte)0x00 : (byte)0x08;
        address = Address.FromCanonicalText(chain, CashAddr.Encode(bytes[..length]));
        return null;
    }
}
