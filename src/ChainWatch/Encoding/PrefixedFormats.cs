namespace ChainWatch.Encoding;

/// <summary>
/// The prefixes of the chains that are screened, not traced. Sources: each project's chain parameters (chainparams.cpp
/// of Litecoin, Dogecoin, Dash, Bitcoin Gold and Verge), Zcash's protocol specification (5.6), ZIP 316 and ZIP 320,
/// Tron's and BNB Beacon Chain's documentation.
/// </summary>
internal static class PrefixedFormats
{
    /// <summary>By the chain's short name.</summary>
    public static IReadOnlyDictionary<string, PrefixedFormat> ByChain { get; } = new Dictionary<string, PrefixedFormat>(StringComparer.Ordinal)
    {
        ["tron"] = new() { Expected = "T…", Base58 = [new([0x41])] },
        ["litecoin"] = new()
        {
            // Script addresses were once written with Bitcoin's version byte: 3… and M… are the same.
            Expected = "L…, M…, 3…, ltc1… or ltcmweb1…",
            Base58 = [new([48]), new([50]), new([5], Canonical: [50])],
            SegWit = "ltc",
            Bytes = [new("ltcmweb", Bech32Form.Bech32, 0)],
        },
        ["dogecoin"] = new() { Expected = "D…, 9… or A…", Base58 = [new([30]), new([22])] },
        ["dash"] = new() { Expected = "X… or 7…", Base58 = [new([76]), new([16])] },
        ["zcash"] = new()
        {
            Expected = "t1…, t3…, zs1…, u1…, tex1… or zc…",
            Base58 = [new([0x1C, 0xB8]), new([0x1C, 0xBD]), new([0x16, 0x9A], 64)],

            // tex1… is the t1… of the same 20 bytes, with the wish to be paid from transparent funds only (ZIP 320).
            Bytes = [new("zs", Bech32Form.Bech32, 43), new("u", Bech32Form.Bech32m, 0), new("tex", Bech32Form.Bech32m, 20, Canonical: [0x1C, 0xB8])],
        },
        ["bitcoin-sv"] = new() { Expected = "1… or 3…", Base58 = [new([0]), new([5])] },
        ["bitcoin-gold"] = new() { Expected = "G…, A… or btg1…", Base58 = [new([38]), new([23])], SegWit = "btg" },
        ["verge"] = new() { Expected = "D…, E… or vg1…", Base58 = [new([30]), new([33])], SegWit = "vg" },
        ["bnb-beacon-chain"] = new() { Expected = "bnb1…", Bytes = [new("bnb", Bech32Form.Bech32, 20)] },
    };
}
