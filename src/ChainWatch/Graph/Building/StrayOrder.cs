namespace ChainWatch.Graph.Building;

/// <summary>Chain order: by block and index, rows without an index first.</summary>
internal readonly struct StrayOrder : IRowOrder<StrayRow>
{
    private const int IndexBits = 20;
    private const long BlockMax = (1L << (64 - IndexBits)) - 1;
    private const int IndexMax = (1 << IndexBits) - 1;

    /// <inheritdoc/>
    public ulong KeyOf(in StrayRow row) => row.Block > BlockMax ? ulong.MaxValue : ((ulong)row.Block << IndexBits) | (uint)Math.Min(row.Index + 1L, IndexMax);

    /// <inheritdoc/>
    public int Compare(in StrayRow x, in StrayRow y)
    {
        int order = x.Block.CompareTo(y.Block);
        return order != 0 ? order : x.Index.CompareTo(y.Index);
    }
}
