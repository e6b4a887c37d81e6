using System.Collections.Concurrent;
using ChainWatch.Rpc;

namespace ChainWatch.Bitcoin.Esplora;

/// <summary>
/// Finds what inputs spend. The id of a transaction that made an output proves the output, so it is taken from there: from the
/// history at hand, else from the endpoint, asked for that transaction once. Only where the options say so is it taken on the
/// endpoint's word, and never that an address asked about is the payer.
/// </summary>
internal sealed class PreviousOutputs(EsploraClient client, EsploraOptions options)
{
    private const long BytesMax = 64 << 20;
    private readonly ConcurrentDictionary<TxId, EsploraTransaction> _kept = new();
    private long _bytes;

    /// <summary>What a transaction's inputs spend, in their order; null where it cannot be found out.</summary>
    /// <param name="transaction">The transaction.</param>
    /// <param name="history">Transactions at hand.</param>
    /// <param name="isAsked">Whether an output is of an address asked about.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<SpentOutputs> FindAsync(EsploraTransaction transaction, IReadOnlyDictionary<TxId, EsploraTransaction> history, Func<PreviousOutput, bool> isAsked, CancellationToken cancellationToken)
    {
        OutPoint[] spends = transaction.Spends();
        TxId[] wanted = [.. spends.Index()
            .Where(s => !history.ContainsKey(s.Item.Tx) && !(!options.VerifyPreviousOutputs && transaction.Told[s.Index] is PreviousOutput told && !isAsked(told)))
            .Select(s => s.Item.Tx).Distinct()];
        Dictionary<TxId, EsploraTransaction?> made = new(wanted.Length);
        await foreach ((TxId id, EsploraTransaction? found) in OrderedWork.RunAsync(wanted, async (id, token) => (id, await ReadAsync(id, token).ConfigureAwait(false)), options.Concurrency, cancellationToken).ConfigureAwait(false))
        {
            made[id] = found;
        }

        PreviousOutput?[] outputs = new PreviousOutput?[spends.Length];
        TxId? missing = null;
        for (int i = 0; i < spends.Length; i++)
        {
            TxId id = spends[i].Tx;
            outputs[i] = history.TryGetValue(id, out EsploraTransaction? known) || (made.TryGetValue(id, out known) && known is not null) ? known.OutputAt(spends[i].Index)
                : made.ContainsKey(id) ? null
                : transaction.Told[i];
            missing ??= outputs[i] is null ? id : null;
        }

        return new SpentOutputs(outputs, missing);
    }

    private async Task<EsploraTransaction?> ReadAsync(TxId id, CancellationToken cancellationToken)
    {
        if (_kept.TryGetValue(id, out EsploraTransaction? known))
        {
            return known;
        }

        try
        {
            known = await client.TransactionAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e) when (e.Kind == RpcErrorKind.BadAnswer)
        {
            return null;
        }

        if (known is not null && _kept.TryAdd(id, known) && Interlocked.Add(ref _bytes, known.Length) > BytesMax)
        {
            _kept.Clear();
            Interlocked.Exchange(ref _bytes, 0);
        }

        return known;
    }
}

/// <summary>What a transaction's inputs spend.</summary>
/// <param name="Outputs">The outputs, in the inputs' order; null where one is not known.</param>
/// <param name="Missing">A transaction that made one of those that are not known; null: all are.</param>
internal readonly record struct SpentOutputs(IReadOnlyList<PreviousOutput?> Outputs, TxId? Missing);
