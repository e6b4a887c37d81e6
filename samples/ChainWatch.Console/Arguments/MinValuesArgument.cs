using System.CommandLine;

namespace ChainWatch.Console.Arguments;

/// <summary>Options that take amounts by asset: <c>ETH=0.01</c>.</summary>
internal static class MinValuesArgument
{
    /// <summary>The least values that are followed.</summary>
    public const string MinValue = "--min-value";

    public static Option<string[]> Option() => Option(MinValue, "Less than this is dust: counted, not followed");

    public static Option<string[]> Option(string name, string meaning) => new(name)
    {
        Description = $"{meaning}. ASSET is ETH, BTC, native (the coin of every chain in the files), a chain's name or CAIP-2 id (its coin), a symbol of the token list, or a token's contract. "
            + "AMOUNT is in whole coins, exact: ETH=0.01; for a contract that is not on the token list, an integer of base units",
        HelpName = "ASSET=AMOUNT",
        Arity = ArgumentArity.OneOrMore,
        AllowMultipleArgumentsPerToken = true,
    };
}
