using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Appending;

/// <summary>
/// What has a number in a chain's log, for the one who appends to it: addresses, assets, and the transactions that were
/// appended. Transactions of what was built are not looked for: that would take a table of all of them, and a hash that stands
/// twice costs its 32 bytes and nothing else.
/// </summary>
internal sealed class KnownNumbers
{
    // Lately asked ones come again: tokens' contracts, exchanges. New ones are found where they were appended.
    private const int RecentMax = 1 << 16;
    private readonly LogTail _tail;
    private readonly Dictionary<Address, int> _recent = [];
    private readonly Dictionary<Asset, int> _assets = [];
    private readonly AppendedIndex _txs = new();
    private readonly Func<TxId, int, bool> _isAt;
    private int _txCount;

    public KnownNumbers(LogTail tail)
    {
        _tail = tail;
        _isAt = (tx, number) => _tail.Log.Txs[number] == tx;
        Update();
    }

    /// <summary>How many assets have a number.</summary>
    public int AssetCount => _assets.Count;

    /// <summary>An address's number, or -1.</summary>
    public int NumberOf(Address address)
    {
        if (!_recent.TryGetValue(address, out int number))
        {
            number = _tail.Log.NumberOf(address);
            if (number >= 0)
            {
                if (_recent.Count == RecentMax)
                {
                    _recent.Clear();
                }

                _recent[address] = number;
            }
        }

        return number;
    }

    /// <summary>An asset's number, or -1.</summary>
    public int NumberOf(Asset asset) => _assets.TryGetValue(asset, out int number) ? number : -1;

    /// <summary>The number of a transaction that was appended, or -1.</summary>
    public int NumberOf(TxId tx) => _txs.Until(_txCount).Find(TxColumn.HashOf(tx), tx, _isAt);

    /// <summary>Takes what was appended since.</summary>
    public void Update()
    {
        AssetColumn assets = _tail.Log.Assets;
        for (int i = _assets.Count; i < assets.Length; i++)
        {
            _assets.Add(assets[i], i);
        }

        TxColumn txs = _tail.Log.Txs;
        for (int i = Math.Max(_txCount, BaseTxs); i < txs.Length; i++)
        {
            _txs.Add(TxColumn.HashOf(txs[i]), i);
        }

        _txCount = txs.Length;
    }

    /// <summary>Forgets what was taken back.</summary>
    public void Cut()
    {
        _recent.Clear();
        foreach ((Asset asset, int number) in _assets.Where(a => a.Value >= _tail.Log.Assets.Length).ToArray())
        {
            _assets.Remove(asset);
        }

        _txCount = _tail.Log.Txs.Length;
        _txs.Cut(_txCount);
    }

    private int BaseTxs => checked((int)(_tail.Log.Txs.Rows.BaseLength / TxColumn.RowLength));
}
