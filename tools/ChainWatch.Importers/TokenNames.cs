using System.Text.RegularExpressions;

namespace ChainWatch.Importers;

/// <summary>Tells by its label that an address is a token's contract and not a service.</summary>
internal static partial class TokenNames
{
    /// <summary>Whether the label is one of a token.</summary>
    public static bool IsToken(string name, string detail) =>
        EndsInToken().IsMatch(name) || (detail.StartsWith("etherscan-wordcloud", StringComparison.Ordinal) && EndsInSymbol().IsMatch(name));

    // "Bancor Network: bnAAVE Token", "1inch_CHI token", "0x_ZRXToken-v4". Not "LAToken", which is an exchange's name.
    [GeneratedRegex(@"[ _][Tt]oken$|Token-v\d$|_tokenAddress$")]
    private static partial Regex EndsInToken();

    // The word cloud writes tokens as its token pages do: "KickToken (KICK)".
    [GeneratedRegex(@" \([^()]+\)$")]
    private static partial Regex EndsInSymbol();
}
