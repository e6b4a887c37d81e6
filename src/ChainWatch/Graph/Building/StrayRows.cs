using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Building;

/// <summary>Rows that did not come in chain order: kept, sorted, and in a temporary file where the memory does not do.</summary>
internal sealed class StrayRows(BuildRoom room) : IDisposable
{
    private const ulong HasDetails = 1UL << 63;

    // Few are sorted in place: a sorter takes its memory at once.
    private const int FewMax = 1 << 14;

    private readonly List<StrayRow> _few = [];
    private readonly ByteStore _details = new(room);
    private RunSorter<StrayRow, StrayOrder>? _sorter;

    /// <summary>How many.</summary>
    public long Count { get; private set; }

    /// <summary>Adds a row.</summary>
    /// <exception cref="ChainWatchException">The disk is full or does not work.</exception>
    public void Add(in BuildRow row)
    {
        StrayRow stray = new()
        {
            Block = row.Block,
            Time = row.Time,
            Index = row.Index,
            Source = row.Multi < 0 ? row.Source : row.Multi | LogRun.MultiBit,
            Target = row.Target,
            Asset = row.Asset,
        };
        if (row.HasTx || row.IsInternal || row.File >= 0 || !row.Value.TryGetUInt64(out stray.Value) || stray.Value >= HasDetails)
        {
            stray.Value = HasDetails | (ulong)_details.Length;
            StrayDetails details = new() { Value = row.Value, Tx = row.Tx, HasTx = row.HasTx, IsInternal = row.IsInternal, File = row.File, Line = row.Line };
            _details.Append(MemoryMarshal.AsBytes(new ReadOnlySpan<StrayDetails>(in details)));
        }

        Count++;
        if (_sorter is null && _few.Count < FewMax && _few.Count < room.SortBytes / Unsafe.SizeOf<StrayRow>())
        {
            _few.Add(stray);
            return;
        }

        if (_sorter is null)
        {
            _sorter = new RunSorter<StrayRow, StrayOrder>(default, Math.Max(room.SortBytes, RunSorter<StrayRow, StrayOrder>.MemoryMin), room.Folder, room.Threads, room.CancellationToken);
            _sorter.Add(CollectionsMarshal.AsSpan(_few));
            _few.Clear();
        }

        _sorter.Add(stray);
    }

    /// <summary>Passes all rows on, in order. Once.</summary>
    /// <exception cref="ChainWatchException">The disk is full, does not work, or changed what was written.</exception>
    public void Merge(RowSink<StrayRow> sink)
    {
        if (_sorter is not null)
        {
            _sorter.Merge(sink);
            return;
        }

        StrayOrder order = default;
        _few.Sort((x, y) => order.Compare(x, y));
        sink(CollectionsMarshal.AsSpan(_few));
    }

    /// <summary>The row that was added.</summary>
    public BuildRow ToRow(in StrayRow stray)
    {
        bool isMulti = stray.Source < 0;
        BuildRow row = new()
        {
            Block = stray.Block,
            Index = stray.Index,
            Time = stray.Time,
            Source = isMulti ? -1 : stray.Source,
            Target = isMulti ? -1 : stray.Target,
            Multi = isMulti ? stray.Source & ~LogRun.MultiBit : -1,
            Asset = stray.Asset,
            File = -1,
        };
        if ((stray.Value & HasDetails) == 0)
        {
            row.Value = Amount.From(stray.Value);
            return row;
        }

        StrayDetails details = default;
        _details.Read((long)(stray.Value & ~HasDetails), MemoryMarshal.AsBytes(new Span<StrayDetails>(ref details)));
        (row.Value, row.Tx, row.HasTx, row.IsInternal, row.File, row.Line) = (details.Value, details.Tx, details.HasTx, details.IsInternal, details.File, details.Line);
        return row;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _sorter?.Dispose();
        _details.Dispose();
    }
}
