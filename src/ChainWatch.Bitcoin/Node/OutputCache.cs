namespace ChainWatch.Bitcoin.Node;

/// <summary>
/// The outputs of transactions that were seen, so that who spends them soon need not ask for them. Keeps the newest, between
/// half a limit and the limit. What is in it is of transactions whose ids were checked: it is true on any branch. Safe for many
/// threads.
/// </summary>
/// <param name="outputsMax">The most outputs kept; each takes some 100 bytes.</param>
internal sealed class OutputCache(int outputsMax = OutputCache.OutputsMaxDefault)
{
    public const int OutputsMaxDefault = 500_000;
    private readonly Lock _lock = new();
    private Dictionary<TxId, SpentOutput[]> _newer = [];
    private Dictionary<TxId, SpentOutput[]> _older = [];
    private int _newerOutputs;

    public SpentOutput[]? Find(TxId tx)
    {
        lock (_lock)
        {
            return _newer.GetValueOrDefault(tx) ?? _older.GetValueOrDefault(tx);
        }
    }

    public void Add(TxId tx, SpentOutput[] outputs)
    {
        lock (_lock)
        {
            if (!_newer.TryAdd(tx, outputs))
            {
                return;
            }

            _newerOutputs += outputs.Length;
            if (_newerOutputs > outputsMax / 2)
            {
                (_older, _newer, _newerOutputs) = (_newer, [], 0);
            }
        }
    }
}
