using ChainWatch.Graph;

namespace ChainWatch.Tests.Graph.Twin;

/// <summary>
/// Tells transactions of one block without order apart: by hash, by index, or by both where some row of the block has both.
/// </summary>
/// <param name="hashes">How many hashes there are: keys of hashes are their numbers, keys of indices come after.</param>
internal sealed class TxKeys(int hashes)
{
    private readonly Dictionary<int, int> _hashAtIndex = [];
    private readonly HashSet<int> _hashesWithIndex = [];
    private readonly Dictionary<int, int> _keyOfIndex = [];

    /// <summary>Takes the rows of one block, and forgets those of the block before.</summary>
    public void Read(List<LogRow> rows, int start)
    {
        _hashAtIndex.Clear();
        _hashesWithIndex.Clear();
        _keyOfIndex.Clear();
        for (int i = start; i < rows.Count && rows[i].Block == rows[start].Block; i++)
        {
            if (rows[i].Index >= 0 && rows[i].Tx >= 0)
            {
                _hashAtIndex[rows[i].Index] = rows[i].Tx;
                _hashesWithIndex.Add(rows[i].Tx);
            }
        }
    }

    public (int Key, TxIdentity Identity) Of(in LogRow row)
    {
        if (row.Tx >= 0)
        {
            return (row.Tx, _hashesWithIndex.Contains(row.Tx) ? TxIdentity.Known : TxIdentity.HashOnly);
        }

        if (row.Index < 0)
        {
            return (-1, TxIdentity.Unknown);
        }

        if (_hashAtIndex.TryGetValue(row.Index, out int hash))
        {
            return (hash, TxIdentity.Known);
        }

        if (!_keyOfIndex.TryGetValue(row.Index, out int key))
        {
            key = hashes + _keyOfIndex.Count;
            _keyOfIndex[row.Index] = key;
        }

        return (key, TxIdentity.IndexOnly);
    }
}
