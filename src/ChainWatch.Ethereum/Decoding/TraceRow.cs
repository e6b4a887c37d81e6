namespace ChainWatch.Ethereum.Decoding;

/// <summary>The kinds of traces that can move coin.</summary>
internal enum TraceKind : byte
{
    /// <summary>A call that moves its value to the callee.</summary>
    Call,

    /// <summary>A call that moves nothing: delegatecall, staticcall, callcode.</summary>
    CallWithoutValue,

    /// <summary>A creation: its value goes to the contract made.</summary>
    Create,

    /// <summary>A selfdestruct: the balance goes to the beneficiary.</summary>
    SelfDestruct,

    /// <summary>The block's or an uncle's reward: of no transaction, from nobody.</summary>
    Reward,
}

/// <summary>One step of a transaction's execution, or a reward.</summary>
internal struct TraceRow
{
    public TraceKind Kind;

    /// <summary>The caller, the creator, the contract destroyed.</summary>
    public Bytes20 From;

    /// <summary>The callee, the contract made, the beneficiary; unknown where a creation failed.</summary>
    public Bytes20? To;

    public Amount Value;

    /// <summary>0 for the transaction itself, 1 for what it called, …</summary>
    public int Depth;

    /// <summary>True where it failed itself.</summary>
    public bool HasError;

    /// <summary>True where it or a step above it failed: it moved nothing.</summary>
    public bool IsReverted;

    /// <summary>The transaction's index in the block; -1 for rewards.</summary>
    public int TxIndex;

    /// <summary>The transaction; default for rewards, and where the answer does not tell.</summary>
    public TxId Tx;

    /// <summary>The block's height.</summary>
    public long Block;

    /// <summary>The block's hash, where the answer tells it.</summary>
    public TxId? BlockHash;

    /// <summary>Whether it moved coin, or may have, and the answer does not tell to whom: old versions of geth do not for selfdestructs.</summary>
    public readonly bool IsUntold => Depth > 0 && !IsReverted && To is null && (Kind == TraceKind.SelfDestruct || (Kind is TraceKind.Call or TraceKind.Create && !Value.IsZero));

    /// <summary>Whether the coin moved inside a transaction: the transaction's own value is told by the transaction.</summary>
    public readonly bool MovesInside => Depth > 0 && !IsReverted && (Kind is TraceKind.Call or TraceKind.Create or TraceKind.SelfDestruct) && To is not null && !Value.IsZero;
}
