using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Files;

/// <summary>One chain's log as a part of a graph file.</summary>
internal static class ChainPart
{
    private const int AssetsMax = 1 << 24;

    /// <param name="log">The log.</param>
    /// <param name="withIndex">Whether the index is written too; it is made where the log has none.</param>
    public static PartWriter Writer(ChainLog log, bool withIndex)
    {
        PartWriter part = new(PartKind.Chain);
        LogColumns columns = log.Columns;
        EntryColumn entries = columns.Entries;
        part.Add(SectionId.Chain, Describe(log.Chain, log.Assets));
        // What every pass reads comes first.
        part.Add(SectionId.Sources, entries.Sources);
        part.Add(SectionId.Targets, entries.Targets);
        part.Add(SectionId.GroupStarts, columns.Groups.Starts);
        part.Add(SectionId.GroupIndices, columns.Groups.Indices);
        part.Add(SectionId.BlockHeights, columns.Blocks.Heights);
        part.Add(SectionId.BlockTimes, columns.Blocks.Times);
        part.Add(SectionId.BlockGroups, columns.Blocks.FirstGroups);
        part.Add(SectionId.AssetNumbers, entries.AssetNumbers);
        part.Add(SectionId.Values, SectionId.WideValues, entries.Values);
        part.Add(SectionId.Flags, entries.Flags);
        part.Add(SectionId.Txs, entries.Txs);
        part.Add(SectionId.TxKeys, entries.TxKeys);
        part.Add(SectionId.DisorderEntries, columns.DisorderEntries);
        part.Add(SectionId.DisorderIndices, columns.DisorderIndices);
        MultiColumn multis = columns.Multis;
        part.Add(SectionId.MultiEntries, multis.Entries);
        part.Add(SectionId.InputStarts, multis.InputStarts);
        part.Add(SectionId.InputOwners, multis.InputOwners);
        part.Add(SectionId.InputValues, SectionId.WideInputValues, multis.InputValues);
        part.Add(SectionId.InputTxs, multis.InputTxs);
        part.Add(SectionId.InputIndices, multis.InputIndices);
        part.Add(SectionId.OutputStarts, multis.OutputStarts);
        part.Add(SectionId.OutputOwners, multis.OutputOwners);
        part.Add(SectionId.OutputValues, SectionId.WideOutputValues, multis.OutputValues);
        part.Add(SectionId.OutputTxs, multis.OutputTxs);
        part.Add(SectionId.OutputIndices, multis.OutputIndices);
        part.Add(SectionId.Addresses, columns.Addresses.Rows);
        part.Add(SectionId.AddressKinds, columns.Addresses.Kinds);
        part.Add(SectionId.AddressTexts, columns.Addresses.Texts);
        part.Add(SectionId.Contracts, columns.Contracts);
        part.Add(SectionId.TxHashes, columns.Txs.Rows);
        if (withIndex && log.Adjacency(build: true) is LogIndex index)
        {
            part.Add(SectionId.ForwardStarts, index.Forward.Starts);
            part.Add(SectionId.ForwardEntries, index.Forward.Entries);
            part.Add(SectionId.BackwardStarts, index.Backward.Starts);
            part.Add(SectionId.BackwardEntries, index.Backward.Entries);
        }

        return part;
    }

