using System.Text.Json;
using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Node;

/// <summary>Asks a node what it is and what it can, by really asking for each thing once: by what it answers, not by its version.</summary>
internal sealed class NodeProbe(JsonRpcClient client, BitcoinSourceOptions options, TimeProvider clock)
{
    // Six blocks on top: the custom of wallets and exchanges. Bitcoin itself has no finality.
    private const int FinalityByCustom = 6;
    private const int ProbedBlocksMax = 8;
    private const int CallsPerRequest = 50;

    // The first block after Bitcoin Cash left; it and its own descendants have the same first block as Bitcoin.
    private const long CashFork = 478_559;

    public async Task<NodeSession> RunAsync(CancellationToken cancellationToken)
    {
        ChainInfo info = await ReadChainInfoAsync(client, cancellationToken).ConfigureAwait(false);
        (Chain chain, string? takenAs) = await FindChainAsync(info, cancellationToken).ConfigureAwait(false);
        NodeCapabilities capabilities = await FindRawFormAsync(info, cancellationToken).ConfigureAwait(false);
        BlockReader reader = new(client, chain, capabilities);
        BlockRef head = await reader.ReadHeaderAsync(info.Blocks, info.BestHash, cancellationToken).ConfigureAwait(false);
        NodeBlock sample = await FindSampleAsync(reader, info, head, cancellationToken).ConfigureAwait(false);
        (TxId previous, int previousCount) = SpentBy(sample);
        capabilities = capabilities with
        {
            WholeBlocks = await HasWholeBlocksAsync(sample, chain, cancellationToken).ConfigureAwait(false),
            RawTransactions = await HasTransactionAsync(previous, cancellationToken).ConfigureAwait(false),
        };
        SourceProfile profile = new()
        {
            Chain = chain,
            Name = client.Endpoint.Name,
            Kind = "bitcoin-node",
            ClientVersion = await FindClientVersionAsync(cancellationToken).ConfigureAwait(false),
            AskedAt = clock.GetUtcNow(),
            Head = head,
            FinalizedBlock = FinalizedBelow(head.Height, info.FirstBlock),
            FirstBlock = info.FirstBlock,
            Capabilities = capabilities.Names,
            ByBlocks = new SourceWay
            {
                BlocksPerQuery = options.BlocksPerQuery,
                RequestsPerUnit = 1 + ((1.0 + (capabilities is { WholeBlocks: false, RawTransactions: true } ? previousCount : 0)) / CallsPerRequest),
                Kinds = ["coin"],
                Notes = [.. Notes(info, capabilities)],
            },
        };
        return new NodeSession(new BlockReader(client, chain, capabilities), client, options, profile, capabilities, takenAs);
    }

    /// <summary>The highest block that counts as final.</summary>
    public static long FinalizedBelow(long head, long first) => Math.Max(first, head - FinalityByCustom);

    public static async Task<ChainInfo> ReadChainInfoAsync(JsonRpcClient client, CancellationToken cancellationToken)
    {
        ChainInfo? info = null;
        using RpcAnswer answer = await client.CallAsync(NodeCalls.ChainInfo, json => NodeJson.Try(() => info = ChainInfo.Read(json.Span)), cancellationToken).ConfigureAwait(false);
        return info!;
    }

    private static IEnumerable<string> Notes(ChainInfo info, NodeCapabilities capabilities)
    {
        if (info.IsCatchingUp)
        {
            yield return "the node says it is still catching up: newer blocks than its newest are not seen";
        }

        if (capabilities is { WholeBlocks: false, RawTransactions: false })
        {
            yield return "the node does not tell what inputs spend (neither getblock with verbosity 3 nor an index of transactions): the owners of inputs are known only where the blocks read hold the outputs that they spend";
        }
    }

    private async Task<(Chain Chain, string? TakenAs)> FindChainAsync(ChainInfo info, CancellationToken cancellationToken)
    {
        string genesis = await ReadHashAsync(0, cancellationToken).ConfigureAwait(false);
        Chain chain = Chain.Parse($"bip122:{genesis[..32]}");
        if (!chain.IsBitcoin)
        {
            throw new ChainWatchException($"{client.Endpoint}: serves the chain '{Printable(info.Network)}' with the first block {genesis}; expected Bitcoin, one of its test networks, or regtest");
        }

        if (chain == Chain.Bitcoin && info.Blocks >= CashFork)
        {
            string hash = await ReadHashAsync(CashFork, cancellationToken).ConfigureAwait(false);
            if (Chain.Parse($"bip122:{hash[..32]}") == Chain.Parse("bitcoin-cash"))
            {
                throw new ChainWatchException($"{client.Endpoint}: serves Bitcoin Cash, or a chain that came of it (block {CashFork} is {hash}); expected Bitcoin");
            }
        }

        if (options.TakenAs is Chain taken && taken != chain)
        {
            return (taken, $"the endpoint serves {chain} (genesis {genesis[..4]}…), taken as {taken} on the user's word");
        }

        return chain == Chain.BitcoinRegtest && options.TakenAs is null && await WritesMainAddressesAsync(cancellationToken).ConfigureAwait(false)
            ? (Chain.Bitcoin, $"the endpoint serves {chain} (genesis {genesis[..4]}…) and writes its addresses as {Chain.Bitcoin} does: taken as {Chain.Bitcoin}")
            : (chain, null);
    }

