using System.Runtime.InteropServices;
using ChainWatch.Ethereum.Decoding;
using ChainWatch.Sources;

namespace ChainWatch.Ethereum;

/// <summary>Reads single transactions with everything that they move.</summary>
internal sealed class TransactionsQuery(NodeSession session)
{
    private const int AtOnce = 100;
    private readonly ValueMoves _moves = session.NewMoves();

    public async Task<SourceCoverage> ReadAsync(IReadOnlyList<TxId> hashes, ITransferSink sink, CancellationToken cancellationToken)
    {
        foreach (TxId[] chunk in hashes.Distinct().Chunk(AtOnce))
        {
            (TransactionRow Tx, Receipts Receipts, List<TraceRow>? Traces)[] found = await session.Reader.ReadTransactionsAsync(chunk, cancellationToken).ConfigureAwait(false);
            IReadOnlyDictionary<long, Block> headers = await session.HeadersAsync([.. found.Select(f => f.Tx.Block)], cancellationToken).ConfigureAwait(false);
            foreach ((TransactionRow tx, Receipts receipts, List<TraceRow>? traces) in found)
            {
                _moves.Send(tx, receipts.Rows[0], CollectionsMarshal.AsSpan(receipts.Logs), CollectionsMarshal.AsSpan(traces), tx.Block, headers[tx.Block].Time, sink);
                receipts.Dispose();
            }
        }

        return session.Coverage(hashes.Count, [], [.. _moves.Gaps()], _moves.Notes());
    }
}