    /// <summary>The columns of a chain.</summary>
    /// <param name="chain">The chain.</param>
    /// <param name="assets">Its assets.</param>
    /// <param name="part">The sections of its parts.</param>
    /// <param name="addresses">Where the appended addresses are; null where there are none.</param>
    /// <param name="contracts">Where the appended contracts are; null where there are none.</param>
    /// <param name="multis">The movements of the base that were put together.</param>
    public static LogColumns Columns(Chain chain, AssetColumn assets, ISectionSource part, AppendedIndex.View? addresses, AppendedIndex.View? contracts, MultiCache multis)
    {
        NumberColumn kinds = part.Numbers(SectionId.AddressKinds);
        NumberColumn sources = part.Numbers(SectionId.Sources);
        int entries = sources.Count;
        NumberColumn heights = part.Numbers(SectionId.BlockHeights);
        NumberColumn groups = part.Numbers(SectionId.GroupStarts);
        BlockColumn blocks = new(heights, part.Numbers(SectionId.BlockTimes, heights.Count), part.Numbers(SectionId.BlockGroups, heights.Count), groups.Count);
        NumberColumn disorder = part.Numbers(SectionId.DisorderEntries);
        return new LogColumns
        {
            Addresses = new AddressColumn(chain, part.Bytes(SectionId.Addresses, (long)kinds.Count * AddressColumn.RowLength(chain)), kinds, part.Bytes(SectionId.AddressTexts), addresses),
            Contracts = part.Numbers(SectionId.Contracts),
            AppendedContracts = contracts,
            Assets = assets,
            Txs = new TxColumn(part.Bytes(SectionId.TxHashes)),
            Entries = new EntryColumn
            {
                Sources = sources,
                Targets = part.Numbers(SectionId.Targets, entries),
                AssetNumbers = part.Numbers(SectionId.AssetNumbers, entries),
                Txs = part.Numbers(SectionId.Txs, entries),
                TxKeys = part.Numbers(SectionId.TxKeys, entries),
                Flags = part.Numbers(SectionId.Flags, entries),
                Values = part.Amounts(SectionId.Values, SectionId.WideValues, entries),
            },
            Groups = new GroupColumn(groups, part.Numbers(SectionId.GroupIndices, groups.Count), blocks),
            Blocks = blocks,
            Multis = ReadMultis(part, multis),
            DisorderEntries = disorder,
            DisorderIndices = part.Numbers(SectionId.DisorderIndices, disorder.Count),
            BuiltIndex = part.Has(SectionId.ForwardStarts) ? ReadIndex(part, kinds.BaseCount) : null,
        };
    }

    private static LogIndex ReadIndex(ISectionSource part, int addresses) => new(
        new AdjacencyColumn($"{part.Name}: the forward index", part.Ints(SectionId.ForwardStarts, addresses + 1), part.Ints(SectionId.ForwardEntries)),
        new AdjacencyColumn($"{part.Name}: the backward index", part.Ints(SectionId.BackwardStarts, addresses + 1), part.Ints(SectionId.BackwardEntries)));

    private static MultiColumn ReadMultis(ISectionSource part, MultiCache cache)
    {
        NumberColumn multis = part.Numbers(SectionId.MultiEntries);
        NumberColumn inputs = part.Numbers(SectionId.InputOwners);
        NumberColumn outputs = part.Numbers(SectionId.OutputOwners);
        return new MultiColumn
        {
            Cache = cache,
            Entries = multis,
            InputStarts = part.Numbers(SectionId.InputStarts, multis.Count + 1),
            InputOwners = inputs,
            InputValues = part.Amounts(SectionId.InputValues, SectionId.WideInputValues, inputs.Count),
            InputTxs = part.Numbers(SectionId.InputTxs, inputs.Count),
            InputIndices = part.Numbers(SectionId.InputIndices, inputs.Count),
            OutputStarts = part.Numbers(SectionId.OutputStarts, multis.Count + 1),
            OutputOwners = outputs,
            OutputValues = part.Amounts(SectionId.OutputValues, SectionId.WideOutputValues, outputs.Count),
            OutputTxs = part.Numbers(SectionId.OutputTxs, outputs.Count),
            OutputIndices = part.Numbers(SectionId.OutputIndices, outputs.Count),
        };
    }

    /// <summary>A chain's name and some assets.</summary>
    public static ByteColumn Describe(Chain chain, IReadOnlyList<Asset> assets)
    {
        using MemoryStream stream = new();
        using (BinaryWriter writer = new(stream, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(chain.Id);
            writer.Write7BitEncodedInt(assets.Count);
            foreach (Asset asset in assets)
            {
                writer.Write(asset.Contract?.ToCanonicalString() ?? "");
            }
        }

        return ByteColumn.Of(stream.ToArray());
    }

    /// <summary>The chain of a part, and its assets.</summary>
    public static (Chain Chain, Asset[] Assets) ReadDescription(ISectionSource part)
    {
        ByteColumn bytes = part.Bytes(SectionId.Chain);
        using BinaryReader reader = new(new MemoryStream(bytes.Slice(0, checked((int)bytes.Length)).ToArray()), System.Text.Encoding.UTF8);
        Chain chain = Chain.Parse(reader.ReadString());
        int count = reader.Read7BitEncodedInt();
        Asset[] assets = new Asset[count is >= 0 and <= AssetsMax ? count : throw new FormatException("an impossible count of assets")];
        for (int i = 0; i < count; i++)
        {
            string contract = reader.ReadString();
            assets[i] = contract.Length == 0 ? Asset.Native(chain) : Asset.Token(Address.Parse(contract, chain));
        }

        return (chain, assets);
    }
}
