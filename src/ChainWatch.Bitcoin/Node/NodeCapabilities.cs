namespace ChainWatch.Bitcoin.Node;

/// <summary>What a node was found to answer.</summary>
internal sealed record NodeCapabilities
{
    /// <summary><c>getblock HASH 3</c> tells the outputs that a block spends.</summary>
    public bool WholeBlocks { get; init; }

    /// <summary>Raw blocks are asked for with <c>false</c>, not with 0.</summary>
    public bool RawAsWord { get; init; }

    /// <summary><c>getrawtransaction</c> finds transactions of blocks: the node has an index of them.</summary>
    public bool RawTransactions { get; init; }

    /// <summary>By the methods' names, in a fixed order.</summary>
    public IReadOnlyList<string> Names => [WholeBlocks ? "getblock-3" : "getblock-0", .. RawTransactions ? ["getrawtransaction"] : Array.Empty<string>()];
}
