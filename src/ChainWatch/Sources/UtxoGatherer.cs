using System.Globalization;

namespace ChainWatch.Sources;

/// <summary>
/// Joins the rows of UTXO transactions, which may be spread over files, into one movement each. Rows belong together by
/// transaction hash and block, or by position where they have no hash. One hash in two blocks is an error, except for
/// transactions without inputs.
/// </summary>
/// <remarks>Two coinbase transactions of Bitcoin occur twice, in blocks 91722 and 91880, and 91812 and 91842 (BIP 30).</remarks>
internal sealed class UtxoGatherer
{
    private readonly Dictionary<(Chain Chain, TxId Tx), UtxoTransaction> _byTx = [];
    // The same hash again, in another block than the first one read.
    private readonly Dictionary<(Chain Chain, TxId Tx, long Block), UtxoTransaction> _again = [];
    private readonly Dictionary<(Chain Chain, long Block, int Index), UtxoTransaction> _byPosition = [];

    /// <summary>Takes a row.</summary>
    /// <exception cref="ChainWatchException">It cannot be joined, or contradicts another row of its transaction.</exception>
    public void Add(in UtxoRow row, ChainPosition position, TxId? tx, DateTimeOffset? time, Asset asset, FieldReader read)
    {
        UtxoTransaction? transaction;
        if (tx is TxId hash)
        {
            if (!_byTx.TryGetValue((position.Chain, hash), out transaction))
            {
                _byTx.Add((position.Chain, hash), transaction = new UtxoTransaction(position, tx, time, asset, read.Origin));
            }
            else if (transaction.Position.Block != position.Block && !_again.TryGetValue((position.Chain, hash, position.Block), out transaction))
            {
                _again.Add((position.Chain, hash, position.Block), transaction = new UtxoTransaction(position, tx, time, asset, read.Origin));
            }
        }
        else if (position.Index is int index)
        {
            if (!_byPosition.TryGetValue((position.Chain, position.Block, index), out transaction))
            {
                _byPosition.Add((position.Chain, position.Block, index), transaction = new UtxoTransaction(position, tx, time, asset, read.Origin));
            }
        }
        else
        {
            throw read.Error("tx", "is empty, as is position; expected one of them on a row with only 'from' or only 'to', to tell which rows are one transaction");
        }

        transaction.Add(row, position, time, asset, read);
    }

    /// <summary>Sends the movements in canonical order: chain, block, index (unknown first), hash.</summary>
    /// <exception cref="ChainWatchException">Two transactions stand at one position, or one with inputs in two blocks.</exception>
    public void SendTo(ITransferSink sink, IReadOnlyList<FileTally> files, CancellationToken cancellationToken)
    {
        RefuseTwoBlocks();
        UtxoTransaction[] transactions = [.. _byTx.Values, .. _again.Values, .. _byPosition.Values];
        Array.Sort(transactions, Compare);
        for (int i = 0; i < transactions.Length; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            UtxoTransaction transaction = transactions[i];
            if (i > 0 && transaction.Position.Index is not null && transactions[i - 1].Position == transaction.Position)
            {
                throw ChainWatchException.At(
                    transaction.Origin.File!,
                    transaction.Origin.Line,
                    "position",
                    $"{transaction.Position} of {transaction.Position.Chain} holds transaction {Name(transaction)} here and {Name(transactions[i - 1])} at {transactions[i - 1].Origin}; expected one transaction per position");
            }

            sink.Add(transaction.ToMovement(files), transaction.Origin);
        }
    }

    private void RefuseTwoBlocks()
    {
        foreach (UtxoTransaction again in _again.Values.Order(Comparer<UtxoTransaction>.Create(Compare)))
        {
            UtxoTransaction first = _byTx[(again.Position.Chain, again.Tx!.Value)];
            if (first.HasInputs || again.HasInputs)
            {
                throw ChainWatchException.At(
                    again.Origin.File!,
                    again.Origin.Line,
                    "block",
                    string.Create(CultureInfo.InvariantCulture, $"'{again.Position.Block}' where {first.Origin} has '{first.Position.Block}'; expected one block for all rows of a transaction"));
            }
        }
    }

    private static string Name(UtxoTransaction transaction) => transaction.Tx?.ToString(transaction.Position.Chain) ?? "without a hash";

    private static int Compare(UtxoTransaction left, UtxoTransaction right)
    {
        int byChain = left.Position.Chain.CompareTo(right.Position.Chain);
        int byBlock = byChain != 0 ? byChain : left.Position.Block.CompareTo(right.Position.Block);
        int byIndex = byBlock != 0 ? byBlock : Nullable.Compare(left.Position.Index, right.Position.Index);
        return byIndex != 0 ? byIndex : Nullable.Compare(left.Tx, right.Tx);
    }
}
