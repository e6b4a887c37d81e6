using System.Diagnostics.CodeAnalysis;

namespace ChainWatch.Encoding;

/// <summary>
/// Tells the chain of an address by its form. Where chains share a form the better known one is taken: an 0x address is
/// Ethereum's, 1… and 3… are Bitcoin's (not Bitcoin SV's, Cash's), D… is Dogecoin's (not Verge's). The main networks only:
/// an address of a test network must come with its chain.
/// </summary>
internal static class AddressInference
{
    private const string Unknown = "is no address of a known form: expected 0x and 40 hexadecimal digits (Ethereum), 1…, 3… or bc1… (Bitcoin), or an address given with its chain";
    private const string Name = "is a name, and names are not resolved: expected the address that it stands for, 0x and 40 hexadecimal digits";
    private const string TestNetwork = "is an address of a Bitcoin test network: name the chain (bitcoin-testnet, bitcoin-testnet4, bitcoin-signet or bitcoin-regtest)";

    private static readonly (PrefixedFormat Format, Chain Chain)[] Prefixed =
        [.. new[] { "tron", "litecoin", "dogecoin", "dash", "zcash", "bnb-beacon-chain", "bitcoin-gold", "verge" }.Select(n => (PrefixedFormats.ByChain[n], Chain.Parse(n)))];

    private static readonly Chain BitcoinCash = Chain.Parse("bitcoin-cash");
    private static readonly Chain Monero = Chain.Parse("monero");
    private static readonly Chain Solana = Chain.Parse("solana");
    private static readonly Chain Xrp = Chain.Parse("xrp");

    /// <summary>Reads an address, or a CAIP-10 identifier; see <see cref="AddressReader"/>.</summary>
    public static string? Read(string text, out Address address)
    {
        if (EvmFormat.Looks(text))
        {
            return EvmFormat.Read(text, Chain.Ethereum, out address);
        }

        if (BitcoinCashFormat.Looks(text))
        {
            return BitcoinCashFormat.Read(text, BitcoinCash, out address);
        }

        if (MoneroFormat.Looks(text))
        {
            return MoneroFormat.Read(text, Monero, out address);
        }

        if (IsName(text))
        {
            address = default;
            return Name;
        }

        if (text.Contains(':', StringComparison.Ordinal))
        {
            return ReadCaip10(text, out address);
        }

        // What begins as Bech32 does but mixes case is Base58, or Bech32 miswritten.
        if (LooksLikeBech32(text, out AddressReader? reader, out Chain chain)
            && (!Bech32.MixesCase(text) || ReadBase58(text, out address) is not null))
        {
            return reader(text, chain, out address);
        }

        return ReadBase58(text, out address);
    }

    /// <summary>Whether the text is a name of the Ethereum Name Service.</summary>
    public static bool IsName(string text) => text.EndsWith(".eth", StringComparison.OrdinalIgnoreCase);

    private static bool LooksLikeBech32(string text, [NotNullWhen(true)] out AddressReader? reader, out Chain chain)
    {
        if (SegWitAddress.Looks(text, "bc"))
        {
            (reader, chain) = (BitcoinFormat.Read, Chain.Bitcoin);
            return true;
        }

        if (BitcoinFormat.LooksLikeTestSegWit(text))
        {
            (reader, chain) = (RefuseTestNetwork, default);
            return true;
        }

        foreach ((PrefixedFormat format, Chain itsChain) in Prefixed)
        {
            if (format.LooksLikeBech32(text))
            {
                (reader, chain) = (format.Read, itsChain);
                return true;
            }
        }

        (reader, chain) = (null, default);
        return false;
    }

    private static string? RefuseTestNetwork(string text, Chain chain, out Address address)
    {
        address = default;
        return TestNetwork;
    }

    private static string? ReadCaip10(string text, out Address address)
    {
        int colon = text.LastIndexOf(':');
        if (Chain.TryParse(text[..colon], out Chain chain) && colon + 1 < text.Length)
        {
            return AddressFormats.Read(text[(colon + 1)..], chain, out address);
        }

        address = default;
        return Unknown;
    }

    // The decoded length tells Base58Check from Solana's bare 32 bytes, the version byte the chain.
    private static string? ReadBase58(string text, out Address address)
    {
        if (text[0] is '1' or '3' && BitcoinFormat.Read(text, Chain.Bitcoin, out address) is null)
        {
            return null; // by far the most frequent: read once
        }

        if (text[0] is 'r' or 'X' && XrpFormat.Read(text, Xrp, out address) is null)
        {
            return null;
        }

        address = default;
        Span<byte> bytes = stackalloc byte[Base58.BytesMax];
        Base58CheckResult result = Base58Check.Decode(text, Base58Alphabet.Bitcoin, bytes, out int length);
        if (result == Base58CheckResult.WrongChecksum)
        {
            // Without the checksum's four bytes: a key of 32, or one of the lengths of Base58Check.
            return length switch
            {
                28 => SolanaFormat.Read(text, Solana, out address),
                >= 19 and <= 23 => AddressProblem.Checksum(text, result, Chain.Bitcoin, Unknown),
                _ => Unknown,
            };
        }

        if (result == Base58CheckResult.NotBase58)
        {
            return AddressProblem.IsLowerCased(text) && AddressProblem.LooksLikeBase58(text)
                ? $"{Unknown}; if it is of another kind (L…, T…, X…), was it lower-cased?"
                : Unknown;
        }

        foreach ((PrefixedFormat format, Chain chain) in Prefixed)
        {
            if (format.Read(text, chain, out address) is null)
            {
                return null;
            }
        }

        address = default;
        return length == 21 && BitcoinFormat.IsTestVersion(bytes[0]) ? TestNetwork : Unknown;
    }
}
