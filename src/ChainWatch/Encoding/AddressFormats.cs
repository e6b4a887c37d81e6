using System.Diagnostics.CodeAnalysis;

namespace ChainWatch.Encoding;

/// <summary>Reads one chain's addresses.</summary>
/// <param name="text">The text, trimmed and not empty.</param>
/// <param name="chain">The chain.</param>
/// <param name="address">The address; the default where there is a problem.</param>
/// <returns>What is wrong, to be put behind the quoted text; null where all is well.</returns>
internal delegate string? AddressReader(string text, Chain chain, out Address address);

/// <summary>Reads and writes the address formats of all chains. White space around an address is not part of it.</summary>
internal static class AddressFormats
{
    private static readonly Dictionary<string, AddressReader> Readers = MakeReaders();

    /// <summary>Reads an address whose chain is told by its form (or by CAIP-10); see <see cref="AddressInference"/>.</summary>
    public static bool TryRead(string text, out Address address, [NotNullWhen(false)] out string? problem)
    {
        address = default;
        text = text.Trim();
        problem = text.Length == 0 ? AddressProblem.Empty : AddressInference.Read(text, out address);
        return Succeeded(text, ref problem);
    }

    /// <summary>Reads an address of a given chain.</summary>
    public static bool TryRead(string text, Chain chain, out Address address, [NotNullWhen(false)] out string? problem)
    {
        address = default;
        text = text.Trim();
        problem = text.Length == 0 ? AddressProblem.Empty : Read(text, chain, out address);
        return Succeeded(text, ref problem);
    }

    /// <summary>Writes an address with a payload; the empty text for the default value.</summary>
    public static string Write(Address address, bool canonical) => address.Kind switch
    {
        AddressKind.None => "",
        AddressKind.Evm => EvmFormat.Write(address, canonical),
        _ => BitcoinFormat.Write(address),
    };

    /// <summary>Reads an address of a given chain; see <see cref="AddressReader"/>.</summary>
    internal static string? Read(string text, Chain chain, out Address address)
    {
        if (chain.IsEvm)
        {
            return EvmFormat.Read(text, chain, out address);
        }

        if (chain == default)
        {
            address = default;
            return "cannot be read as an address: no chain is given";
        }

        return Readers.GetValueOrDefault(chain.Id, OpaqueFormat.Read)(text, chain, out address);
    }

    private static bool Succeeded(string text, [NotNullWhen(false)] ref string? problem)
    {
        problem = problem is null ? null : AddressProblem.Sentence(text, problem);
        return problem is null;
    }

    private static Dictionary<string, AddressReader> MakeReaders()
    {
        Dictionary<string, AddressReader> readers = new(StringComparer.Ordinal)
        {
            [Chain.Parse("bitcoin-cash").Id] = BitcoinCashFormat.Read,
            [Chain.Parse("monero").Id] = MoneroFormat.Read,
            [Chain.Parse("solana").Id] = SolanaFormat.Read,
            [Chain.Parse("xrp").Id] = XrpFormat.Read,
        };
        foreach (string name in new[] { "bitcoin", "bitcoin-testnet", "bitcoin-testnet4", "bitcoin-signet", "bitcoin-regtest" })
        {
            readers.Add(Chain.Parse(name).Id, BitcoinFormat.Read);
        }

        foreach ((string name, PrefixedFormat format) in PrefixedFormats.ByChain)
        {
            readers.Add(Chain.Parse(name).Id, format.Read);
        }

        return readers;
    }
}
