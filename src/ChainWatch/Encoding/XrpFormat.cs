namespace ChainWatch.Encoding;

/// <summary>
/// Addresses of the XRP Ledger: Base58Check in its own alphabet, 20 bytes (r…). An X-address (XLS-5) is such an account
/// with a destination tag; it is kept as the account.
/// </summary>
internal static class XrpFormat
{
    private const string Expected = "r… or X…";
    private const int AccountLength = 20;
    private const int TagLength = 1 + 8; // flag and tag

    private static ReadOnlySpan<byte> XAddressVersion => [0x05, 0x44];

    /// <inheritdoc cref="AddressReader"/>
    public static string? Read(string text, Chain chain, out Address address)
    {
        address = default;
        Span<byte> bytes = stackalloc byte[Base58.BytesMax];
        Base58CheckResult result = Base58Check.Decode(text, Base58Alphabet.Xrp, bytes, out int length);
        if (result != Base58CheckResult.Valid)
        {
            return AddressProblem.Checksum(text, result, chain, Expected);
        }

        if (length == 1 + AccountLength && bytes[0] == 0)
        {
            address = Address.FromCanonicalText(chain, text);
            return null;
        }

        if (length == XAddressVersion.Length + AccountLength + TagLength && bytes.StartsWith(XAddressVersion))
        {
            Span<byte> account = bytes.Slice(XAddressVersion.Length - 1, 1 + AccountLength);
            account[0] = 0;
            address = Address.FromCanonicalText(chain, Base58Check.Encode(account, Base58Alphabet.Xrp));
            return null;
        }

        return AddressProblem.Form(chain, Expected);
    }
}
