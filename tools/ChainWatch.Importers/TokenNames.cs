using System.Text.RegularExpressions;

namespace ChainWatch.Importers;

/// <summary>Tells by its label that an address is a token's contract and not a service.</summary>
internal static partial class TokenNames
{
    /// <summary>Whether the label is one of a token.</summary>
    public static bool IsToken(string name, string detail) =>
        EndsInToken().IsMatch(name) || (detail.StartsWith("etherscan-wordcloud", StringComparison.Ordinal) && EndsInSymbol().IsMatch(name));

    // "Bancor Network: bnAAVE Token", "COSS.io: Old Token 1", "1inch_CHI token", "curvefinance_Emergency-Token" (the vote of
    // Curve's emergency DAO), "0x_ZRXToken-v4", "curvefinance_3Pool-CurveTokenV2" (the share in a pool; the pool itself has a
    // label of its own). Not "LAToken 2", a wallet of the exchange of that name, nor "Binance-Peg Tokens", a wallet too.
    [GeneratedRegex(@"[ _-][Tt]oken( \d+)?$|Token-v\d$|CurveTokenV\d$|_tokenAddress$")]
    private static partial Regex EndsInToken();

    // The word cloud writes tokens as its token pages do: "KickToken (KICK)".
    [GeneratedRegex(@" \([^()]+\)$")]
    private static partial Regex EndsInSymbol();
}
