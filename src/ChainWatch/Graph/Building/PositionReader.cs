namespace ChainWatch.Graph.Building;

/// <summary>Goes through a log's positions with its entries, from the first on.</summary>
internal sealed class PositionReader(ColumnBuilder heights, ColumnBuilder times, ColumnBuilder firstGroups, ColumnBuilder starts, ColumnBuilder indices)
{
    private readonly ColumnReader _heights = new(heights);
    private readonly ColumnReader _times = new(times);
    private readonly ColumnReader _firstGroups = new(firstGroups);
    private readonly ColumnReader _starts = new(starts);
    private readonly ColumnReader _indices = new(indices);
    private readonly int _groups = starts.Count;
    private readonly int _blocks = heights.Count;
    private int _group = -1;
    private int _block = -1;
    private long _nextStart = -1;
    private long _nextFirst = -1;

    /// <summary>The block's height.</summary>
    public long Height { get; private set; }

    /// <summary>The block's time and one, or 0.</summary>
    public long Time { get; private set; }

    /// <summary>The index in the block, or -1.</summary>
    public int Index { get; private set; }

    /// <summary>Goes to an entry: the one after the last, or one of the same position.</summary>
    public void GoTo(int entry)
    {
        while (_nextStart <= entry && _group + 1 < _groups)
        {
            if (_group < 0)
            {
                _nextStart = (long)_starts.Next();
                _nextFirst = (long)_firstGroups.Next();
            }

            _group++;
            Index = (int)_indices.Next() - 1;
            if (_nextFirst == _group && _block + 1 < _blocks)
            {
                _block++;
                Height = (long)_heights.Next();
                Time = (long)_times.Next();
                _nextFirst = _block + 1 < _blocks ? (long)_firstGroups.Next() : long.MaxValue;
            }

            _nextStart = _group + 1 < _groups ? (long)_starts.Next() : long.MaxValue;
        }
    }
}
