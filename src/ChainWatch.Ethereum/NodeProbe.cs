using ChainWatch.Ethereum.Decoding;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Ethereum;

/// <summary>Asks a node what it is and what it can, by really asking for each thing once.</summary>
internal sealed class NodeProbe(JsonRpcClient client, EthereumSourceOptions options, TimeProvider clock)
{
    // Two epochs of 32 slots: what the beacon chain takes to finalise. For nodes that do not know the word.
    private const int FinalityDefault = 64;
    private const string ProbedAddress = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";

    public async Task<(SourceProfile Profile, NodeCapabilities Capabilities)> RunAsync(CancellationToken cancellationToken)
    {
        Chain chain = await FindChainAsync(cancellationToken).ConfigureAwait(false);
        BlockRef head = await FindBlockAsync("latest", cancellationToken).ConfigureAwait(false)
            ?? throw new ChainWatchException($"{client.Endpoint}: has no blocks yet; expected a node that has synchronised");
        BlockRef? finalized = await FindBlockAsync("finalized", cancellationToken).ConfigureAwait(false);
        long first = await FindFirstBlockAsync(head.Height, cancellationToken).ConfigureAwait(false);
        NodeCapabilities capabilities = await FindCapabilitiesAsync(head.Height, cancellationToken).ConfigureAwait(false);
        SourceProfile profile = new()
        {
            Chain = chain,
            Name = client.Endpoint.Name,
            Kind = "ethereum-node",
            ClientVersion = await FindClientVersionAsync(cancellationToken).ConfigureAwait(false),
            AskedAt = clock.GetUtcNow(),
            Head = head,
            FinalizedBlock = Math.Max(first, finalized?.Height ?? head.Height - FinalityDefault),
            FirstBlock = first,
            Capabilities = capabilities.Names,
            ByBlocks = ByBlocks(capabilities),
            ByAddresses = ByAddresses(capabilities),
            CanReadTransactions = true,
        };
        return (profile, capabilities);
    }

    private SourceWay ByBlocks(NodeCapabilities capabilities) => new()
    {
        BlocksPerQuery = options.BlocksPerQuery,
        RequestsPerUnit = 2 + (capabilities.HasTraces ? 1 : 0),
        Kinds = capabilities.HasTraces ? ["coin", "internal", "token"] : ["coin", "token"],
        Gaps = capabilities.HasTraces ? [] : [NoInternal()],
    };

    private SourceWay ByAddresses(NodeCapabilities capabilities)
    {
        bool findsCoin = capabilities.TraceFilter || capabilities.Search;
        bool findsInternal = capabilities.TraceFilter ? capabilities.HasTraces : capabilities.Search && capabilities.HasTraces;
        List<CoverageGap> gaps = [];
        if (!findsCoin)
        {
            gaps.Add(new CoverageGap(GapKind.MissingTransferKind, "the node cannot find an address's coin transfers (it has neither trace_filter nor ots_searchTransactionsAfter): only its tokens were seen"));
        }

        if (!findsInternal)
        {
            gaps.Add(NoInternal());
        }
        else if (!capabilities.TraceFilter)
        {
            // Seen with anvil 1.7.1; other nodes may index it.
            gaps.Add(new CoverageGap(GapKind.MissingTransferKind, "addresses were searched with ots_searchTransactionsAfter, which may not find what a selfdestruct paid out (trace_filter does): such coin may not have been seen"));
        }

        return new SourceWay
        {
            BlocksPerQuery = Math.Max(options.LogRange, 10_000),
            AddressesPerQuery = options.AddressesPerQuery,
            RequestsPerUnit = findsCoin ? 4 : 2,
            Kinds = [.. findsCoin ? ["coin"] : Array.Empty<string>(), .. findsInternal ? ["internal"] : Array.Empty<string>(), "token"],
            Gaps = gaps,
        };
    }

    private static CoverageGap NoInternal() =>
        new(GapKind.MissingTransferKind, "the node gives no traces (neither trace_block nor debug_traceBlockByNumber): coin that contracts moved was not seen");

