using ChainWatch.TestNodes.Http;

namespace ChainWatch.TestNodes.Esplora;

/// <summary>A request, and the chain it is answered from.</summary>
/// <param name="Kind">One of <see cref="EsploraKind"/>.</param>
/// <param name="Path">The path below the base, with its slash.</param>
/// <param name="Parts">The path's parts.</param>
/// <param name="After">The last transaction seen, as the request has it; null where it has none.</param>
/// <param name="Chain">The chain.</param>
internal sealed record EsploraRequest(string Kind, string Path, IReadOnlyList<string> Parts, string? After, EsploraChain Chain)
{
    /// <summary>The part of the path that names the block, the transaction or the address.</summary>
    public string Subject => Parts.Count > 1 ? Parts[1] : "";

    /// <summary>Reads a request below the base; one that leads elsewhere is of kind <see cref="EsploraKind.Unknown"/>.</summary>
    public static EsploraRequest Of(LoopbackRequest request, EsploraServerOptions options, EsploraChain chain)
    {
        string path = request.Target.Split('?')[0];
        bool isBelow = path.StartsWith(options.BasePath + "/", StringComparison.Ordinal);
        path = isBelow ? path[options.BasePath.Length..] : path;
        string[] parts = [.. path.Split('/').Skip(1).Select(Uri.UnescapeDataString)];
        string kind = isBelow && request.Method == "GET" ? KindOf(parts) : EsploraKind.Unknown;
        string? after = kind switch
        {
            EsploraKind.AddressChain => parts.ElementAtOrDefault(4),
            EsploraKind.AddressTxs when options.Dialect == EsploraDialect.MempoolSpace => request.Query.GetValueOrDefault("after_txid"),
            _ => null,
        };
        return new EsploraRequest(kind, path, parts, IsHash(after) ? after!.ToLowerInvariant() : null, chain);
    }

    /// <summary>32 bytes in hex.</summary>
    public static bool IsHash(string? text) => text is { Length: 64 } && text.All(char.IsAsciiHexDigit);

    private static string KindOf(string[] parts) => parts switch
    {
        ["blocks", "tip", "height"] => EsploraKind.TipHeight,
        ["blocks", "tip", "hash"] => EsploraKind.TipHash,
        ["block-height", _] => EsploraKind.BlockHeight,
        ["block", _] => EsploraKind.Block,
        ["block", _, "status"] => EsploraKind.BlockStatus,
        ["block", _, "header"] => EsploraKind.BlockHeader,
        ["block", _, "txids"] => EsploraKind.BlockTxIds,
        ["block", _, "txs"] or ["block", _, "txs", _] => EsploraKind.BlockTxs,
        ["block", _, "raw"] => EsploraKind.BlockRaw,
        ["tx", _] => EsploraKind.Tx,
        ["tx", _, "status"] => EsploraKind.TxStatus,
        ["tx", _, "outspends"] => EsploraKind.TxOutspends,
        ["tx", _, "hex"] => EsploraKind.TxHex,
        ["tx", _, "raw"] => EsploraKind.TxRaw,
        ["address", _] => EsploraKind.Address,
        ["address", _, "txs"] => EsploraKind.AddressTxs,
        ["address", _, "txs", "chain"] or ["address", _, "txs", "chain", _] => EsploraKind.AddressChain,
        ["address", _, "txs", "mempool"] => EsploraKind.AddressMempool,
        ["address", _, "utxo"] => EsploraKind.AddressUtxo,
        _ => EsploraKind.Unknown,
    };
}
