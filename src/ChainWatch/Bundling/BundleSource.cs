namespace ChainWatch.Bundling;

/// <summary>Where the transfers of a bundle's answer came from.</summary>
public enum BundleSource
{
    /// <summary>Transfer files: they are in the bundle byte for byte, and the graph is made of them anew.</summary>
    Transfers,

    /// <summary>A graph file: it is in the bundle byte for byte.</summary>
    Graph,

    /// <summary>A node of Ethereum or another EVM chain: its answers are in the bundle, and the transfers as taken from them.</summary>
    Ethereum,

    /// <summary>An explorer with Etherscan's API, likewise.</summary>
    Etherscan,

    /// <summary>A node of Bitcoin, likewise, with proofs of the transactions on the paths.</summary>
    Bitcoin,

    /// <summary>An Esplora API: its answers are in the bundle, and the transfers as taken from them.</summary>
    Esplora,

    /// <summary>Block files of Bitcoin: the transfers as read, with proofs of the transactions on the paths.</summary>
    BitcoinBlocks,
}
