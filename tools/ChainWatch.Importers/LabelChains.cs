namespace ChainWatch.Importers;

/// <summary>The chain of a collected label. Its column holds chains, tokens and tickers alike.</summary>
internal static class LabelChains
{
    /// <summary>The chain, where the row leaves no doubt; else null and the reason.</summary>
    public static (Chain? Chain, string Reason) Of(string chain, string address, string name)
    {
        bool isEvm = address.StartsWith("0x", StringComparison.Ordinal) && address.Length == 42;
        return (chain, isEvm) switch
        {
            ("ETH", _) => (Chain.Ethereum, ""),
            ("BTC", _) => (Chain.Bitcoin, ""),
            // Omni is a layer on Bitcoin: its addresses are Bitcoin's.
            ("OMNI", _) => (Chain.Bitcoin, ""),
            ("USDT", false) when name.Contains("(Omni Protocol)", StringComparison.Ordinal) => (Chain.Bitcoin, ""),
            ("USDT", true) when name.Contains("(Polygon)", StringComparison.Ordinal) => (Chain.Evm(137), ""),
            ("USDT" or "USDC", true) => (Chain.Ethereum, ""),
            ("BSC" or "BEP20", true) => (Chain.Evm(56), ""),
            ("MATIC" or "POLYGON", true) => (Chain.Evm(137), ""),
            ("AVAX", true) => (Chain.Evm(43114), ""),
            ("ARBITRUM", true) => (Chain.Evm(42161), ""),
            ("OPTIMISM", true) => (Chain.Evm(10), ""),
            ("GNOSIS", true) => (Chain.Evm(100), ""),
            ("BASE", true) => (Chain.Evm(8453), ""),
            ("ETC", true) => (Chain.Evm(61), ""),
            ("FTM", true) => (Chain.Evm(250), ""),
            ("RBTC", true) => (Chain.Evm(30), ""),
            ("SGB", true) => (Chain.Evm(19), ""),
            (_, true) => (null, $"the chain of an 0x address under '{chain}' is not certain"),
            _ => (null, $"'{chain}' is not a chain that can be traced"),
        };
    }
}
