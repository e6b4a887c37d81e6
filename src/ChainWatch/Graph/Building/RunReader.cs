using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>Reads a run chunk by chunk.</summary>
internal sealed unsafe class RunReader<TRow, TOrder> : IDisposable
    where TRow : unmanaged
    where TOrder : struct, IRowOrder<TRow>
{
    private readonly SpillFile _file;
    private readonly SpillRun _run;
    private readonly TOrder _order;
    private readonly NativeBlock _memory;
    private long _chunk;
    private TRow* _end;

    /// <summary>Stands at the first row. Takes a chunk's memory.</summary>
    public RunReader(SpillFile file, SpillRun run, TOrder order)
    {
        (_file, _run, _order) = (file, run, order);
        _memory = new NativeBlock(file.ChunkBytes, isZeroed: false);
        Head = _end = (TRow*)(_memory.Pointer + SpillFile.HeaderSize);
        Load();
    }

    /// <summary>The row where the reader stands, while it is not <see cref="IsAtEnd"/>.</summary>
    public TRow* Head { get; private set; }

    /// <summary>The key of the row where the reader stands.</summary>
    public ulong Key { get; private set; }

    /// <summary>True behind the last row.</summary>
    public bool IsAtEnd => Head == _end;

    /// <summary>The rest of the chunk, from the row where the reader stands.</summary>
    public ReadOnlySpan<TRow> Rest => new(Head, (int)(_end - Head));

    /// <summary>Goes on by so many rows of <see cref="Rest"/>.</summary>
    /// <returns>True where a new chunk was begun.</returns>
    public bool Skip(int rows)
    {
        Head += rows;
        if (Head < _end)
        {
            Key = _order.KeyOf(*Head);
            return false;
        }

        Load();
        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();

    private void Load()
    {
        if (_chunk == _file.ChunksOf(_run))
        {
            return;
        }

        int rows = _file.RowsOf(_run, _chunk);
        _file.Read(_run, _chunk++, new Span<byte>(_memory.Pointer, SpillFile.HeaderSize + (rows * sizeof(TRow))));
        Head = (TRow*)(_memory.Pointer + SpillFile.HeaderSize);
        _end = Head + rows;
        Key = _order.KeyOf(*Head);
    }
}
