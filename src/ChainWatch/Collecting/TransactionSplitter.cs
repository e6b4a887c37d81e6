using ChainWatch.Sources;

namespace ChainWatch.Collecting;

/// <summary>Takes the answer about several transactions apart, into the rows of each.</summary>
internal sealed class TransactionSplitter : ITransferSink, IDisposable
{
    private readonly Dictionary<TxId, (MemoryStream Bytes, RowWriter Rows)> _parts = [];
    private readonly TxId _first;

    public TransactionSplitter(Chain chain, IReadOnlyList<TxId> transactions)
    {
        _first = transactions[0];
        foreach (TxId tx in transactions)
        {
            MemoryStream bytes = new();
            _parts.Add(tx, (bytes, new RowWriter(bytes, chain)));
        }
    }

    /// <inheritdoc/>
    public void Add(in Transfer transfer, RowOrigin origin = default)
    {
        if (transfer.Tx is TxId tx && _parts.TryGetValue(tx, out (MemoryStream Bytes, RowWriter Rows) part))
        {
            part.Rows.Add(transfer);
        }
    }

    /// <inheritdoc/>
    public void Add(Movement movement, RowOrigin origin = default)
    {
        if (movement.Tx is TxId tx && _parts.TryGetValue(tx, out (MemoryStream Bytes, RowWriter Rows) part))
        {
            part.Rows.Add(movement);
        }
    }

    /// <inheritdoc/>
    public void AddContract(Address contract) => _parts[_first].Rows.AddContract(contract);

    /// <summary>The rows of a transaction, ended; to be asked for once.</summary>
    public (byte[] Bytes, long Count) Take(TxId tx)
    {
        (MemoryStream bytes, RowWriter rows) = _parts[tx];
        rows.Dispose();
        return (bytes.ToArray(), rows.Count);
    }

    public void Dispose()
    {
        foreach ((MemoryStream bytes, _) in _parts.Values)
        {
            bytes.Dispose();
        }
    }
}
