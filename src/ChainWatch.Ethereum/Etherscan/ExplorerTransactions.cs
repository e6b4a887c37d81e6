using System.Collections.Concurrent;
using ChainWatch.Ethereum.Decoding;
using ChainWatch.Rpc;

namespace ChainWatch.Ethereum.Etherscan;

/// <summary>Single transactions through an explorer, each asked for once.</summary>
internal sealed class ExplorerTransactions(ExplorerClient client, EtherscanOptions options)
{
    private readonly ConcurrentDictionary<TxId, Receipts> _receipts = new();
    private readonly ConcurrentDictionary<long, DateTimeOffset> _times = new();

    /// <summary>The receipts of transactions.</summary>
    public async Task<IReadOnlyDictionary<TxId, Receipts>> ReceiptsAsync(IEnumerable<TxId> hashes, CancellationToken cancellationToken)
    {
        TxId[] all = [.. hashes.Distinct().Order()];
        await foreach ((TxId hash, Receipts receipts) in OrderedWork.RunAsync(all.Where(h => !_receipts.ContainsKey(h)), async (h, token) => (h, await ReadReceiptAsync(h, token).ConfigureAwait(false)), options.Concurrency, cancellationToken).ConfigureAwait(false))
        {
            _receipts[hash] = receipts;
        }

        return all.ToDictionary(h => h, h => _receipts[h]);
    }

    /// <summary>A transaction by its hash.</summary>
    public async Task<TransactionRow> TransactionAsync(TxId hash, CancellationToken cancellationToken)
    {
        TransactionRow row = default;
        await client.NodeAsync("eth_getTransactionByHash", $"&txhash=0x{hash}", $"\"0x{hash}\"", json => row = BlockDecoder.DecodeTransaction(json.Span), cancellationToken).ConfigureAwait(false);
        return row;
    }

    /// <summary>What a transaction's calls moved.</summary>
    public async Task<List<ExplorerRow>> InternalsAsync(TxId hash, CancellationToken cancellationToken) =>
        (await client.RowsAsync("txlistinternal", $"&txhash=0x{hash}", cancellationToken).ConfigureAwait(false)).Rows;

    /// <summary>A block's time.</summary>
    public async Task<DateTimeOffset> TimeAsync(long block, CancellationToken cancellationToken)
    {
        if (!_times.TryGetValue(block, out DateTimeOffset time))
        {
            Block header = await client.BlockAsync(block, cancellationToken).ConfigureAwait(false) ?? throw client.Rest.Failure(RpcErrorKind.BlockUnknown, "eth_getBlockByNumber", $"the explorer does not have block {block}");
            _times[block] = time = header.Time;
        }

        return time;
    }

    /// <summary>Forgets what may be of another chain now.</summary>
    public void Clear()
    {
        _receipts.Clear();
        _times.Clear();
    }

    private async Task<Receipts> ReadReceiptAsync(TxId hash, CancellationToken cancellationToken)
    {
        Receipts receipts = new();
        await client.NodeAsync("eth_getTransactionReceipt", $"&txhash=0x{hash}", $"\"0x{hash}\"", json =>
        {
            receipts = new Receipts();
            ReceiptDecoder.DecodeOne(json.Span, receipts);
        }, cancellationToken).ConfigureAwait(false);
        return receipts;
    }
}
