namespace ChainWatch.Graph.Storage;

/// <summary>Everything that is kept of one chain, by columns.</summary>
internal sealed class LogColumns
{
    public required AddressColumn Addresses { get; init; }

    /// <summary>The numbers of the addresses that are known to be contracts: those of the base ascending.</summary>
    public required NumberColumn Contracts { get; init; }

    /// <summary>Where among them the appended ones are, by <see cref="HashOfContract"/>; null where there are none.</summary>
    public AppendedIndex.View? AppendedContracts { get; init; }

    public required AssetColumn Assets { get; init; }

    public required TxColumn Txs { get; init; }

    public required EntryColumn Entries { get; init; }

    public required GroupColumn Groups { get; init; }

    public required BlockColumn Blocks { get; init; }

    public required MultiColumn Multis { get; init; }

    /// <summary>Entries of blocks without order whose own index in the block is known, ascending.</summary>
    public required NumberColumn DisorderEntries { get; init; }

    /// <summary>Those indices.</summary>
    public required NumberColumn DisorderIndices { get; init; }

    /// <summary>The index of what was built; null where it was built without.</summary>
    public LogIndex? BuiltIndex { get; init; }

    /// <summary>The index of all of it; null where there is none, or something was appended.</summary>
    public LogIndex? Index => HasAppended ? null : BuiltIndex;

    /// <summary>Whether anything was appended to what was built.</summary>
    public bool HasAppended => Addresses.Length > Addresses.BaseLength || Entries.Length > Entries.Sources.BaseCount || Contracts.Count > Contracts.BaseCount;

    /// <summary>The hash by which appended contracts are found.</summary>
    public static ulong HashOfContract(int address) => (ulong)address * 0x9E3779B97F4A7C15;
}
