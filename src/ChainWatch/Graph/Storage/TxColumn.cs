namespace ChainWatch.Graph.Storage;

/// <summary>Transaction hashes, 32 bytes each in written order.</summary>
internal readonly struct TxColumn(ByteColumn rows)
{
    private const int RowLength = 32;

    public ByteColumn Rows => rows;

    public int Length => checked((int)(rows.Length / RowLength));

    public TxId this[int number] => TxId.FromBytes(rows.Slice((long)number * RowLength, RowLength));

    public static TxColumn Of(TxId[] txs) => new(ByteColumn.Of(txs.Length, RowLength, (i, row) => txs[i].CopyBytes(row)));
}
