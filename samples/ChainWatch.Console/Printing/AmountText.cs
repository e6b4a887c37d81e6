using System.Globalization;
using System.Numerics;
using ChainWatch.Labels;
using ChainWatch.Tracing;

namespace ChainWatch.Console.Printing;

/// <summary>Amounts in whole coins, exact, with the symbol that the token list gives; never with a symbol a token claims for itself.</summary>
internal sealed class AmountText(TokenList tokens)
{
    public string Of(PathStep step) => Of(step.Asset, step.Value.ToBigInteger());

    public string Of(IReadOnlyList<AssetTotal> totals) => totals.Count == 0 ? "nothing" : string.Join(" + ", totals.Select(total => Of(total.Asset, total.Units)));

    public string Of(Asset asset, BigInteger units)
    {
        if (asset.IsNative)
        {
            return $"{Whole(units, asset.Chain.IsBitcoin ? 8 : 18)} {Symbol(asset)}";
        }

        return tokens.Find(asset) is Token token
            ? $"{Whole(units, token.Decimals)} {token.Symbol}"
            : $"{Words.Number(units)} base units of token {Symbol(asset)}";
    }

    /// <summary>The asset's name: a coin's or a listed token's symbol, else the contract.</summary>
    public string Symbol(Asset asset) =>
        asset.Chain == Chain.Ethereum && asset.IsNative ? "ETH"
        : asset.Chain == Chain.Bitcoin && asset.IsNative ? "BTC"
        : asset.IsNative ? $"coins of {asset.Chain}"
        : tokens.Find(asset)?.Symbol ?? $"{asset.Contract}";

    /// <summary>Whether the asset is a coin or a token on the list.</summary>
    public bool IsKnown(Asset asset) => tokens.Recognises(asset);

    private static string Whole(BigInteger units, int decimals)
    {
        string text = Amount.ToDecimalString(units, decimals);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        string whole = point < 0 ? text : text[..point];
        return BigInteger.Parse(whole, CultureInfo.InvariantCulture).ToString("N0", CultureInfo.InvariantCulture) + (point < 0 ? "" : text[point..]);
    }
}
