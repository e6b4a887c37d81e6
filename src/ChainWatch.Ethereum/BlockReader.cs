using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using ChainWatch.Ethereum.Decoding;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Ethereum;

/// <summary>A block with everything that was asked of it.</summary>
internal sealed record WholeBlock(Block Block, Receipts Receipts, List<TraceRow>? Traces);

/// <summary>
/// Reads whole blocks, and believes nothing that the block's own header does not bear out: the number of receipts, the block's
/// hash on each, the bloom of all events, one trace at least for each transaction and every step that a step says it made.
/// What does not fit is asked again by the retry layer.
/// </summary>
internal sealed class BlockReader(JsonRpcClient client, NodeCapabilities capabilities)
{
    // Each remembers the bits of what it has seen, and serves one block at a time.
    private readonly ConcurrentBag<LogsBloom> _blooms = [];

    public static BlockRef RefOf(Block block) => new(block.Height, block.HashText, block.ParentHashText, block.Time);

    /// <summary>Reads a block with its transactions, receipts and traces.</summary>
    /// <exception cref="RpcException">It cannot be had, or does not fit together however often it is asked for.</exception>
    public async Task<WholeBlock> ReadAsync(long height, CancellationToken cancellationToken)
    {
        Block block = await ReadBlockAsync(height, whole: true, cancellationToken).ConfigureAwait(false);
        Task<Receipts> receipts = ReadReceiptsAsync(block, cancellationToken);
        Task<List<TraceRow>?> traces = ReadTracesAsync(block, cancellationToken);
        await Task.WhenAll(receipts, traces).ConfigureAwait(false);
        return new WholeBlock(block, await receipts.ConfigureAwait(false), await traces.ConfigureAwait(false));
    }

    /// <summary>Reads a block's header; null where the node has none.</summary>
    public async Task<BlockRef?> FindAsync(long height, CancellationToken cancellationToken)
    {
        Block? block = null;
        using RpcAnswer answer = await client.TryCallAsync(NodeCalls.Block(height, whole: false), Decoding(json => block = BlockDecoder.Decode(json)), cancellationToken).ConfigureAwait(false);
        return answer.Error is null ? (answer.IsNull ? null : RefOf(block!))
            : answer.Error.Kind == RpcErrorKind.BlockUnknown ? null
            : throw answer.Error;
    }

    /// <summary>Reads headers, many at once.</summary>
    public async Task<Block[]> ReadHeadersAsync(IReadOnlyList<long> heights, CancellationToken cancellationToken)
    {
        Block[] blocks = new Block[heights.Count];
        RpcAnswer[] answers = await client.TryCallBatchAsync(
            [.. heights.Select(h => NodeCalls.Block(h, whole: false))],
            (i, json) => Try(() => blocks[i] = DecodeExactly(json.Span, heights[i])),
            cancellationToken).ConfigureAwait(false);
        foreach (RpcAnswer answer in answers)
        {
            answer.Dispose();
        }

        return Array.Find(answers, a => a.Error is not null)?.Error is RpcException error ? throw error : blocks;
    }

    /// <summary>Reads a block's receipts, and checks them against its header.</summary>
    public async Task<Receipts> ReadReceiptsAsync(Block block, CancellationToken cancellationToken)
    {
        if (block.TransactionCount == 0)
        {
            return new Receipts();
        }

        if (!capabilities.BlockReceipts)
        {
            return await ReadReceiptsOneByOneAsync(block, cancellationToken).ConfigureAwait(false);
        }

        Receipts? receipts = null;
        using RpcAnswer answer = await client.CallAsync(
            NodeCalls.BlockReceipts(block.Height),
            json => Try(() => receipts = ReceiptDecoder.Decode(json.Span)) ?? ProblemOf(receipts!, block),
            cancellationToken).ConfigureAwait(false);
        return receipts!;
    }

