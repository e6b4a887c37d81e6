namespace ChainWatch.Encoding;

/// <summary>Addresses of chains whose format is not known here: kept as they are, case included, and matched exactly.</summary>
internal static class OpaqueFormat
{
    private const int LengthMax = 128; // CAIP-10's limit

    /// <inheritdoc cref="AddressReader"/>
    public static string? Read(string text, Chain chain, out Address address)
    {
        // A space or comma would break the line formats in which addresses are listed.
        bool fits = text.Length is > 0 and <= LengthMax && text.AsSpan().IndexOfAnyExceptInRange('!', '~') < 0 && !text.Contains(',', StringComparison.Ordinal);
        address = fits ? Address.FromCanonicalText(chain, text) : default;
        return fits ? null : AddressProblem.Form(chain, $"1 to {LengthMax} printable ASCII characters without space or comma");
    }
}
