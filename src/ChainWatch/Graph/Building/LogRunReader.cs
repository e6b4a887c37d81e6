namespace ChainWatch.Graph.Building;

/// <summary>Reads the rows of a run, from the first on.</summary>
internal sealed class LogRunReader(LogRun run)
{
    private readonly PositionReader _positions = run.Positions.Read();
    private readonly ColumnReader _sources = new(run.Sources);
    private readonly ColumnReader _targets = new(run.Targets);
    private readonly ColumnReader _assets = new(run.Assets);
    private readonly ColumnReader _flags = new(run.Flags);
    private readonly ColumnReader _values = new(run.Values.Numbers);
    private readonly ColumnReader _txs = new(run.Txs);
    private readonly ColumnReader _files = new(run.Files);
    private readonly ColumnReader _lines = new(run.Lines);
    private readonly int _count = run.Count;
    private int _next;
    private int _use = -1;
    private BuildRow _row;

    /// <summary>The row where the reader stands, once <see cref="Read"/> said that there is one.</summary>
    public ref readonly BuildRow Row => ref _row;

    /// <summary>Goes to the next row; false behind the last.</summary>
    public bool Read()
    {
        if (_next == _count)
        {
            return false;
        }

        _positions.GoTo(_next++);
        _row.Block = _positions.Height;
        _row.Index = _positions.Index;
        _row.Time = _positions.Time;
        int source = (int)_sources.Next();
        int target = (int)_targets.Next();
        bool isMulti = source < 0;
        _row.Multi = isMulti ? source & ~LogRun.MultiBit : -1;
        _row.Source = isMulti ? -1 : source;
        _row.Target = isMulti ? -1 : target;
        _row.Asset = (int)_assets.Next();
        _row.IsInternal = (_flags.Next() & LogRun.InternalBit) != 0;
        _row.Value = run.Values.AmountOf(_values.Next());
        _row.File = (int)_files.Next() - 1;
        _row.Line = (int)_lines.Next();
        int use = (int)_txs.Next() - 1;
        _row.HasTx = use >= 0;
        if (use >= 0 && use != _use)
        {
            _row.Tx = run.TxUses[use];
            _use = use;
        }

        return true;
    }
}
