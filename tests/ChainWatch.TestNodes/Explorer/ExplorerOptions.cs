namespace ChainWatch.TestNodes.Explorer;

/// <summary>Whose manners the explorer has.</summary>
public enum ExplorerDialect
{
    /// <summary>Etherscan's API v2: a key and a chain id with each request, module=proxy for a node's methods.</summary>
    Etherscan,

    /// <summary>Blockscout's API: no key, other row names and messages, a node's methods by POST to /api/eth-rpc.</summary>
    Blockscout,
}

/// <summary>How an explorer answers.</summary>
public sealed record ExplorerOptions
{
    /// <summary>The dialect.</summary>
    public ExplorerDialect Dialect { get; init; }

    /// <summary>The key that Etherscan's dialect asks for.</summary>
    public string ApiKey { get; init; } = "TESTKEY";

    /// <summary>The most rows that one query reaches, over all its pages. 10,000 as the real ones.</summary>
    public int RowsMax { get; init; } = 10_000;
}
