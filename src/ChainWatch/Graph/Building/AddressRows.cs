using System.Runtime.CompilerServices;

namespace ChainWatch.Graph.Building;

/// <summary>Rows of one size by number. They lie in chunks that never move: growing copies nothing.</summary>
/// <param name="rowSize">The size of a row in bytes.</param>
/// <param name="chunkBits">A chunk has two to this many rows.</param>
internal sealed unsafe class AddressRows(int rowSize, int chunkBits) : IDisposable
{
    private readonly List<NativeBuffer> _chunks = [];
    private byte*[] _starts = new byte*[16];

    /// <summary>The size of a row in bytes.</summary>
    public int RowSize => rowSize;

    /// <summary>The row of a number for which <see cref="Reserve"/> made room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* At(int number) => _starts[number >> chunkBits] + ((long)(number & ((1 << chunkBits) - 1)) * rowSize);

    /// <summary>Makes room for the next row; numbers ascend by one.</summary>
    public void Reserve(int number)
    {
        if (number >> chunkBits < _chunks.Count)
        {
            return;
        }

        NativeBuffer chunk = new((long)rowSize << chunkBits);
        _chunks.Add(chunk);
        if (_chunks.Count > _starts.Length)
        {
            byte*[] wider = new byte*[2 * _starts.Length];
            Array.Copy(_starts, wider, _starts.Length);
            _starts = wider;
        }

        _starts[_chunks.Count - 1] = chunk.Start;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chunks.ForEach(chunk => chunk.Dispose());
        _chunks.Clear();
        Array.Clear(_starts);
    }
}
