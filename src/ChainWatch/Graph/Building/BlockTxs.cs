namespace ChainWatch.Graph.Building;

/// <summary>
/// Tells transactions of one block without order apart: by hash, by index, or by both where some row of the block has both.
/// </summary>
internal sealed class BlockTxs
{
    private readonly Dictionary<TxId, int> _useOf = [];
    private readonly Dictionary<int, int> _useAtIndex = [];
    private readonly Dictionary<int, int> _indexOfUse = [];
    private readonly Dictionary<int, int> _keyOfIndex = [];

    /// <summary>Forgets the block before.</summary>
    public void Clear()
    {
        _useOf.Clear();
        _useAtIndex.Clear();
        _indexOfUse.Clear();
        _keyOfIndex.Clear();
    }

    /// <summary>Takes a row's transaction, whose hash is known.</summary>
    /// <returns>The number of its use: one for all rows of the block.</returns>
    public int Add(in BuildRow row, TxUses uses)
    {
        if (!_useOf.TryGetValue(row.Tx, out int use))
        {
            _useOf.Add(row.Tx, use = uses.Add(row.Tx));
        }

        if (row.Index >= 0)
        {
            _useAtIndex.TryAdd(row.Index, use);
            _indexOfUse.TryAdd(use, row.Index);
        }

        return use;
    }

    /// <summary>The use at an index of the block; -1 where no row told it so far.</summary>
    public int UseAt(int index) => _useAtIndex.GetValueOrDefault(index, -1);

    /// <summary>The index at which a transaction stands; -1 where no row told it so far.</summary>
    public int IndexOf(in TxId tx) => _useOf.TryGetValue(tx, out int use) ? _indexOfUse.GetValueOrDefault(use, -1) : -1;

    /// <summary>By what a row's transaction is known, and the key; after all rows of the block were taken.</summary>
    /// <param name="row">The row.</param>
    /// <param name="use">Its transaction's use, or -1.</param>
    public (TxKey Key, TxIdentity Identity) KeyOf(in BuildRow row, int use)
    {
        if (use >= 0)
        {
            return (TxKey.OfUse(use), _indexOfUse.ContainsKey(use) ? TxIdentity.Known : TxIdentity.HashOnly);
        }

        if (row.Index < 0)
        {
            return (TxKey.Unknown, TxIdentity.Unknown);
        }

        if (_useAtIndex.TryGetValue(row.Index, out int known))
        {
            return (TxKey.OfUse(known), TxIdentity.Known);
        }

        if (!_keyOfIndex.TryGetValue(row.Index, out int key))
        {
            _keyOfIndex.Add(row.Index, key = _keyOfIndex.Count);
        }

        return (TxKey.OfIndex(key), TxIdentity.IndexOnly);
    }
}
