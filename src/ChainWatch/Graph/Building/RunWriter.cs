namespace ChainWatch.Graph.Building;

/// <summary>Writes sorted rows, whose number is known, as a run.</summary>
internal sealed unsafe class RunWriter<TRow>(SpillFile file, SpillRun run) : IDisposable
    where TRow : unmanaged
{
    private readonly NativeBuffer _memory = new(file.ChunkBytes);
    private long _chunk;
    private int _rows;

    /// <summary>Adds the next rows; the last of the run completes it.</summary>
    public void Add(ReadOnlySpan<TRow> rows)
    {
        while (!rows.IsEmpty)
        {
            int size = file.RowsOf(run, _chunk);
            int count = Math.Min(size - _rows, rows.Length);
            rows[..count].CopyTo(new Span<TRow>(_memory.Start + SpillFile.HeaderSize, size)[_rows..]);
            rows = rows[count..];
            _rows += count;
            if (_rows == size)
            {
                file.Write(run, _chunk++, new Span<byte>(_memory.Start, SpillFile.HeaderSize + (size * sizeof(TRow))));
                _rows = 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
