using System.Numerics;
using ChainWatch.Labels;

namespace ChainWatch.Reporting;

/// <summary>
/// How assets are named for people. Symbols come from the chain or from the token list asked with, never from a token
/// itself: anybody can copy a symbol.
/// </summary>
internal sealed class SymbolBook(TokenList tokens)
{
    private const int EvmDecimals = 18; // wei; every EVM chain counts its coin so
    private const int BitcoinDecimals = 8; // satoshi

    /// <summary>The symbol; null for a token that is not on the list, and for coins whose name this version does not know.</summary>
    public string? SymbolOf(Asset asset) => asset switch
    {
        { IsNative: false } => tokens.Find(asset)?.Symbol,
        _ when asset.Chain == Chain.Ethereum => "ETH",
        _ when asset.Chain == Chain.Bitcoin => "BTC",
        _ => null,
    };

    /// <summary>Digits after the point of one whole coin; null where not known.</summary>
    public int? DecimalsOf(Asset asset) => asset switch
    {
        { IsNative: false } => tokens.Find(asset)?.Decimals,
        { Chain.IsEvm: true } => EvmDecimals,
        { Chain.IsBitcoin: true } => BitcoinDecimals,
        _ => null,
    };

    /// <summary>The asset's name for people: <c>ETH</c>, <c>USDT</c>, <c>native coin of polygon</c>, <c>0xdAC1…1ec7 (unrecognised token)</c>.</summary>
    public string NameOf(Asset asset) => SymbolOf(asset)
        ?? (asset.Contract is Address contract ? $"{Short(contract)} (unrecognised token)" : $"native coin of {asset.Chain}");

    /// <summary>The asset in the manner of CAIP-19: <c>eip155:1/slip44:60</c>, <c>eip155:1/erc20:0x…</c>.</summary>
    public static string IdOf(Asset asset) => asset switch
    {
        { Contract: Address contract } => $"{asset.Chain.Id}/erc20:{contract}",
        // Registered coin types (SLIP-44); where this version knows none, the word of the transfer file.
        _ when asset.Chain == Chain.Ethereum => $"{asset.Chain.Id}/slip44:60",
        _ when asset.Chain == Chain.Bitcoin => $"{asset.Chain.Id}/slip44:0",
        _ => $"{asset.Chain.Id}/native",
    };

    /// <summary>An amount in whole coins, every digit of it: <c>401,346.77 ETH</c>; base units where the decimals are not known.</summary>
    public string Display(Asset asset, BigInteger units) => DecimalsOf(asset) is int decimals
        ? $"{Grouped(Amount.ToDecimalString(units, decimals))} {NameOf(asset)}"
        : $"{Grouped(units.ToString(System.Globalization.CultureInfo.InvariantCulture))} base units of {NameOf(asset)}";

    public string Display(Asset asset, Amount value) => Display(asset, value.ToBigInteger());

    private static string Short(Address address)
    {
        string text = address.ToString();
        return text.Length <= 12 ? text : $"{text[..6]}…{text[^4..]}";
    }

    private static string Grouped(string number)
    {
        int point = number.IndexOf('.', StringComparison.Ordinal);
        int end = point < 0 ? number.Length : point;
        System.Text.StringBuilder text = new(number);
        for (int i = end - 3; i > 0; i -= 3)
        {
            text.Insert(i, ',');
        }

        return text.ToString();
    }
}
