using System.Globalization;
using ChainWatch.Labels;
using ChainWatch.Lists;

namespace ChainWatch.Importers;

/// <summary>Makes <c>tokens</c> from labels/tokens.csv.</summary>
public static class TokensImporter
{
    /// <summary>The latest day of which a source of the label files speaks (a contract reference read on that day).</summary>
    internal static readonly DateOnly AsOf = new(2026, 9, 29);

    public static void Import(string dataDirectory, string listsDirectory)
    {
        Token[] tokens = [.. Read(dataDirectory)];
        ListDescription description = new()
        {
            Name = "tokens",
            Title = "Major Ethereum tokens by contract",
            Version = "2026-09-29.1",
            AsOf = AsOf,
            Sources = ["Uniswap/default-token-list", "MetaMask/contract-metadata", "viaprotocol/tokenlists", "each row names its own"],
            HowMade = "Contract, symbol and decimals of each token as several public token lists agree on them. Symbols collide: only the contract identifies a token.",
        };
        ListFolder.Write(Path.Combine(listsDirectory, description.Name), description, tokens);
    }

    internal static IEnumerable<Token> Read(string dataDirectory)
    {
        foreach (SourceRow row in SourceTable.Read(Path.Combine(dataDirectory, "labels", "tokens.csv")))
        {
            yield return new Token(
                Address.Parse(row["contract"], Chain.Ethereum),
                row["symbol"],
                int.Parse(row["decimals"], NumberStyles.None, CultureInfo.InvariantCulture),
                row["name"],
                Wording.Public(row["source"]));
        }
    }
}