    private async Task<Chain> FindChainAsync(CancellationToken cancellationToken)
    {
        using RpcAnswer answer = await client.TryCallAsync(NodeCalls.ChainId, null, cancellationToken).ConfigureAwait(false);
        if (answer.Error is { Kind: RpcErrorKind.MethodUnsupported } error)
        {
            throw new RpcException(error.Kind, $"{error.Message}; expected a node of Ethereum or of another EVM chain", error.Code, inner: error);
        }

        answer.EnsureSuccess();
        JsonScanner scanner = new(answer.Result.Span);
        try
        {
            return Chain.Evm((ulong)Hex.ReadLong(scanner.ReadString(), "eth_chainId"));
        }
        catch (EthereumFormatException e)
        {
            throw new ChainWatchException($"{client.Endpoint}: {e.Message}", e);
        }
    }

    private async Task<string?> FindClientVersionAsync(CancellationToken cancellationToken)
    {
        using RpcAnswer answer = await client.TryCallAsync(NodeCalls.ClientVersion, null, cancellationToken).ConfigureAwait(false);
        if (answer.Error is not null || answer.IsNull)
        {
            return null;
        }

        JsonScanner scanner = new(answer.Result.Span);
        return scanner.Peek() == (byte)'"' ? Printable(System.Text.Encoding.UTF8.GetString(scanner.ReadString())) : null;
    }

    private static string Printable(string text) => new([.. text.Take(100).Select(c => char.IsControl(c) ? ' ' : c)]);

    private async Task<BlockRef?> FindBlockAsync(string tag, CancellationToken cancellationToken)
    {
        using RpcAnswer answer = await client.TryCallAsync(NodeCalls.Block(tag), null, cancellationToken).ConfigureAwait(false);
        if (tag == "latest")
        {
            answer.EnsureSuccess();
        }

        return answer.Error is not null || answer.IsNull ? null : BlockReader.RefOf(BlockDecoder.Decode(answer.Result.Span));
    }

    // A node that was started higher, or keeps the newest blocks alone, answers null below its first.
    private async Task<long> FindFirstBlockAsync(long head, CancellationToken cancellationToken)
    {
        long low = 0;
        long high = head;
        while (low < high)
        {
            // From below: the usual node has block 0.
            long asked = low == 0 && high == head ? 0 : low + ((high - low) / 2);
            bool has = await HasBlockAsync(asked, cancellationToken).ConfigureAwait(false);
            (low, high) = has ? (low, asked) : (asked + 1, high);
        }

        return low;
    }

    private async Task<bool> HasBlockAsync(long height, CancellationToken cancellationToken)
    {
        using RpcAnswer answer = await client.TryCallAsync(NodeCalls.Block(height, whole: false), null, cancellationToken).ConfigureAwait(false);
        if (answer.Error is RpcException { Kind: not RpcErrorKind.BlockUnknown } error)
        {
            throw error;
        }

        return answer.Error is null && !answer.IsNull;
    }

    private async Task<NodeCapabilities> FindCapabilitiesAsync(long head, CancellationToken cancellationToken)
    {
        Address address = Address.Parse(ProbedAddress);
        return new NodeCapabilities
        {
            BlockReceipts = await CanAsync(NodeCalls.BlockReceipts(head), cancellationToken).ConfigureAwait(false),
            TraceBlock = await CanAsync(NodeCalls.TraceBlock(head), cancellationToken).ConfigureAwait(false),
            DebugTrace = await CanAsync(NodeCalls.DebugTraceBlock(head), cancellationToken).ConfigureAwait(false),
            TraceFilter = await CanAsync(NodeCalls.TraceFilter(head, head, from: true, [address]), cancellationToken).ConfigureAwait(false),
            Search = await CanAsync(NodeCalls.SearchAfter(address, head, 1), cancellationToken).ConfigureAwait(false),
        };
    }

    // Only "there is no such method" (or not for this key) means that it cannot: another error is about this one question.
    private async Task<bool> CanAsync(RpcCall call, CancellationToken cancellationToken)
    {
        try
        {
            using RpcAnswer answer = await client.TryCallAsync(call, null, cancellationToken).ConfigureAwait(false);
            return answer.Error is null or { Kind: RpcErrorKind.BlockUnknown or RpcErrorKind.RangeTooWide };
        }
        catch (RpcException e) when (e.Kind == RpcErrorKind.Unauthorized)
        {
            return false;
        }
    }
}
