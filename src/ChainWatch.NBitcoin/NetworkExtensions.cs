using NBitcoin;

namespace ChainWatch.NBitcoin;

/// <summary>NBitcoin's networks as chains, and back: Bitcoin's main network, testnet (versions 3 and 4), signet and regtest.</summary>
public static class NetworkExtensions
{
    private const string Expected = "expected Bitcoin's main network, testnet, testnet4, signet or regtest";

    // NBitcoin has constants for three of the names; the others it knows by these.
    private static readonly (Chain Chain, Network Network)[] Known =
    [
        (Chain.Bitcoin, Network.Main),
        (Chain.BitcoinTestnet, Network.TestNet),
        (Chain.BitcoinTestnet4, global::NBitcoin.Bitcoin.Instance.GetNetwork(new ChainName("Testnet4"))),
        (Chain.BitcoinSignet, global::NBitcoin.Bitcoin.Instance.GetNetwork(new ChainName("Signet"))),
        (Chain.BitcoinRegtest, Network.RegTest),
    ];

    /// <summary>The chain of a network. A signet of one's own is none that is known: its first block is that of the default one (BIP 325).</summary>
    /// <exception cref="ChainWatchException">Another network than those five.</exception>
    public static Chain ToChain(this Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        foreach ((Chain chain, Network known) in Known)
        {
            if (ReferenceEquals(known, network))
            {
                return chain;
            }
        }

        throw new ChainWatchException($"the network {network.Name} of {network.NetworkSet.CryptoCode} is no chain of Bitcoin that is known; {Expected}");
    }

    /// <summary>The network of a chain.</summary>
    /// <exception cref="ChainWatchException">Another chain than those five.</exception>
    public static Network ToNetwork(this Chain chain)
    {
        foreach ((Chain known, Network network) in Known)
        {
            if (known == chain)
            {
                return network;
            }
        }

        throw new ChainWatchException($"NBitcoin has no network for the chain '{chain}'; {Expected}");
    }
}
