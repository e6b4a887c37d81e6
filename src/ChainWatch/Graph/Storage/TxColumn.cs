using System.Buffers.Binary;

namespace ChainWatch.Graph.Storage;

/// <summary>Transaction hashes, 32 bytes each in written order.</summary>
internal readonly struct TxColumn(ByteColumn rows)
{
    /// <summary>Bytes a hash.</summary>
    public const int RowLength = 32;

    public ByteColumn Rows => rows;

    public int Length => checked((int)(rows.Length / RowLength));

    public TxId this[int number] => TxId.FromBytes(rows.Slice((long)number * RowLength, RowLength));

    public static TxColumn Of(TxId[] txs) => new(ByteColumn.Of(txs.Length, RowLength, (i, row) => txs[i].CopyBytes(row)));

    /// <summary>The hash by which transactions are found in a table.</summary>
    public static ulong HashOf(TxId tx)
    {
        Span<byte> bytes = stackalloc byte[RowLength];
        tx.CopyBytes(bytes);
        return BinaryPrimitives.ReadUInt64LittleEndian(bytes) * 0x9E3779B97F4A7C15;
    }
}
