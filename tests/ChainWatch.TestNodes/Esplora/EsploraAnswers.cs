using System.Globalization;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.TestNodes.Esplora;

/// <summary>Answers one request from a chain, without faults.</summary>
/// <remarks>Source of paths, statuses and texts: Blockstream/electrs src/rest.rs, and mempool/electrs' for its dialect.</remarks>
internal sealed class EsploraAnswers(EsploraRequest request, EsploraServerOptions options)
{
    /// <summary>Confirmed transactions on a page, of an address or of a block.</summary>
    public const int PageSize = 25;

    private readonly EsploraChain _chain = request.Chain;
    private readonly EsploraJson _json = new(request.Chain, options.Dialect);

    /// <summary>The answer.</summary>
    public LoopbackAnswer Answer()
    {
        try
        {
            return request.Kind.StartsWith("address", StringComparison.Ordinal) ? new EsploraAddressAnswers(request, options).Answer() : AnswerByKind();
        }
        catch (EsploraRefusal refusal)
        {
            return Plain(refusal.Message, refusal.Status);
        }
    }

    /// <summary>An answer in JSON.</summary>
    public static LoopbackAnswer Json(JsonNode body) => LoopbackAnswer.Text(body.ToJsonString());

    private static LoopbackAnswer Plain(string text, int status = 200) => LoopbackAnswer.Text(text, status) with { ContentType = "text/plain" };

    private LoopbackAnswer AnswerByKind() => request.Kind switch
    {
        EsploraKind.TipHeight => Plain(_chain.Tip.Height.ToString(CultureInfo.InvariantCulture)),
        EsploraKind.TipHash => Plain(_chain.Tip.Hash),
        EsploraKind.BlockHeight => Plain((_chain.At(Number(request.Subject)) ?? throw EsploraRefusal.NotFound("Block not found")).Hash),
        EsploraKind.Block => Json(EsploraJson.Block(Block())),
        EsploraKind.BlockStatus => Json(_json.BlockStatus(Hash())),
        EsploraKind.BlockHeader => Plain(Convert.ToHexStringLower(Block().Header ?? throw NotKnown())),
        EsploraKind.BlockTxIds => Json(new JsonArray([.. Block().Transactions.Select(tx => (JsonNode)tx.TxId)])),
        EsploraKind.BlockTxs => BlockTransactions(),
        EsploraKind.BlockRaw => Bytes(Block().Raw ?? throw NotKnown()),
        EsploraKind.Tx => Json(_json.Transaction(Transaction())),
        EsploraKind.TxStatus => Json(_json.Status(Hash())),
        EsploraKind.TxOutspends => Json(_json.Outspends(Transaction())),
        EsploraKind.TxHex => Plain(Transaction().Raw ?? throw NotKnown()),
        EsploraKind.TxRaw => Bytes(Convert.FromHexString(Transaction().Raw ?? throw NotKnown())),
        _ => throw EsploraRefusal.NotFound($"endpoint does not exist \"{request.Path}\""),
    };

    private LoopbackAnswer BlockTransactions()
    {
        IReadOnlyList<EsploraTx> all = Block().Transactions;
        int start = int.TryParse(request.Parts.ElementAtOrDefault(3), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : 0;
        if (start >= all.Count)
        {
            throw EsploraRefusal.NotFound("start index out of range");
        }

        return start % PageSize == 0
            ? Json(_json.Transactions(all.Skip(start).Take(PageSize)))
            : throw EsploraRefusal.Bad("start index must be a multipication of 25");
    }

    private EsploraBlock Block() => _chain.Block(Hash()) ?? throw EsploraRefusal.NotFound("Block not found");

    private EsploraTx Transaction() => _chain.Transaction(Hash()) ?? throw EsploraRefusal.NotFound("Transaction not found");

    private string Hash() => EsploraRequest.IsHash(request.Subject) ? request.Subject.ToLowerInvariant() : throw EsploraRefusal.Bad("Invalid hex string");

    private static long Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : throw EsploraRefusal.Bad("Invalid number");

    private static LoopbackAnswer Bytes(byte[] bytes) => new(bytes) { ContentType = "application/octet-stream" };

    // The test gave no bytes: a defect of the test, and no answer of electrs.
    private InvalidOperationException NotKnown() => new($"the model has no bytes for {request.Path}");
}
