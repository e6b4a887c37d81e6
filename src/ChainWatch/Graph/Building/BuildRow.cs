namespace ChainWatch.Graph.Building;

/// <summary>A movement on its way into the log: values by their numbers in the builder's tables.</summary>
internal struct BuildRow
{
    /// <summary>The block's height.</summary>
    public long Block;

    /// <summary>The transaction's index in the block, or -1 where the source does not tell.</summary>
    public int Index;

    /// <summary>The payer's number; of a movement with several inputs or outputs -1.</summary>
    public int Source;

    /// <summary>The payee's number; of a movement with several inputs or outputs -1.</summary>
    public int Target;

    /// <summary>The asset's number.</summary>
    public int Asset;

    /// <summary>The movement's number, or -1 for a plain transfer.</summary>
    public int Multi;

    /// <summary>The number of the file it was read from, or -1.</summary>
    public int File;

    /// <summary>The line in the file, from 1.</summary>
    public int Line;

    /// <summary>True where a contract's call moved the coin.</summary>
    public bool IsInternal;

    /// <summary>Whether the transaction's hash is known.</summary>
    public bool HasTx;

    /// <summary>The block's time as this row tells it: UTC ticks and one; 0 where it does not.</summary>
    public long Time;

    /// <summary>The value of a plain transfer.</summary>
    public Amount Value;

    /// <summary>The transaction's hash.</summary>
    public TxId Tx;
}
