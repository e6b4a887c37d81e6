using System.Collections.Concurrent;
using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Node;

/// <summary>Reads the blocks of a node over JSON-RPC. What does not fit is asked again by the retry layer.</summary>
internal sealed class BlockReader(JsonRpcClient client, Chain chain, NodeCapabilities capabilities) : IBlockReader
{
    // Each keeps its buffers, and serves one block at a time.
    private readonly ConcurrentBag<TransactionHasher> _hashers = [];
    private readonly TransactionMovements _movements = new(chain);

    public async Task<BlockRef> FindHeadAsync(CancellationToken cancellationToken)
    {
        ChainInfo info = await NodeProbe.ReadChainInfoAsync(client, cancellationToken).ConfigureAwait(false);
        return await ReadHeaderAsync(info.Blocks, info.BestHash, cancellationToken).ConfigureAwait(false);
    }

    public async Task<BlockRef?> FindAsync(long height, CancellationToken cancellationToken)
    {
        (string? hash, RpcException? error) = (await ReadHashesAsync([height], cancellationToken).ConfigureAwait(false))[0];
        return hash is not null ? await ReadHeaderAsync(height, hash, cancellationToken).ConfigureAwait(false)
            : error!.Kind == RpcErrorKind.BlockUnknown ? null
            : throw error;
    }

    /// <summary>Reads a header.</summary>
    public async Task<BlockRef> ReadHeaderAsync(long height, string hash, CancellationToken cancellationToken)
    {
        BlockRef? header = null;
        using RpcAnswer answer = await client.CallAsync(
            NodeCalls.Header(hash),
            json => NodeJson.Try(() =>
            {
                byte[] bytes = NodeJson.ReadBytes(json.Span, "getblockheader");
                header = bytes.Length == BlockHeader.Length ? NodeBlock.ReadHeader(height, hash, bytes) : throw new BitcoinFormatException($"a header of {bytes.Length} bytes; expected {BlockHeader.Length}");
            }),
            cancellationToken).ConfigureAwait(false);
        return header!;
    }

    public async Task<(string? Hash, RpcException? Error)[]> ReadHashesAsync(IReadOnlyList<long> heights, CancellationToken cancellationToken)
    {
        (string? Hash, RpcException? Error)[] found = new (string?, RpcException?)[heights.Count];
        RpcAnswer[] answers = await client.TryCallBatchAsync(
            [.. heights.Select(NodeCalls.BlockHash)],
            (i, json) => NodeJson.Try(() => found[i].Hash = NodeJson.ReadHash(json.Span, "getblockhash")),
            cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < answers.Length; i++)
        {
            found[i].Error = answers[i].Error;
            answers[i].Dispose();
        }

        return found;
    }

    public async Task<NodeBlock> ReadAsync(long height, string hash, CancellationToken cancellationToken)
    {
        NodeBlock? block = null;
        using RpcAnswer answer = await client.CallAsync(
            capabilities.WholeBlocks ? NodeCalls.WholeBlock(hash) : NodeCalls.RawBlock(hash, capabilities.RawAsWord),
            json => NodeJson.Try(() => block = Decode(json.Span, height, hash)),
            cancellationToken).ConfigureAwait(false);
        return block!;
    }

    private NodeBlock Decode(ReadOnlySpan<byte> json, long height, string hash)
    {
        TransactionHasher hasher = _hashers.TryTake(out TransactionHasher? used) ? used : new TransactionHasher();
        try
        {
            return capabilities.WholeBlocks
                ? WholeBlockJson.Read(json, height, hash, hasher, _movements)
                : NodeBlock.Read(height, hash, NodeJson.ReadBytes(json, "getblock"), hasher);
        }
        finally
        {
            _hashers.Add(hasher);
        }
    }
}
