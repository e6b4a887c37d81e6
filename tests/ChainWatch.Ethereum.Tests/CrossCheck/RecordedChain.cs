using ChainWatch.Ethereum.Tests.Recorded;

namespace ChainWatch.Ethereum.Tests.CrossCheck;

/// <summary>What real nodes answered, with the method that asked, in the order of the files' names.</summary>
internal static class RecordedChain
{
    private static readonly (string Folder, string Method)[] Etl =
    [
        ("test_export_blocks_job/block_with_logs", "eth_getBlockByNumber"),
        ("test_export_blocks_job/block_without_transactions", "eth_getBlockByNumber"),
        ("test_export_blocks_job/blocks_with_transactions", "eth_getBlockByNumber"),
        ("test_export_receipts_job/receipts_with_logs", "eth_getTransactionReceipt"),
        ("test_export_token_transfers_job/block_with_transfers", "eth_getFilterLogs"),
    ];

    /// <summary>Blocks, receipts and logs; errors and nulls are left out.</summary>
    public static IEnumerable<(string Method, byte[] Result)> Answers() =>
    [
        .. Etl.SelectMany(e => RecordedAnswer.Results(RecordedAnswer.Folder($"ethereum-etl/{e.Folder}"), e.Method).Select(r => (e.Method, r))),
        .. RecordedAnswer.Pairs().Where(p => p.Response.Contains("\"result\":", StringComparison.Ordinal) && !p.Response.Contains("\"result\":null", StringComparison.Ordinal))
            .OrderBy(p => Path.GetFileName(p.File), StringComparer.Ordinal).Select(p => (p.Method, RecordedAnswer.Result(p.Response))),
    ];
}
