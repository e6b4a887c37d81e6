using System.Runtime.Intrinsics.X86;

namespace ChainWatch.Graph.Building;

/// <summary>Rows in memory, to be put into their order.</summary>
internal readonly unsafe struct RowSortSource<TRow, TOrder>(TRow* rows, TOrder order, ulong keyMin, ulong keyMax) : ISortSource
    where TRow : unmanaged
    where TOrder : struct, IRowOrder<TRow>
{
    private readonly TOrder _order = order;

    /// <inheritdoc/>
    public ulong KeyMin => keyMin;

    /// <inheritdoc/>
    public ulong KeyMax => keyMax;

    /// <inheritdoc/>
    public ulong KeyOf(int index) => _order.KeyOf(rows[index]);

    /// <inheritdoc/>
    public int FurtherKeys => 0;

    /// <inheritdoc/>
    public ulong FurtherKeyOf(int index, int number) => throw new NotSupportedException();

    /// <inheritdoc/>
    public void Expect(int index)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(rows + index);
        }
    }

    /// <inheritdoc/>
    public int CompareEqualKeys(int x, int y) => _order.Compare(rows[x], rows[y]);
}
