using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Node;

/// <summary>
/// Finds what the inputs of blocks spend where the node did not tell: among the blocks themselves, in what was seen before, and
/// by asking for the transactions, whose ids are checked. What is not found stays unknown.
/// </summary>
internal sealed class PreviousOutputs(NodeSession session, TransactionMovements movements)
{
    // Bounds what is held of answers at a time.
    private const int TransactionsAtOnce = 1000;
    private readonly List<CoverageGap> _gaps = [];

    /// <summary>Transactions that could not be believed.</summary>
    public IReadOnlyList<CoverageGap> Gaps => _gaps;

    /// <summary>Fills in what the blocks spend.</summary>
    public async Task ResolveAsync(IReadOnlyCollection<NodeBlock> blocks, CancellationToken cancellationToken)
    {
        HashSet<TxId> needed = [.. blocks.SelectMany(Unknown)];
        if (needed.Count == 0)
        {
            return;
        }

        Dictionary<TxId, SpentOutput[]> found = [];
        foreach (NodeBlock block in blocks)
        {
            TakeOutputs(block, needed, found);
        }

        foreach (TxId tx in needed)
        {
            if (!found.ContainsKey(tx) && session.Outputs.Find(tx) is SpentOutput[] outputs)
            {
                found[tx] = outputs;
            }
        }

        if (session.TransactionClient is JsonRpcClient client)
        {
            foreach (TxId[] chunk in needed.Where(tx => !found.ContainsKey(tx)).Order().Chunk(TransactionsAtOnce))
            {
                await FetchAsync(client, chunk, found, cancellationToken).ConfigureAwait(false);
            }
        }

        foreach (NodeBlock block in blocks)
        {
            Fill(block, found);
        }
    }

    private static List<TxId> Unknown(NodeBlock block)
    {
        List<TxId> unknown = [];
        BlockView view = new(block.Bytes);
        for (int i = 0; view.Read(out TransactionView transaction); i++)
        {
            if (i == 0 || (block.Spent[i] is SpentOutput[] spent && Array.TrueForAll(spent, s => s.IsKnown)))
            {
                continue;
            }

            int n = 0;
            foreach (InputView input in transaction.Inputs)
            {
                if (block.Spent[i]?[n].IsKnown != true)
                {
                    unknown.Add(input.OutPoint.Tx);
                }

                n++;
            }
        }

        return unknown;
    }

    private void TakeOutputs(NodeBlock block, HashSet<TxId> needed, Dictionary<TxId, SpentOutput[]> found)
    {
        BlockView view = new(block.Bytes);
        for (int i = 0; view.Read(out TransactionView transaction); i++)
        {
            SpentOutput[] outputs = OutputsOf(transaction);
            session.Outputs.Add(block.Ids[i], outputs);
            if (needed.Contains(block.Ids[i]))
            {
                found[block.Ids[i]] = outputs;
            }
        }
    }

    private SpentOutput[] OutputsOf(TransactionView transaction)
    {
        SpentOutput[] outputs = new SpentOutput[transaction.OutputCount];
        int n = 0;
        foreach (OutputView output in transaction.Outputs)
        {
            outputs[n++] = movements.Spent(output.Value, output.Script);
        }

        return outputs;
    }

    private async Task FetchAsync(JsonRpcClient client, TxId[] ids, Dictionary<TxId, SpentOutput[]> found, CancellationToken cancellationToken)
    {
        SpentOutput[]?[] outputs = new SpentOutput[]?[ids.Length];
        try
        {
            foreach (RpcAnswer answer in await client.TryCallBatchAsync([.. ids.Select(NodeCalls.RawTransaction)], (i, json) => Verify(i, json), cancellationToken).ConfigureAwait(false))
            {
                answer.Dispose();
            }
        }
        catch (RpcException e) when (e.Kind == RpcErrorKind.BadAnswer)
        {
            // One of them stays wrong: the others are asked for by themselves.
            for (int i = 0; i < ids.Length; i++)
            {
                if (outputs[i] is null)
                {
                    await FetchOneAsync(i).ConfigureAwait(false);
                }
            }
        }

        for (int i = 0; i < ids.Length; i++)
        {
            if (outputs[i] is SpentOutput[] known)
            {
                found[ids[i]] = known;
                session.Outputs.Add(ids[i], known);
            }
        }

        async Task FetchOneAsync(int i)
        {
            try
            {
                using RpcAnswer answer = await client.TryCallAsync(NodeCalls.RawTransaction(ids[i]), json => Verify(i, json), cancellationToken).ConfigureAwait(false);
            }
            catch (RpcException e) when (e.Kind == RpcErrorKind.BadAnswer)
            {
                _gaps.Add(new CoverageGap(GapKind.UnverifiedAnswer, $"transaction {ids[i]}, whose outputs are spent, could not be read: {e.Message}"));
            }
        }

        string? Verify(int i, ReadOnlyMemory<byte> json) => NodeJson.Try(() => outputs[i] = Decode(json.Span, ids[i]));
    }

    private SpentOutput[] Decode(ReadOnlySpan<byte> json, TxId id)
    {
        byte[] bytes = NodeJson.ReadBytes(json, "getrawtransaction");
        int end = 0;
        TransactionView transaction = TransactionView.Read(bytes, ref end);
        return end == bytes.Length && transaction.ComputeId() == id
            ? OutputsOf(transaction)
            : throw new BitcoinFormatException($"the transaction's bytes are not those of {id}");
    }

    private static void Fill(NodeBlock block, Dictionary<TxId, SpentOutput[]> found)
    {
        BlockView view = new(block.Bytes);
        for (int i = 0; view.Read(out TransactionView transaction); i++)
        {
            if (i == 0)
            {
                continue;
            }

            SpentOutput[] spent = block.Spent[i] ??= new SpentOutput[transaction.InputCount];
            int n = 0;
            foreach (InputView input in transaction.Inputs)
            {
                OutPoint outPoint = input.OutPoint;
                if (!spent[n].IsKnown && found.TryGetValue(outPoint.Tx, out SpentOutput[]? outputs) && outPoint.Index < outputs.Length)
                {
                    spent[n] = outputs[outPoint.Index];
                }

                n++;
            }
        }
    }
}
