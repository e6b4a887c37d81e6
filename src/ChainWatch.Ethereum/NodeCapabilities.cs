namespace ChainWatch.Ethereum;

/// <summary>What a node was found to answer.</summary>
internal sealed record NodeCapabilities
{
    /// <summary>Whole blocks' receipts at once.</summary>
    public bool BlockReceipts { get; init; }

    /// <summary>OpenEthereum's traces: whole blocks, and transactions.</summary>
    public bool TraceBlock { get; init; }

    /// <summary>geth's callTracer: whole blocks, and transactions.</summary>
    public bool DebugTrace { get; init; }

    /// <summary>OpenEthereum's traces by address.</summary>
    public bool TraceFilter { get; init; }

    /// <summary>Otterscan's search for an address's transactions.</summary>
    public bool Search { get; init; }

    public bool HasTraces => TraceBlock || DebugTrace;

    /// <summary>The methods by name, in a fixed order.</summary>
    public IReadOnlyList<string> Names =>
    [
        "eth_getLogs",
        BlockReceipts ? "eth_getBlockReceipts" : "eth_getTransactionReceipt",
        .. TraceBlock ? ["trace_block"] : Array.Empty<string>(),
        .. DebugTrace ? ["debug_traceBlockByNumber"] : Array.Empty<string>(),
        .. TraceFilter ? ["trace_filter"] : Array.Empty<string>(),
        .. Search ? ["ots_searchTransactionsAfter"] : Array.Empty<string>(),
    ];
}
