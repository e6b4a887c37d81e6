namespace ChainWatch.Ethereum;

/// <summary>The contracts that wrap the coin of well-known chains, from the chains' own documentation and explorers.</summary>
internal static class WrappedCoin
{
    private static readonly Dictionary<string, string> ByChain = new(StringComparer.Ordinal)
    {
        ["eip155:1"] = "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2", // WETH
        ["eip155:10"] = "0x4200000000000000000000000000000000000006", // WETH, OP Mainnet's predeploy
        ["eip155:56"] = "0xbb4CdB9CBd36B01bD1cBaEBF2De08d9173bc095c", // WBNB
        ["eip155:100"] = "0xe91D153E0b41518A2Ce8Dd3D7944Fa863463a97d", // WXDAI
        ["eip155:137"] = "0x0d500B1d8E8eF31E21C99d1Db9A6444d3ADf1270", // WMATIC, WPOL
        ["eip155:8453"] = "0x4200000000000000000000000000000000000006", // WETH, Base's predeploy
        ["eip155:42161"] = "0x82aF49447D8a07e3bd95BD0d56f35241523fBab1", // WETH, Arbitrum One
        ["eip155:43114"] = "0xB31f66AA3C1e785363F0875A1B74E27b85FD66c7", // WAVAX
    };

    /// <summary>The contracts of a chain: none where none is known.</summary>
    public static IReadOnlyList<Address> Of(Chain chain) => ByChain.TryGetValue(chain.Id, out string? address) ? [Address.Parse(address, chain)] : [];
}
