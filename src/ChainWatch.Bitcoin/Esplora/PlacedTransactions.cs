using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Esplora;

/// <summary>
/// Finds where transactions stand, checked by their blocks, and what they spend. What cannot be placed is left out and told;
/// an input whose output cannot be found is an unknown one, and told too.
/// </summary>
internal sealed class PlacedTransactions(BlockBook blocks, PreviousOutputs previous, EsploraOptions options)
{
    /// <summary>The transactions with their places, in the order of the chain.</summary>
    /// <param name="transactions">Confirmed ones.</param>
    /// <param name="history">Transactions at hand, which prove what is spent from them.</param>
    /// <param name="isAsked">Whether an output is of an address asked about.</param>
    /// <param name="of">What they were asked for, for messages; ends in a colon, or is empty.</param>
    /// <param name="missing">Takes what is missing.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<List<PlacedTransaction>> PlaceAsync(
        IEnumerable<EsploraTransaction> transactions,
        IReadOnlyDictionary<TxId, EsploraTransaction> history,
        Func<PreviousOutput, bool> isAsked,
        string of,
        Shortfalls missing,
        CancellationToken cancellationToken)
    {
        List<PlacedTransaction> all = [];
        IEnumerable<IGrouping<ToldBlock, EsploraTransaction>> groups = transactions.GroupBy(t => t.Block!.Value).OrderBy(g => g.Key.Height).ThenBy(g => g.Key.Hash, StringComparer.Ordinal);
        await foreach ((IGrouping<ToldBlock, EsploraTransaction> group, KnownBlock? block, string? problem) in OrderedWork.RunAsync(groups, FindAsync, options.Concurrency, cancellationToken).ConfigureAwait(false))
        {
            foreach (EsploraTransaction transaction in group)
            {
                if (problem is not null)
                {
                    missing.Add(GapKind.UnverifiedAnswer, $"{of} {problem}; transactions in it were left out", transaction.Id);
                }
                else if (block is null)
                {
                    missing.Add(GapKind.Reorganised, $"{of} transactions told to be in blocks that are not on the endpoint's chain were left out", transaction.Id);
                }
                else if (block.PlaceOf(transaction.Id) is not int place)
                {
                    missing.Add(GapKind.UnverifiedAnswer, $"{of} transactions that are not in the blocks they are told to be in were left out", transaction.Id);
                }
                else
                {
                    all.Add(new PlacedTransaction(transaction, place, block.Time));
                }
            }
        }

        List<PlacedTransaction> resolved = new(all.Count);
        await foreach (PlacedTransaction placed in OrderedWork.RunAsync(all.OrderBy(t => t.Told.Height).ThenBy(t => t.Place), WithSpentAsync, options.Concurrency, cancellationToken).ConfigureAwait(false))
        {
            if (placed.Spent.Missing is TxId unknown)
            {
                missing.Add(GapKind.UnverifiedAnswer, $"{of} inputs are unknown whose previous transactions the endpoint does not tell, or tells wrong", unknown);
            }

            resolved.Add(placed);
        }

        return resolved;

        async Task<PlacedTransaction> WithSpentAsync(PlacedTransaction placed, CancellationToken token) =>
            placed with { Spent = await previous.FindAsync(placed.Transaction, history, isAsked, token).ConfigureAwait(false) };
    }

    private async Task<(IGrouping<ToldBlock, EsploraTransaction> Group, KnownBlock? Block, string? Problem)> FindAsync(IGrouping<ToldBlock, EsploraTransaction> group, CancellationToken cancellationToken)
    {
        try
        {
            return (group, await blocks.OnChainAsync(group.Key, cancellationToken).ConfigureAwait(false), null);
        }
        catch (RpcException e) when (e.Kind == RpcErrorKind.BadAnswer)
        {
            return (group, null, e.Message);
        }
    }
}

/// <summary>A transaction whose place was checked.</summary>
/// <param name="Transaction">The transaction.</param>
/// <param name="Place">Which of its block's transactions, from 0.</param>
/// <param name="Time">The block's time.</param>
internal sealed record PlacedTransaction(EsploraTransaction Transaction, int Place, DateTimeOffset Time)
{
    public ToldBlock Told => Transaction.Block!.Value;

    /// <summary>What its inputs spend.</summary>
    public SpentOutputs Spent { get; init; }
}
