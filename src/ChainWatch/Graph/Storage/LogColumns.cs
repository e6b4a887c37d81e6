namespace ChainWatch.Graph.Storage;

/// <summary>Everything that is kept of one chain, by columns.</summary>
internal sealed class LogColumns
{
    public required AddressColumn Addresses { get; init; }

    /// <summary>The numbers of the addresses that are known to be contracts, ascending.</summary>
    public required NumberColumn Contracts { get; init; }

    public required Asset[] Assets { get; init; }

    public required TxColumn Txs { get; init; }

    public required EntryColumn Entries { get; init; }

    public required GroupColumn Groups { get; init; }

    public required BlockColumn Blocks { get; init; }

    public required MultiColumn Multis { get; init; }

    /// <summary>Entries of blocks without order whose own index in the block is known, ascending.</summary>
    public required NumberColumn DisorderEntries { get; init; }

    /// <summary>Those indices.</summary>
    public required NumberColumn DisorderIndices { get; init; }

    /// <summary>By address, its entries; null where the file has none.</summary>
    public LogIndex? Index { get; init; }
}
