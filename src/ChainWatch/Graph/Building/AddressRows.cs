using System.Runtime.CompilerServices;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Graph.Building;

/// <summary>Rows of one size by number. They lie in chunks: growing moves the first one at most, which begins small.</summary>
/// <param name="rowSize">The size of a row in bytes.</param>
/// <param name="chunkBits">A chunk has two to this many rows.</param>
internal sealed unsafe class AddressRows(int rowSize, int chunkBits) : IDisposable
{
    private const int RowsAtFirst = 64;

    private readonly List<NativeBlock> _chunks = [];
    private int _rowsOfFirst = Math.Min(RowsAtFirst, 1 << chunkBits);
    private byte*[] _starts = new byte*[16];

    /// <summary>The size of a row in bytes.</summary>
    public int RowSize => rowSize;

    /// <summary>The row of a number for which <see cref="Reserve"/> made room.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* At(int number) => At(number, rowSize);

    /// <summary>The same, faster where the compiler knows the size of a row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public byte* At(int number, int size) => _starts[number >> chunkBits] + ((long)(number & ((1 << chunkBits) - 1)) * size);

    /// <summary>Makes room for the next row; numbers ascend by one. Rows may move.</summary>
    public void Reserve(int number)
    {
        int chunk = number >> chunkBits;
        if (chunk < _chunks.Count)
        {
            if (chunk == 0 && number == _rowsOfFirst)
            {
                _rowsOfFirst *= 2;
                _chunks[0] = _chunks[0].Grown((long)rowSize * _rowsOfFirst);
                _starts[0] = _chunks[0].Pointer;
            }

            return;
        }

        _chunks.Add(new NativeBlock((long)rowSize * (chunk == 0 ? _rowsOfFirst : 1L << chunkBits), isZeroed: false));
        if (_chunks.Count > _starts.Length)
        {
            byte*[] wider = new byte*[2 * _starts.Length];
            Array.Copy(_starts, wider, _starts.Length);
            _starts = wider;
        }

        _starts[chunk] = _chunks[chunk].Pointer;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _chunks.ForEach(chunk => chunk.Dispose());
        _chunks.Clear();
        Array.Clear(_starts);
    }
}