    // A private network can be set up to write addresses as the main one: then its own addresses are of that form.
    private async Task<bool> WritesMainAddressesAsync(CancellationToken cancellationToken)
    {
        using RpcAnswer answer = await client.TryCallAsync(NodeCalls.ValidateAddress(MainAddress.Sample), null, cancellationToken).ConfigureAwait(false);
        if (answer.Error is not null || answer.IsNull)
        {
            return false;
        }

        Utf8JsonReader reader = new(answer.Result.Span);
        reader.Read();
        while (NodeJson.NextField(ref reader, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("isvalid"u8))
            {
                return reader.TokenType == JsonTokenType.True;
            }

            reader.Skip();
        }

        return false;
    }

    private async Task<string> ReadHashAsync(long height, CancellationToken cancellationToken)
    {
        string? hash = null;
        using RpcAnswer answer = await client.CallAsync(NodeCalls.BlockHash(height), json => NodeJson.Try(() => hash = NodeJson.ReadHash(json.Span, "getblockhash")), cancellationToken).ConfigureAwait(false);
        return hash!;
    }

    private async Task<NodeCapabilities> FindRawFormAsync(ChainInfo info, CancellationToken cancellationToken)
    {
        using RpcAnswer byNumber = await client.TryCallAsync(NodeCalls.RawBlock(info.BestHash, asWord: false), null, cancellationToken).ConfigureAwait(false);
        if (IsText(byNumber))
        {
            return new NodeCapabilities();
        }

        using RpcAnswer byWord = await client.TryCallAsync(NodeCalls.RawBlock(info.BestHash, asWord: true), null, cancellationToken).ConfigureAwait(false);
        return IsText(byWord)
            ? new NodeCapabilities { RawAsWord = true }
            : throw new ChainWatchException($"{client.Endpoint}: gives no raw blocks{(byWord.Error is RpcException error ? $" ({error.Message})" : "")}; expected a node compatible with Bitcoin Core");
    }

    private static bool IsText(RpcAnswer answer) => answer.Error is null && answer.Result.Span.StartsWith("\""u8);

    // Most blocks have more than the coins they make; where the newest ones have not, the newest has to do.
    private static async Task<NodeBlock> FindSampleAsync(BlockReader reader, ChainInfo info, BlockRef head, CancellationToken cancellationToken)
    {
        NodeBlock newest = await reader.ReadAsync(head.Height, head.Hash, cancellationToken).ConfigureAwait(false);
        NodeBlock block = newest;
        for (int i = 1; i < ProbedBlocksMax && block.Ids.Length == 1 && block.Ref.Height > info.FirstBlock; i++)
        {
            block = await reader.ReadAsync(block.Ref.Height - 1, block.Ref.ParentHash, cancellationToken).ConfigureAwait(false);
        }

        return block.Ids.Length > 1 ? block : newest;
    }

    // A transaction that is in no mempool, and how many others a block like this one asks for.
    private static (TxId Tx, int Count) SpentBy(NodeBlock block)
    {
        HashSet<TxId> previous = [];
        BlockView view = new(block.Bytes);
        for (int i = 0; view.Read(out TransactionView transaction); i++)
        {
            if (i > 0)
            {
                foreach (InputView input in transaction.Inputs)
                {
                    previous.Add(input.OutPoint.Tx);
                }
            }
        }

        previous.ExceptWith(block.Ids);
        return (previous.Count > 0 ? previous.First() : block.Ids[0], previous.Count);
    }

    private async Task<bool> HasWholeBlocksAsync(NodeBlock sample, Chain chain, CancellationToken cancellationToken)
    {
        using RpcAnswer answer = await client.TryCallAsync(NodeCalls.WholeBlock(sample.Ref.Hash), null, cancellationToken).ConfigureAwait(false);
        NodeBlock? block = null;
        return answer.Error is null
            && NodeJson.Try(() => block = WholeBlockJson.Read(answer.Result.Span, sample.Ref.Height, sample.Ref.Hash, new TransactionHasher(), new TransactionMovements(chain))) is null
            && block!.Spent.All(spent => spent is null || Array.TrueForAll(spent, s => s.IsKnown));
    }

    private async Task<bool> HasTransactionAsync(TxId id, CancellationToken cancellationToken)
    {
        using RpcAnswer answer = await client.TryCallAsync(NodeCalls.RawTransaction(id), null, cancellationToken).ConfigureAwait(false);
        return IsText(answer);
    }

    private async Task<string?> FindClientVersionAsync(CancellationToken cancellationToken)
    {
        using RpcAnswer answer = await client.TryCallAsync(NodeCalls.NetworkInfo, null, cancellationToken).ConfigureAwait(false);
        if (answer.Error is not null || answer.IsNull)
        {
            return null;
        }

        Utf8JsonReader reader = new(answer.Result.Span);
        reader.Read();
        while (NodeJson.NextField(ref reader, out ReadOnlySpan<byte> name))
        {
            if (name.SequenceEqual("subversion"u8) && reader.TokenType == JsonTokenType.String)
            {
                return Printable(reader.GetString()!);
            }

            reader.Skip();
        }

        return null;
    }

    private static string Printable(string text) => new([.. text.Take(100).Select(c => char.IsControl(c) ? ' ' : c)]);
}
