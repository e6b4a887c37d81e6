using System.Runtime.CompilerServices;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>Blocks and positions in ascending order, as columns that grow. A block's time is the earliest that a row tells.</summary>
internal sealed class PositionColumns(BuildRoom room) : IDisposable
{
    private readonly ColumnBuilder _heights = new(room);
    private readonly ColumnBuilder _times = new(room);
    private readonly ColumnBuilder _firstGroups = new(room);
    private readonly ColumnBuilder _starts = new(room);
    private readonly ColumnBuilder _indices = new(room);
    private long _block = -1;
    private int _index = -1;
    private long _time;

    /// <summary>How many positions.</summary>
    public int Groups => _starts.Count;

    /// <summary>How many blocks.</summary>
    public int Blocks => _heights.Count;

    /// <summary>How many blocks are one position, the order in them not being known.</summary>
    public int BlocksWithoutOrder { get; private set; }

    /// <summary>Whether a row at a position would come after, or with, the last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Admits(long block, int index) => block > _block || (block == _block && index >= _index);

    /// <summary>Takes the next row.</summary>
    /// <param name="block">Its block.</param>
    /// <param name="index">Its index, or -1 where the order in the block is not known.</param>
    /// <param name="time">The time it tells and one, or 0.</param>
    /// <param name="entry">Its number in the log.</param>
    /// <returns>True where a position begins.</returns>
    public bool Enter(long block, int index, long time, int entry)
    {
        if (!Begins(block, index, time, Groups))
        {
            return false;
        }

        _starts.Append((ulong)entry);
        _indices.Append((ulong)(index + 1));
        return true;
    }

    /// <summary>Takes the next rows, at most as many as a batch has: faster than one by one, and the same.</summary>
    /// <param name="blocks">Their blocks.</param>
    /// <param name="indices">Their indices, or -1.</param>
    /// <param name="times">The times they tell and one, or 0.</param>
    /// <param name="entry">The first one's number in the log.</param>
    /// <param name="begins">Takes whether a position begins with each.</param>
    [SkipLocalsInit]
    public void Enter(ReadOnlySpan<long> blocks, ReadOnlySpan<int> indices, ReadOnlySpan<long> times, int entry, Span<bool> begins)
    {
        Span<int> starts = stackalloc int[TransferBatch.CountMax];
        Span<int> numbers = stackalloc int[TransferBatch.CountMax];
        int groups = Groups;
        int count = 0;
        for (int i = 0; i < blocks.Length; i++)
        {
            bool isNew = Begins(blocks[i], indices[i], times[i], groups + count);
            begins[i] = isNew;
            starts[count] = entry + i;
            numbers[count] = indices[i] + 1;
            count += isNew ? 1 : 0;
        }

        _starts.Append<int>(starts[..count]);
        _indices.Append<int>(numbers[..count]);
    }

    /// <summary>Says that all rows were taken.</summary>
    public void Close() => CloseBlock();

    /// <summary>The positions with their blocks, from the first on; after <see cref="Close"/>.</summary>
    public PositionReader Read() => new(_heights, _times, _firstGroups, _starts, _indices);

    /// <summary>The columns; nothing can be added afterwards.</summary>
    public (GroupColumn Groups, BlockColumn Blocks) Finish()
    {
        BlockColumn blocks = new(_heights.Finish(), _times.Finish(), _firstGroups.Finish(), _starts.Count);
        return (new GroupColumn(_starts.Finish(), _indices.Finish(), blocks), blocks);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _heights.Dispose();
        _times.Dispose();
        _firstGroups.Dispose();
        _starts.Dispose();
        _indices.Dispose();
    }

    // Whether a position begins with a row; so many began before.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool Begins(long block, int index, long time, int groups)
    {
        if (block != _block || _heights.Count == 0)
        {
            Begin(block, time, groups);
        }
        else if (time != 0 && (time < _time || _time == 0))
        {
            _time = time;
        }

        if (index == _index)
        {
            return false;
        }

        BlocksWithoutOrder += index < 0 ? 1 : 0;
        _index = index;
        return true;
    }

    private void Begin(long block, long time, int groups)
    {
        CloseBlock();
        _heights.Append((ulong)block);
        _firstGroups.Append((ulong)groups);
        (_block, _index, _time) = (block, int.MinValue, time);
    }

    private void CloseBlock()
    {
        if (_times.Count < _heights.Count)
        {
            _times.Append((ulong)_time);
        }
    }
}
