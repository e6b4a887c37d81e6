namespace ChainWatch.Encoding;

/// <summary>
/// The addresses of a chain that are told by a prefix: version bytes of Base58Check, or a human-readable part of Bech32.
/// Kept as text. Most relatives of Bitcoin are of this kind.
/// </summary>
internal sealed class PrefixedFormat
{
    /// <summary>The forms as people know them, for messages: <c>L…, M… or ltc1…</c>.</summary>
    public required string Expected { get; init; }

    /// <summary>The Base58Check forms.</summary>
    public Base58Form[] Base58 { get; init; } = [];

    /// <summary>The human-readable part of witness programs; null where the chain has none.</summary>
    public string? SegWit { get; init; }

    /// <summary>The other forms in Bech32.</summary>
    public BytesForm[] Bytes { get; init; } = [];

    /// <summary>Whether the text starts as one of the chain's Bech32 forms does.</summary>
    public bool LooksLikeBech32(string text) =>
        (SegWit is not null && SegWitAddress.Looks(text, SegWit)) || Array.Exists(Bytes, b => SegWitAddress.Looks(text, b.HumanPart));

    /// <inheritdoc cref="AddressReader"/>
    public string? Read(string text, Chain chain, out Address address)
    {
        if (LooksLikeBech32(text) && (!Bech32.MixesCase(text) || ReadBase58(text, chain, out address) is not null))
        {
            string? problem = ReadBech32(text, out string canonical);
            address = problem is null ? Address.FromCanonicalText(chain, canonical) : default;
            return problem;
        }

        return ReadBase58(text, chain, out address);
    }

    private string? ReadBase58(string text, Chain chain, out Address address)
    {
        address = default;
        if (Base58.Length == 0)
        {
            return AddressProblem.Form(chain, Expected);
        }

        Span<byte> bytes = stackalloc byte[Encoding.Base58.BytesMax];
        Base58CheckResult result = Base58Check.Decode(text, Base58Alphabet.Bitcoin, bytes, out int length);
        if (result != Base58CheckResult.Valid)
        {
            return AddressProblem.Checksum(text, result, chain, Expected);
        }

        foreach (Base58Form form in Base58)
        {
            if (form.Fits(bytes[..length]))
            {
                form.Canonical?.CopyTo(bytes);
                address = Address.FromCanonicalText(chain, form.Canonical is null ? text : Base58Check.Encode(bytes[..length], Base58Alphabet.Bitcoin));
                return null;
            }
        }

        return AddressProblem.Form(chain, Expected);
    }

    private string? ReadBech32(string text, out string canonical)
    {
        if (SegWit is not null && SegWitAddress.Looks(text, SegWit))
        {
            Span<byte> program = stackalloc byte[SegWitAddress.ProgramLengthMax];
            canonical = text.ToLowerInvariant();
            return SegWitAddress.Read(text, SegWit, program, out _, out _);
        }

        return Array.Find(Bytes, b => SegWitAddress.Looks(text, b.HumanPart))!.Read(text, out canonical);
    }
}
