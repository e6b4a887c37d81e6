using System.CommandLine;
using ChainWatch.Labels;

namespace ChainWatch.Console.Arguments;

/// <summary>The least values that are followed, by asset: <c>ETH=0.01</c>.</summary>
internal static class MinValuesArgument
{
    private const int EtherDecimals = 18;
    private const int BitcoinDecimals = 8;

    private const string MinValue = "--min-value";

    public static Option<string[]> Option() => Option(MinValue, "Less than this is dust: counted, not followed");

    public static Option<string[]> Option(string name, string meaning) => new(name)
    {
        Description = $"{meaning}. ASSET is ETH, BTC, native (the coin of every chain in the files), a symbol of the token list, or a token's contract. "
            + "AMOUNT is in whole coins, exact: ETH=0.01; for a contract that is not on the token list, an integer of base units",
        HelpName = "ASSET=AMOUNT",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };

    /// <summary>The minimum of each asset.</summary>
    /// <param name="texts">What was given.</param>
    /// <param name="tokens">The tokens, for symbols and decimals.</param>
    /// <param name="chains">The chains in the data, for <c>native</c>.</param>
    /// <param name="option">The option's name, for messages.</param>
    public static IReadOnlyDictionary<Asset, Amount> Read(IEnumerable<string> texts, TokenList tokens, IEnumerable<Chain> chains, string option = MinValue)
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

    private static IEnumerable<(Asset Asset, int Decimals)> Assets(string option, string text, string name, TokenList tokens, IEnumerable<Chain> chains)
    {
        if (name.Equals("native", StringComparison.OrdinalIgnoreCase))
        {
            return chains.Select(Coin);
        }

        if (name.Equals("ETH", StringComparison.OrdinalIgnoreCase))
        {
            return [Coin(Chain.Ethereum)];
        }

        if (name.Equals("BTC", StringComparison.OrdinalIgnoreCase))
        {
            return [Coin(Chain.Bitcoin)];
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
