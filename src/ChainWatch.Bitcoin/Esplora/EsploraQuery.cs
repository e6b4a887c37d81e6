using System.Globalization;
using ChainWatch.Rpc;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Esplora;

/// <summary>
/// One query, by addresses or by transactions. Each transaction is one movement and sent once. An answer that does not fit
/// together is asked for again from its beginning, a bounded number of times; then what is missing is a gap.
/// </summary>
internal sealed class EsploraQuery(EsploraClient client, BlockBook blocks, PreviousOutputs previous, EsploraOptions options, Chain chain, ITransferSink sink)
{
    private const int AttemptsMax = 4;
    private static readonly Dictionary<TxId, EsploraTransaction> Nothing = [];
    private readonly TransactionMovements _movements = new(chain);
    private readonly PlacedTransactions _places = new(blocks, previous, options);
    private readonly HashSet<(TxId, long)> _sent = [];
    private readonly List<CoverageGap> _gaps = [];

    public IReadOnlyList<CoverageGap> Gaps => _gaps;

    public long Sent => _sent.Count;

    /// <summary>Reads the transactions of addresses, one address after the other.</summary>
    public async Task ReadAsync(IReadOnlyList<Address> addresses, TransferSide side, BlockWindow window, CancellationToken cancellationToken)
    {
        foreach (Address address in addresses.Distinct())
        {
            if (address.Chain != chain)
            {
                throw new ChainWatchException($"{address} is an address of {address.Chain}; expected one of {chain}");
            }

            await SettleAsync((missing, token) => FindAsync(address, side, window, missing, token), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Reads whole transactions.</summary>
    public Task ReadAsync(IReadOnlyList<TxId> ids, CancellationToken cancellationToken) => SettleAsync((missing, token) => FindAsync(ids, missing, token), cancellationToken);

    private async Task SettleAsync(Func<Shortfalls, CancellationToken, Task<List<PlacedTransaction>>> find, CancellationToken cancellationToken)
    {
        for (int attempt = 1; ; attempt++)
        {
            Shortfalls missing = new();
            List<PlacedTransaction> found = await find(missing, cancellationToken).ConfigureAwait(false);
            if (!missing.IsEmpty && missing.MaySettle && attempt < AttemptsMax)
            {
                continue;
            }

            _gaps.AddRange(missing.Gaps);
            foreach (PlacedTransaction transaction in found)
            {
                Send(transaction);
            }

            return;
        }
    }

    private async Task<List<PlacedTransaction>> FindAsync(Address address, TransferSide side, BlockWindow window, Shortfalls missing, CancellationToken cancellationToken)
    {
        AddressHistory history = await AddressHistory.ReadAsync(client, address, options.TransactionsMax, cancellationToken).ConfigureAwait(false);
        // The head before the count: where the endpoint was behind and has caught up, its count is more than its list.
        BlockRef head = await blocks.HeadAsync(cancellationToken).ConfigureAwait(false);
        if (head.Height < window.Last)
        {
            missing.Add(GapKind.UnverifiedAnswer, string.Create(CultureInfo.InvariantCulture, $"{address}: the endpoint's newest block is {head.Height}, and blocks to {window.Last} were asked for"));
        }

        await CheckCountAsync(address, window, history, missing, cancellationToken).ConfigureAwait(false);
        List<EsploraTransaction> selected = [];
        foreach (EsploraTransaction transaction in history.Transactions.Values)
        {
            bool pays = transaction.Pays(address);
            bool spends = history.Spends(transaction);
            if (!pays && !spends)
            {
                missing.Add(GapKind.UnverifiedAnswer, $"{address}: transactions in its history that neither pay it nor spend from it were left out", transaction.Id);
            }
            else if (transaction.Block!.Value.Height >= window.First && transaction.Block.Value.Height <= window.Last
                && ((pays && side.HasFlag(TransferSide.To)) || (spends && side.HasFlag(TransferSide.From))))
            {
                selected.Add(transaction);
            }
        }

        List<PlacedTransaction> placed = await _places.PlaceAsync(selected, history.Transactions, history.IsOwn, $"{address}:", missing, cancellationToken).ConfigureAwait(false);
        List<PlacedTransaction> own = new(placed.Count);
        foreach (PlacedTransaction transaction in placed)
        {
            // What was taken for the address's on the endpoint's word may have been found out to be another's.
            bool pays = transaction.Transaction.Pays(address);
            bool spends = transaction.Spent.Outputs.Any(o => o is not null && history.IsOwn(o));
            if ((pays && side.HasFlag(TransferSide.To)) || (spends && side.HasFlag(TransferSide.From)))
            {
                own.Add(transaction);
            }
            else if (!pays)
            {
                missing.Add(GapKind.UnverifiedAnswer, $"{address}: transactions in its history that neither pay it nor spend from it were left out", transaction.Transaction.Id);
            }
        }

        return own;
    }

    private async Task CheckCountAsync(Address address, BlockWindow window, AddressHistory history, Shortfalls missing, CancellationToken cancellationToken)
    {
        if (history.Refusal is string words)
        {
            missing.Add(GapKind.UnverifiedAnswer, $"{address}: its history was not read to the end: {words}", maySettle: false);
            return;
        }

        long told;
        try
        {
            told = await client.CountAsync(address, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e) when (AddressHistory.IsRefusal(e))
        {
            missing.Add(GapKind.UnverifiedAnswer, $"{address}: how many transactions it has is not known: {e.Message}", maySettle: false);
            return;
        }

        int found = history.Transactions.Count;
        if (!history.IsCut && told != found)
        {
            missing.Add(GapKind.UnverifiedAnswer, string.Create(CultureInfo.InvariantCulture, $"{address}: the endpoint counts {told} confirmed transactions and lists {found}"));
        }
        else if (history.IsCut && told != found && history.Transactions.Values.Min(t => t.Block!.Value.Height) >= window.First)
        {
            missing.Add(GapKind.LimitReached, string.Create(CultureInfo.InvariantCulture, $"{address}: has {told} transactions; the newest {found} were read, to the limit of {options.TransactionsMax}"), maySettle: false);
        }
    }

    private async Task<List<PlacedTransaction>> FindAsync(IReadOnlyList<TxId> ids, Shortfalls missing, CancellationToken cancellationToken)
    {
        List<EsploraTransaction> found = [];
        await foreach ((TxId id, EsploraTransaction? transaction, bool isWrong) in OrderedWork.RunAsync(ids.Distinct(), FindAsync, options.Concurrency, cancellationToken).ConfigureAwait(false))
        {
            if (transaction?.Block is not null)
            {
                found.Add(transaction);
            }
            else
            {
                missing.Add(GapKind.UnverifiedAnswer, isWrong ? "transactions that the endpoint tells wrong" : transaction is null ? "transactions that the endpoint does not know" : "transactions that wait for a block there", id);
            }
        }

        // Its blocks are checked against the head of now.
        await blocks.HeadAsync(cancellationToken).ConfigureAwait(false);
        return await _places.PlaceAsync(found, Nothing, _ => false, "transactions:", missing, cancellationToken).ConfigureAwait(false);
    }

    private async Task<(TxId Id, EsploraTransaction? Transaction, bool IsWrong)> FindAsync(TxId id, CancellationToken cancellationToken)
    {
        try
        {
            return (id, await client.TransactionAsync(id, cancellationToken).ConfigureAwait(false), false);
        }
        catch (RpcException e) when (e.Kind == RpcErrorKind.BadAnswer)
        {
            return (id, null, true);
        }
    }

    private void Send(PlacedTransaction placed)
    {
        if (_sent.Add((placed.Transaction.Id, placed.Told.Height)))
        {
            SpentOutput[] spent = [.. placed.Spent.Outputs.Select(o => o is null ? default : _movements.Spent(o.Value, o.Script))];
            sink.Add(_movements.Make(placed.Transaction.View, placed.Transaction.Id, new ChainPosition(chain, placed.Told.Height, placed.Place), placed.Time, spent));
        }
    }
}
