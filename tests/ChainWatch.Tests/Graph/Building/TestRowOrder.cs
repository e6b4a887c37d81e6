using ChainWatch.Graph.Building;

namespace ChainWatch.Tests.Graph.Building;

/// <summary>By block, index and asset, with a key that holds two of them, one, or nothing.</summary>
internal readonly struct TestRowOrder(int held) : IRowOrder<TestRow>
{
    public ulong KeyOf(in TestRow row) => held switch
    {
        0 => 0,
        1 => (ulong)row.Block,
        _ => (ulong)Math.Min(row.Block, (1L << 40) - 1) << 24 | (row.Block < 1L << 40 ? (uint)(row.Index + 1) & 0xFFFFFF : 0xFFFFFF),
    };

    public int Compare(in TestRow x, in TestRow y)
    {
        int order = x.Block.CompareTo(y.Block);
        order = order != 0 ? order : x.Index.CompareTo(y.Index);
        return order != 0 ? order : x.Asset.CompareTo(y.Asset);
    }
}
