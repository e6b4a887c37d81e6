using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Building;

/// <summary>Reads the numbers of a column that is being built, from the first on.</summary>
internal sealed class ColumnReader
{
    private const int PieceBytes = 4096;
    private readonly ByteStore? _store;
    private readonly int _width;
    private readonly ulong _constant;
    private readonly long _length;
    private readonly byte[] _piece;
    private long _read;
    private int _at;
    private int _end;

    /// <summary>Stands at the first of the numbers that there are now.</summary>
    public ColumnReader(ColumnBuilder column)
    {
        (_store, _width, _constant) = (column.Store, column.Width, column.Constant);
        _length = (long)column.Count * _width;
        _piece = new byte[(int)Math.Min(PieceBytes, _length)];
    }

    /// <summary>The next number; there must be one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ulong Next()
    {
        if (_width == 0)
        {
            return _constant;
        }

        if (_at == _end)
        {
            Fill();
        }

        ref byte from = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_piece), _at);
        _at += _width;
        return _width switch
        {
            1 => from,
            2 => Unsafe.ReadUnaligned<ushort>(ref from),
            4 => Unsafe.ReadUnaligned<uint>(ref from),
            _ => Unsafe.ReadUnaligned<ulong>(ref from),
        };
    }

    private void Fill()
    {
        _end = (int)Math.Min(_piece.Length, _length - _read);
        if (_end == 0)
        {
            throw new InvalidOperationException("a column was read beyond its end");
        }

        _store!.Read(_read, _piece.AsSpan(0, _end));
        _read += _end;
        _at = 0;
    }
}