    /// <summary>Reads transactions whole, wherever they are.</summary>
    public async Task<(TransactionRow Tx, Receipts Receipts, List<TraceRow>? Traces)[]> ReadTransactionsAsync(IReadOnlyList<TxId> hashes, CancellationToken cancellationToken)
    {
        (TransactionRow Tx, Receipts Receipts, List<TraceRow>? Traces)[] found = new (TransactionRow, Receipts, List<TraceRow>?)[hashes.Count];
        await CallAllAsync([.. hashes.Select(NodeCalls.Transaction)], (i, json) => Try(() =>
        {
            TransactionRow tx = BlockDecoder.DecodeTransaction(json.Span);
            found[i].Tx = tx.BlockHash is not null && tx.Hash == hashes[i] ? tx : throw new EthereumFormatException("the transaction is in no block, or is another one");
        }), cancellationToken).ConfigureAwait(false);
        await CallAllAsync([.. hashes.Select(NodeCalls.Receipt)], (i, json) => Try(() =>
        {
            Receipts receipts = new();
            ReceiptDecoder.DecodeOne(json.Span, receipts);
            found[i].Receipts = receipts.Rows[0].Tx == hashes[i] && receipts.Rows[0].BlockHash == found[i].Tx.BlockHash ? receipts : throw new EthereumFormatException("the receipt is of another transaction or block");
        }), cancellationToken).ConfigureAwait(false);
        if (capabilities.HasTraces)
        {
            await CallAllAsync([.. hashes.Select(tx => capabilities.TraceBlock ? NodeCalls.TraceTransaction(tx) : NodeCalls.DebugTraceTransaction(tx))], (i, json) => Try(() =>
            {
                List<TraceRow> traces = [];
                if (capabilities.TraceBlock)
                {
                    ParityTraceDecoder.DecodeWhole(json.Span, traces);
                }
                else
                {
                    CallTracerDecoder.DecodeTransaction(json.Span, found[i].Tx.Index, traces);
                }

                found[i].Traces = traces.Count > 0 ? traces : throw new EthereumFormatException("no trace, not even the transaction's own");
            }), cancellationToken).ConfigureAwait(false);
        }

        return found;
    }

    private async Task CallAllAsync(RpcCall[] calls, Func<int, ReadOnlyMemory<byte>, string?> verify, CancellationToken cancellationToken)
    {
        RpcAnswer[] answers = await client.TryCallBatchAsync(calls, verify, cancellationToken).ConfigureAwait(false);
        Array.ForEach(answers, a => a.Dispose());
        Array.Find(answers, a => a.Error is not null)?.EnsureSuccess();
    }

    private async Task<Block> ReadBlockAsync(long height, bool whole, CancellationToken cancellationToken)
    {
        Block? block = null;
        using RpcAnswer answer = await client.CallAsync(
            NodeCalls.Block(height, whole),
            json => Try(() => block = DecodeExactly(json.Span, height)) ?? (whole && block!.Transactions.Count != block.TransactionCount ? "transactions came as hashes alone" : null),
            cancellationToken).ConfigureAwait(false);
        return block!;
    }

    // Null is what a node says of a block that it does not have (yet): one that lags behind another may have it soon.
    private static Block DecodeExactly(ReadOnlySpan<byte> json, long height)
    {
        if (json.SequenceEqual("null"u8))
        {
            throw new EthereumFormatException($"the node does not have block {height}, or not yet");
        }

        Block block = BlockDecoder.Decode(json);
        return block.Height == height ? block : throw new EthereumFormatException($"block {block.Height} came for block {height}");
    }

    private async Task<Receipts> ReadReceiptsOneByOneAsync(Block block, CancellationToken cancellationToken)
    {
        IReadOnlyList<TxId> hashes = [.. block.Transactions.Select(t => t.Hash)];
        if (hashes.Count != block.TransactionCount)
        {
            hashes = [.. (await ReadBlockAsync(block.Height, whole: true, cancellationToken).ConfigureAwait(false)).Transactions.Select(t => t.Hash)];
        }

        Receipts[] each = new Receipts[hashes.Count];
        await CallAllAsync([.. hashes.Select(NodeCalls.Receipt)], (i, json) => Try(() =>
        {
            Receipts one = new();
            ReceiptDecoder.DecodeOne(json.Span, one);
            each[i] = one.Rows[0].Tx == hashes[i] && one.Rows[0].BlockHash == block.Hash ? one : throw new EthereumFormatException($"the receipt is not of block {block.Height} with hash {block.HashText}");
        }), cancellationToken).ConfigureAwait(false);
        Receipts all = new();
        foreach (Receipts one in each)
        {
            ReceiptRow row = one.Rows[0];
            row.LogStart = all.Logs.Count;
            all.Logs.AddRange(one.Logs);
            one.Dispose();
            row.LogEnd = all.Logs.Count;
            all.Rows.Add(row);
        }

        return ProblemOf(all, block) is string problem
            ? throw new RpcException(RpcErrorKind.BadAnswer, $"{client.Endpoint}: eth_getTransactionReceipt: {problem}")
            : all;
    }

