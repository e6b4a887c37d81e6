using ChainWatch.Ethereum.Decoding;

namespace ChainWatch.Ethereum.Etherscan;

/// <summary>A row of txlist, txlistinternal or tokentx. What a table does not tell is left at its default.</summary>
internal struct ExplorerRow
{
    public long Block;
    public DateTimeOffset Time;
    public TxId? Tx;
    public int? TxIndex;
    public Bytes20 From;
    public Bytes20? To;
    public Bytes20? Contract;
    public Amount? Value;

    /// <summary>True where the transaction or the call failed.</summary>
    public bool IsError;

    /// <summary>Of an internal row, whether it moves its value: calls, creations and selfdestructs do.</summary>
    public bool MovesValue;

    /// <summary>Of an internal row, whether it makes a contract.</summary>
    public bool IsCreation;

    /// <summary>True for a piece of an ERC-721 collection.</summary>
    public bool IsPiece;
}
