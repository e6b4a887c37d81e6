namespace ChainWatch.Encoding;

/// <summary>
/// Addresses of Monero's main network: standard (4…), subaddress (8…), and integrated (4…, longer), which is a standard
/// address with a payment id. An integrated address names the same wallet, so it is kept as its standard address.
/// </summary>
internal static class MoneroFormat
{
    private const string Expected = "4… or 8… of 95 characters, or 4… of 106";
    private const byte Standard = 18;
    private const byte Integrated = 19;
    private const byte Subaddress = 42;
    private const int KeysLength = 1 + 32 + 32; // network byte, public spend key, public view key
    private const int PaymentIdLength = 8;

    /// <summary>Whether the text has the length and first character of an address.</summary>
    public static bool Looks(string text) => (text.Length is 95 && text[0] is '4' or '8') || (text.Length is 106 && text[0] is '4');

    /// <inheritdoc cref="AddressReader"/>
    public static string? Read(string text, Chain chain, out Address address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[MoneroBase58.BytesMax];
        Base58CheckResult result = Looks(text) ? MoneroBase58.Decode(text, bytes, out int length) : Other(out length);
        if (result != Base58CheckResult.Valid)
        {
            return result == Base58CheckResult.WrongChecksum
                ? $"has a wrong Monero checksum{AddressProblem.LowerCasedHint(text)}"
                : AddressProblem.Checksum(text, result, chain, Expected);
        }

        bool hasPaymentId = length == KeysLength + PaymentIdLength;
        if (hasPaymentId ? bytes[0] != Integrated : bytes[0] is not (Standard or Subaddress))
        {
            return AddressProblem.Form(chain, Expected);
        }

        if (hasPaymentId)
        {
            bytes[0] = Standard;
            text = MoneroBase58.Encode(bytes[..KeysLength]);
        }

        address = Address.FromCanonicalText(chain, text);
        return null;
    }

    private static Base58CheckResult Other(out int length)
    {
        length = 0;
        return Base58CheckResult.NotBase58;
    }
}
