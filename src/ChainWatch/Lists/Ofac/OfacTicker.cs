using System.Diagnostics.CodeAnalysis;
using ChainWatch.Encoding;

namespace ChainWatch.Lists.Ofac;

/// <summary>
/// OFAC's asset tickers: in what text they stand, and on which chains an address listed for one can be. OFAC names the
/// asset, not the chain, so that the form of the address decides where an asset is on several.
/// </summary>
internal static class OfacTicker
{
    /// <summary>How the type of a digital currency feature, identifier or remark begins, in all formats.</summary>
    public const string Lead = "Digital Currency Address - ";

    /// <summary>The beginning without the part that names the asset.</summary>
    public const string BroadLead = "Digital Currency Address";

    // Tether and USD Coin: Ethereum, Tron, Bitcoin (Tether by Omni, from 2014), Solana.
    private static readonly Chain[] Stablecoin = Chains("ethereum", "tron", "bitcoin", "solana");

    private static readonly Dictionary<string, Chain[]> Known = new(StringComparer.Ordinal)
    {
        ["XBT"] = Chains("bitcoin"),
        ["BTC"] = Chains("bitcoin"),
        ["ETH"] = Chains("ethereum"),
        ["USDT"] = Stablecoin,
        ["USDC"] = Stablecoin,
        ["TRX"] = Chains("tron"),
        ["ARB"] = Chains("arbitrum"),
        ["BSC"] = Chains("bnb-smart-chain"),
        ["BNB"] = Chains("bnb-smart-chain", "bnb-beacon-chain"),
        ["ETC"] = Chains("ethereum-classic"),
        ["SOL"] = Chains("solana"),
        // Both addresses listed in 2026 have Dogecoin's version byte and a right checksum, whatever some copies say.
        ["DOGE"] = Chains("dogecoin", "solana"),
        ["XMR"] = Chains("monero"),
        ["LTC"] = Chains("litecoin"),
        ["ZEC"] = Chains("zcash"),
        ["DASH"] = Chains("dash"),
        ["BTG"] = Chains("bitcoin-gold"),
        ["BSV"] = Chains("bitcoin-sv"),
        ["BCH"] = Chains("bitcoin-cash"),
        ["XVG"] = Chains("verge"),
        ["XRP"] = Chains("xrp"),
    };

    /// <summary>The ticker in the text of a type; false where the type is not about digital currency.</summary>
    /// <remarks>A text that begins alike but has no ticker gives itself: an unknown asset is told, not passed over.</remarks>
    public static bool TryRead(string typeText, [NotNullWhen(true)] out string? ticker)
    {
        ticker = null;
        if (!typeText.StartsWith(BroadLead, StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        ticker = typeText.StartsWith(Lead, StringComparison.OrdinalIgnoreCase) ? typeText[Lead.Length..].Trim() : typeText;
        return true;
    }

    public static bool IsKnown(string ticker) => Known.ContainsKey(ticker);

    /// <summary>Reads an address listed for a known ticker; the problem is that of the chain whose form it comes nearest to.</summary>
    public static bool TryReadAddress(string ticker, string text, out Address address, [NotNullWhen(false)] out string? problem)
    {
        foreach (Chain chain in Known[ticker])
        {
            if (AddressFormats.TryRead(text, chain, out address, out _))
            {
                problem = null;
                return true;
            }
        }

        return AddressFormats.TryRead(text, LikelyChain(ticker, text), out address, out problem);
    }

    /// <summary>
    /// Reads an address whose own form proves its chain, whatever it is listed for: OFAC listed a Tron address as XBT
    /// (uid 45404, 2023). Solana's form has no checksum and proves nothing.
    /// </summary>
    public static bool TryReadByForm(string text, out Address address) => Address.TryParse(text, out address) && address.Chain.Name != "solana";

    /// <summary>The chain of a known ticker's addresses; of several the one whose form the text comes nearest to.</summary>
    public static Chain LikelyChain(string ticker, string text)
    {
        Chain[] chains = Known[ticker];
        return chains.FirstOrDefault(chain => LooksLike(text, chain), chains[0]);
    }

    /// <summary>The chain on which an unknown asset's addresses are carried; false where the ticker cannot name one.</summary>
    public static bool TryOpaqueChain(string ticker, out Chain chain) => Chain.TryParse($"ofac:{ticker.ToLowerInvariant()}", out chain);

    private static bool LooksLike(string text, Chain chain) =>
        chain.IsEvm ? text.StartsWith("0x", StringComparison.OrdinalIgnoreCase)
        : chain.Name switch
        {
            "tron" => text.StartsWith('T'),
            "bitcoin" => text.StartsWith("bc1", StringComparison.OrdinalIgnoreCase) || text.StartsWith('1') || text.StartsWith('3'),
            "bnb-beacon-chain" => text.StartsWith("bnb1", StringComparison.OrdinalIgnoreCase),
            _ => false,
        };

    private static Chain[] Chains(params string[] names) => [.. names.Select(Chain.Parse)];
}
