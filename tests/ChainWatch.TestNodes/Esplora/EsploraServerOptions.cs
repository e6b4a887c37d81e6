namespace ChainWatch.TestNodes.Esplora;

/// <summary>Whose manners the server has.</summary>
public enum EsploraDialect
{
    /// <summary>Blockstream/electrs, which stands behind blockstream.info.</summary>
    Blockstream,

    /// <summary>mempool/electrs, which stands behind mempool.space: after_txid, another order within a block, further script types.</summary>
    MempoolSpace,
}

/// <summary>How a server answers.</summary>
public sealed record EsploraServerOptions
{
    /// <summary>The dialect.</summary>
    public EsploraDialect Dialect { get; init; }

    /// <summary>What comes before each path, without a slash at its end: "/api", "/testnet/api", or nothing.</summary>
    public string BasePath { get; init; } = "/api";

    /// <summary>The most unspent outputs an address may have had at one time for /utxo to answer. 500 as electrs has it (--utxos-limit).</summary>
    public int UtxosMax { get; init; } = 500;
}
