using ChainWatch.Graph;

namespace ChainWatch.Tests.Graph.Twin;

/// <summary>A movement as it was added: values by their numbers in the builder's tables.</summary>
internal struct LogRow
{
    /// <summary>The block's height.</summary>
    public long Block;

    /// <summary>The transaction's index in the block, or -1 where the source does not tell.</summary>
    public int Index;

    /// <summary>The index, or -1 where the whole block is one group.</summary>
    public int Group;

    /// <summary>The payer's number, or -1 for a movement.</summary>
    public int Source;

    /// <summary>The payee's number, or -1 for a movement.</summary>
    public int Target;

    /// <summary>The asset's number.</summary>
    public int Asset;

    /// <summary>The transaction hash's number, or -1.</summary>
    public int Tx;

    /// <summary>The movement's number, or -1 for a plain transfer.</summary>
    public int Multi;

    /// <summary>True where a contract's call moved the coin.</summary>
    public bool IsInternal;

    /// <summary>The value of a plain transfer.</summary>
    public Amount Value;

    /// <summary>The number of the file it was read from, or -1.</summary>
    public int File;

    /// <summary>The line in the file, from 1.</summary>
    public int Line;
}
