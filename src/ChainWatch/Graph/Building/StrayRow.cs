namespace ChainWatch.Graph.Building;

/// <summary>A row that did not come in chain order. What few rows have stands aside (<see cref="StrayDetails"/>).</summary>
internal struct StrayRow
{
    /// <summary>The block's height.</summary>
    public long Block;

    /// <summary>The block's time as this row tells it: UTC ticks and one; 0 where it does not.</summary>
    public long Time;

    /// <summary>The value; with the topmost bit, where the details begin.</summary>
    public ulong Value;

    /// <summary>The transaction's index in the block, or -1.</summary>
    public int Index;

    /// <summary>The payer's number; of a movement its number with <see cref="LogRun.MultiBit"/>.</summary>
    public int Source;

    /// <summary>The payee's number.</summary>
    public int Target;

    /// <summary>The asset's number.</summary>
    public int Asset;
}

/// <summary>What few rows that came out of order have.</summary>
internal struct StrayDetails
{
    public Amount Value;

    public TxId Tx;

    public int File;

    public int Line;

    public bool HasTx;

    public bool IsInternal;
}
