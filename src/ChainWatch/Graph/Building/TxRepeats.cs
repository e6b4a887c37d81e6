namespace ChainWatch.Graph.Building;

/// <summary>Finds uses of one transaction among those with equal marks, which come one after another.</summary>
/// <param name="uses">The uses.</param>
/// <param name="report">Told every use but the first of a transaction, and that first one.</param>
internal sealed class TxRepeats(TxUses uses, Action<int, int> report)
{
    private readonly Dictionary<TxId, int> _first = [];
    private TxMark _last;
    private bool _hasLast;

    /// <summary>Takes the next marks, in order.</summary>
    public void Add(ReadOnlySpan<TxMark> marks)
    {
        foreach (ref readonly TxMark mark in marks)
        {
            if (_hasLast && mark.Mark == _last.Mark)
            {
                if (_first.Count == 0)
                {
                    _first.Add(uses[_last.Use], _last.Use);
                }

                TxId tx = uses[mark.Use];
                if (!_first.TryAdd(tx, mark.Use))
                {
                    report(mark.Use, _first[tx]);
                }

                continue;
            }

            _last = mark;
            _hasLast = true;
            if (_first.Count > 0)
            {
                _first.Clear();
            }
        }
    }
}
