namespace ChainWatch.TestNodes.Esplora;

/// <summary>The kinds of request: by them requests are counted and faults are restricted.</summary>
public static class EsploraKind
{
    /// <summary>/blocks/tip/height.</summary>
    public const string TipHeight = "tip-height";

    /// <summary>/blocks/tip/hash.</summary>
    public const string TipHash = "tip-hash";

    /// <summary>/block-height/:height.</summary>
    public const string BlockHeight = "block-height";

    /// <summary>/block/:hash.</summary>
    public const string Block = "block";

    /// <summary>/block/:hash/status.</summary>
    public const string BlockStatus = "block-status";

    /// <summary>/block/:hash/header.</summary>
    public const string BlockHeader = "block-header";

    /// <summary>/block/:hash/txids.</summary>
    public const string BlockTxIds = "block-txids";

    /// <summary>/block/:hash/txs[/:start_index].</summary>
    public const string BlockTxs = "block-txs";

    /// <summary>/block/:hash/raw.</summary>
    public const string BlockRaw = "block-raw";

    /// <summary>/tx/:txid.</summary>
    public const string Tx = "tx";

    /// <summary>/tx/:txid/status.</summary>
    public const string TxStatus = "tx-status";

    /// <summary>/tx/:txid/outspends.</summary>
    public const string TxOutspends = "tx-outspends";

    /// <summary>/tx/:txid/hex.</summary>
    public const string TxHex = "tx-hex";

    /// <summary>/tx/:txid/raw.</summary>
    public const string TxRaw = "tx-raw";

    /// <summary>/address/:address.</summary>
    public const string Address = "address";

    /// <summary>/address/:address/txs.</summary>
    public const string AddressTxs = "address-txs";

    /// <summary>/address/:address/txs/chain[/:last_seen_txid].</summary>
    public const string AddressChain = "address-txs-chain";

    /// <summary>/address/:address/txs/mempool.</summary>
    public const string AddressMempool = "address-txs-mempool";

    /// <summary>/address/:address/utxo.</summary>
    public const string AddressUtxo = "address-utxo";

    /// <summary>Anything else.</summary>
    public const string Unknown = "unknown";
}