    private string? ProblemOf(Receipts receipts, Block block)
    {
        if (receipts.Rows.Count != block.TransactionCount)
        {
            return $"block {block.Height} has {block.TransactionCount} transactions, and {receipts.Rows.Count} receipts came";
        }

        for (int i = 0; i < receipts.Rows.Count; i++)
        {
            ReceiptRow row = receipts.Rows[i];
            if (row.BlockHash != block.Hash || row.Index != i || (block.Transactions.Count > 0 && block.Transactions[i].Hash != row.Tx))
            {
                return $"receipt {i} is not of block {block.Height} with hash {block.HashText}";
            }
        }

        LogsBloom bloom = _blooms.TryTake(out LogsBloom? used) ? used : new LogsBloom();
        bool isWhole = bloom.IsOf(CollectionsMarshal.AsSpan(receipts.Logs), block.LogsBloom);
        _blooms.Add(bloom);
        return isWhole
            ? null
            : $"the events of block {block.Height} are not those of its bloom filter: some are missing, or are of another block";
    }

    private async Task<List<TraceRow>?> ReadTracesAsync(Block block, CancellationToken cancellationToken)
    {
        if (!capabilities.HasTraces)
        {
            return null;
        }

        List<TraceRow>? traces = null;
        using RpcAnswer answer = await client.CallAsync(
            capabilities.TraceBlock ? NodeCalls.TraceBlock(block.Height) : NodeCalls.DebugTraceBlock(block.Height),
            json => Try(() => traces = DecodeTraces(json.Span, block)),
            cancellationToken).ConfigureAwait(false);
        return traces;
    }

    private List<TraceRow> DecodeTraces(ReadOnlySpan<byte> json, Block block)
    {
        List<TraceRow> traces = [];
        if (capabilities.TraceBlock)
        {
            ParityTraceDecoder.DecodeWhole(json, traces);
        }
        else
        {
            CallTracerDecoder.DecodeBlock(json, traces);
        }

        int transactions = 0;
        for (int i = 0; i < traces.Count; i++)
        {
            TraceRow row = traces[i];
            if ((row.BlockHash is TxId hash && hash != block.Hash) || (row.Tx != default && row.TxIndex >= 0 && (row.TxIndex >= block.Transactions.Count || block.Transactions[row.TxIndex].Hash != row.Tx)))
            {
                throw new EthereumFormatException($"a trace is not of block {block.Height} with hash {block.HashText}");
            }

            if (row is { Depth: 0, TxIndex: >= 0 })
            {
                if (row.TxIndex != transactions++)
                {
                    throw new EthereumFormatException($"the traces of transaction {transactions - 1} of block {block.Height} are missing");
                }
            }
        }

        return transactions == block.TransactionCount ? traces : throw new EthereumFormatException($"block {block.Height} has {block.TransactionCount} transactions, and {transactions} were traced");
    }

    private static Func<ReadOnlyMemory<byte>, string?> Decoding(Action<ReadOnlySpan<byte>> decode) => json => json.Span.SequenceEqual("null"u8) ? null : TryDecode(decode, json);

    private static string? TryDecode(Action<ReadOnlySpan<byte>> decode, ReadOnlyMemory<byte> json) => Try(() => decode(json.Span));

    // What cannot be read is asked again, as what contradicts itself is.
    private static string? Try(Action decode)
    {
        try
        {
            decode();
            return null;
        }
        catch (EthereumFormatException e)
        {
            return e.Message;
        }
    }
}
