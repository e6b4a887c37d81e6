using System.Runtime.CompilerServices;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>
/// Sorts a stream of rows that may be larger than memory. Full buffers are sorted and written to a temporary file, then
/// merged. The outcome depends on the rows and the order in which equal ones are added, never on the memory or on the
/// number of threads. Adding and merging are for one thread.
/// </summary>
internal sealed unsafe class RunSorter<TRow, TOrder> : IDisposable
    where TRow : unmanaged
    where TOrder : struct, IRowOrder<TRow>
{
    // Chunks are large enough for a disk, and many fit into the memory, so that one merge takes many runs.
    private const int ChunkBytesMax = 1 << 20;
    private const int ChunksInMemory = 64;

    private readonly TOrder _order;
    private readonly string _folder;
    private readonly int _threads;
    private readonly int _chunkRows;
    private readonly int _mergedAtOnce;
    private readonly CancellationToken _cancellationToken;
    private readonly RowBuffer<TRow, TOrder> _buffer;
    private readonly List<SpillRun> _runs = [];
    private SpillFile? _file;
    private bool _isOver;

    /// <summary>An empty sorter.</summary>
    /// <param name="order">The order.</param>
    /// <param name="memory">How much memory it may take, in bytes, <see cref="MemoryMin"/> or more. It is taken as rows come.</param>
    /// <param name="folder">An existing folder for the temporary file; it is written to only where the memory does not do.</param>
    /// <param name="threads">The most threads, from 1.</param>
    /// <param name="cancellationToken">Stops the sorting.</param>
    /// <exception cref="ArgumentOutOfRangeException">The memory is less than the least.</exception>
    public RunSorter(TOrder order, long memory, string folder, int threads, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(memory, MemoryMin);
        _order = order;
        _folder = folder;
        _threads = threads;
        _cancellationToken = cancellationToken;
        long chunkBytes = Math.Min(ChunkBytesMax, memory / ChunksInMemory);
        _chunkRows = (int)Math.Max(1, chunkBytes / sizeof(TRow));
        _mergedAtOnce = (int)Math.Clamp((memory / chunkBytes) - 2, 2, 4096);
        long forRows = memory - (Math.Min(threads, ChunksInMemory / 4) * chunkBytes);
        _buffer = new RowBuffer<TRow, TOrder>(order, (int)Math.Min(Array.MaxLength, forRows / (sizeof(TRow) + sizeof(KeyedIndex))), threads);
    }

    /// <summary>The least memory, in bytes: room for 64 rows.</summary>
    public static long MemoryMin => ChunksInMemory * (sizeof(TRow) + (long)sizeof(KeyedIndex) + SpillFile.HeaderSize);

    /// <summary>Rows added so far.</summary>
    public long Count { get; private set; }

    /// <summary>Sorted runs written to the temporary file so far.</summary>
    public int Runs => _runs.Count;

    /// <summary>Adds a row.</summary>
    /// <exception cref="ChainWatchException">The disk is full or does not work.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(in TRow row)
    {
        if (_buffer.IsFull)
        {
            Spill();
        }

        _buffer.Add(row);
        Count++;
    }

    /// <summary>Adds rows.</summary>
    /// <inheritdoc cref="Add(in TRow)"/>
    public void Add(ReadOnlySpan<TRow> rows)
    {
        foreach (ref readonly TRow row in rows)
        {
            Add(row);
        }
    }

    /// <summary>Passes all rows on, in order. Once; nothing can be added afterwards.</summary>
    /// <param name="sink">Takes the rows; what it throws ends the sort.</param>
    /// <exception cref="ChainWatchException">The disk is full, does not work, or changed what was written.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public void Merge(RowSink<TRow> sink)
    {
        ObjectDisposedException.ThrowIf(_isOver, this);
        try
        {
            if (_file is null)
            {
                MergeInMemory(sink);
                return;
            }

            Spill();
            _buffer.Dispose(); // the merge needs the memory
            while (_runs.Count > _mergedAtOnce)
            {
                MergeToFewer();
            }

            using RunMerger<TRow, TOrder> merger = new(_file, [.. _runs], _order);
            merger.Merge(sink, _cancellationToken);
        }
        finally
        {
            Dispose();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _isOver = true;
        _buffer.Dispose();
        _file?.Dispose();
    }

    private void MergeInMemory(RowSink<TRow> sink)
    {
        _cancellationToken.ThrowIfCancellationRequested();
        _buffer.Sort(_cancellationToken);
        ReadOnlySpan<TRow> rest = _buffer.InOrder;
        using NativeBlock chunk = new((long)_chunkRows * sizeof(TRow), isZeroed: false);
        for (int from = 0; from < _buffer.Count; from += _chunkRows)
        {
            _cancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(_chunkRows, _buffer.Count - from);
            if (!rest.IsEmpty)
            {
                sink(rest.Slice(from, count));
                continue;
            }

            Span<TRow> rows = new(chunk.Pointer, count);
            _buffer.CopySorted(from, rows);
            sink(rows);
        }
    }

    private void Spill()
    {
        ObjectDisposedException.ThrowIf(_isOver, this);
        try
        {
            _file ??= new SpillFile(_folder, sizeof(TRow), _chunkRows);
            _buffer.Sort(_cancellationToken);
            SpillRun run = _file.NewRun(_buffer.Count);
            int chunks = (int)_file.ChunksOf(run);
            int shares = Math.Min(Math.Min(_threads, ChunksInMemory / 4), chunks);
            Threads.For(shares, _threads, share =>
            {
                using NativeBlock memory = new(_file.ChunkBytes, isZeroed: false);
                for (int chunk = share; chunk < chunks; chunk += shares)
                {
                    _cancellationToken.ThrowIfCancellationRequested();
                    int count = _file.RowsOf(run, chunk);
                    _buffer.CopySorted(chunk * _chunkRows, new Span<TRow>(memory.Pointer + SpillFile.HeaderSize, count));
                    _file.Write(run, chunk, new Span<byte>(memory.Pointer, SpillFile.HeaderSize + (count * sizeof(TRow))));
                }
            }, _cancellationToken);
            _runs.Add(run);
            _buffer.Clear();
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    // Neighbours are merged, so that the runs stay in the order in which their rows came.
    private void MergeToFewer()
    {
        SpillFile fewer = new(_folder, sizeof(TRow), _chunkRows);
        try
        {
            List<SpillRun> merged = [];
            foreach (SpillRun[] group in _runs.Chunk(_mergedAtOnce))
            {
                SpillRun run = fewer.NewRun(group.Sum(r => r.Rows));
                using RunMerger<TRow, TOrder> merger = new(_file!, group, _order);
                using RunWriter<TRow> writer = new(fewer, run);
                merger.Merge(writer.Add, _cancellationToken);
                merged.Add(run);
            }

            _runs.Clear();
            _runs.AddRange(merged);
            (_file, fewer) = (fewer, _file!);
        }
        finally
        {
            fewer.Dispose();
        }
    }
}
