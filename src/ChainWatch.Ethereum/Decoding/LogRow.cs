namespace ChainWatch.Ethereum.Decoding;

/// <summary>An event that a contract emitted.</summary>
internal struct LogRow
{
    /// <summary>The contract.</summary>
    public Bytes20 Contract;

    /// <summary>How many topics, 0 to 4.</summary>
    public int TopicCount;

    /// <summary>The topics; those beyond the count are zero.</summary>
    public TxId Topic0, Topic1, Topic2, Topic3;

    /// <summary>Bytes of data.</summary>
    public int DataLength;

    /// <summary>The data as a number, where it is one word.</summary>
    public Amount Data;

    /// <summary>The block's height.</summary>
    public long Block;

    /// <summary>The block's hash.</summary>
    public TxId BlockHash;

    /// <summary>The transaction.</summary>
    public TxId Tx;

    /// <summary>The transaction's index in the block.</summary>
    public int TxIndex;

    /// <summary>The event's index in the block.</summary>
    public int LogIndex;

    /// <summary>True where the node says that a reorganisation took it away.</summary>
    public bool IsRemoved;
}
