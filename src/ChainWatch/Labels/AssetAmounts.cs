namespace ChainWatch.Labels;

/// <summary>
/// Amounts by asset, as people write them: <c>ETH=0.01</c>. The asset is <c>ETH</c>, <c>BTC</c>, a chain's name or CAIP-2 id
/// (its coin), <c>native</c> (the coin of every chain at hand), a symbol of the token list, or a token's contract. The amount is in
/// whole coins, exact; for a contract that is not on the token list, an integer of base units.
/// </summary>
public static class AssetAmounts
{
    private const int EtherDecimals = 18;
    private const int BitcoinDecimals = 8;

    /// <summary>Reads the amount of each asset.</summary>
    /// <param name="texts">What was given: <c>ASSET=AMOUNT</c> each.</param>
    /// <param name="tokens">The tokens, for symbols and decimals.</param>
    /// <param name="chains">The chains at hand, for <c>native</c>; null: they are not known, and <c>native</c> is an error.</param>
    /// <param name="option">Where it was given, for messages: an option's or a key's name.</param>
    /// <exception cref="ChainWatchException">A text is not of that form, names no asset or several, or an asset has two amounts.</exception>
    public static IReadOnlyDictionary<Asset, Amount> Read(IEnumerable<string> texts, TokenList tokens, IEnumerable<Chain>? chains, string option)
    {
        Dictionary<Asset, Amount> minimums = [];
        foreach (string text in texts)
        {
            int equals = text.IndexOf('=', StringComparison.Ordinal);
            if (equals <= 0)
            {
                throw Error(option, text, "expected ASSET=AMOUNT, for example ETH=0.01");
            }

            foreach ((Asset asset, int decimals) in Assets(option, text, text[..equals], tokens, chains))
            {
                if (!Amount.TryParseDecimal(text[(equals + 1)..], decimals, out Amount amount))
                {
                    throw Error(option, text, $"'{text[(equals + 1)..]}' is no amount; expected a number that is not negative and has at most {decimals} digits after the point");
                }

                if (!minimums.TryAdd(asset, amount))
                {
                    throw Error(option, text, "the asset has two minimums; expected one");
                }
            }
        }

        return minimums;
    }

    private static IEnumerable<(Asset Asset, int Decimals)> Assets(string option, string text, string name, TokenList tokens, IEnumerable<Chain>? chains)
    {
        if (name.Equals("native", StringComparison.OrdinalIgnoreCase))
        {
            return chains?.Select(Coin) ?? throw Error(option, text, "the chains are not known here; expected ETH, BTC, a chain's name or CAIP-2 id (its coin), a token's symbol or its contract");
        }

        if (name.Equals("ETH", StringComparison.OrdinalIgnoreCase))
        {
            return [Coin(Chain.Ethereum)];
        }

        if (name.Equals("BTC", StringComparison.OrdinalIgnoreCase))
        {
            return [Coin(Chain.Bitcoin)];
        }

        if (Chain.TryParse(name, out Chain chain))
        {
            return chain.CanBeTraced ? [Coin(chain)] : throw Error(option, text, $"'{name}' is no EVM chain and no network of Bitcoin");
        }

        if (Address.TryParse(name, out Address contract))
        {
            return contract.Chain.IsEvm
                ? [(Asset.Token(contract), tokens.Find(Asset.Token(contract))?.Decimals ?? 0)]
                : throw Error(option, text, $"'{name}' is no token's contract");
        }

        Token[] named = [.. tokens.Tokens.Where(token => token.Symbol.Equals(name, StringComparison.OrdinalIgnoreCase))];
        return named.Length switch
        {
            1 => [(Asset.Token(named[0].Contract), named[0].Decimals)],
            0 => throw Error(option, text, $"no token of the list '{tokens.Name}' has the symbol '{name}'; expected ETH, BTC, native, a token's symbol or its contract"),
            _ => throw Error(option, text, $"'{name}' is the symbol of several tokens; expected the contract, one of {string.Join(", ", named.Select(token => token.Contract))}"),
        };
    }

    private static (Asset, int) Coin(Chain chain) => (Asset.Native(chain), chain.IsBitcoin ? BitcoinDecimals : EtherDecimals);

    private static ChainWatchException Error(string option, string text, string problem) => new($"{option} {text}: {problem}");
}
