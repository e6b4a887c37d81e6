using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>Writes sorted rows, whose number is known, as a run.</summary>
internal sealed unsafe class RunWriter<TRow>(SpillFile file, SpillRun run) : IDisposable
    where TRow : unmanaged
{
    private readonly NativeBlock _memory = new(file.ChunkBytes, isZeroed: false);
    private long _chunk;
    private int _rows;

    /// <summary>Adds the next rows; the last of the run completes it.</summary>
    public void Add(ReadOnlySpan<TRow> rows)
    {
        while (!rows.IsEmpty)
        {
            int size = file.RowsOf(run, _chunk);
            int count = Math.Min(size - _rows, rows.Length);
            rows[..count].CopyTo(new Span<TRow>(_memory.Pointer + SpillFile.HeaderSize, size)[_rows..]);
            rows = rows[count..];
            _rows += count;
            if (_rows == size)
            {
                file.Write(run, _chunk++, new Span<byte>(_memory.Pointer, SpillFile.HeaderSize + (size * sizeof(TRow))));
                _rows = 0;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _memory.Dispose();
}
