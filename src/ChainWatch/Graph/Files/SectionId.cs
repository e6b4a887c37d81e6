namespace ChainWatch.Graph.Files;

/// <summary>What a section of a part holds. The numbers stand in files: never change one.</summary>
internal enum SectionId
{
    /// <summary>A commit: what the graph rests on.</summary>
    Coverage = 1,

    /// <summary>The chain's identifier and its assets.</summary>
    Chain = 2,

    Sources = 16,
    Targets = 17,
    AssetNumbers = 18,
    Txs = 19,
    TxKeys = 20,
    Flags = 21,
    Values = 22,
    WideValues = 23,

    GroupStarts = 32,
    GroupIndices = 33,
    BlockHeights = 34,
    BlockTimes = 35,
    BlockGroups = 36,
    DisorderEntries = 37,
    DisorderIndices = 38,

    Addresses = 48,
    AddressKinds = 49,
    AddressTexts = 50,
    Contracts = 51,
    TxHashes = 52,

    MultiEntries = 64,
    InputStarts = 65,
    InputOwners = 66,
    InputValues = 67,
    WideInputValues = 68,
    InputTxs = 69,
    InputIndices = 70,
    OutputStarts = 71,
    OutputOwners = 72,
    OutputValues = 73,
    WideOutputValues = 74,
    OutputTxs = 75,
    OutputIndices = 76,

    /// <summary>The index, of files that were written with one: all four or none.</summary>
    ForwardStarts = 80,
    ForwardEntries = 81,
    BackwardStarts = 82,
    BackwardEntries = 83,
}
