using ChainWatch.Graph.Building;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>A movement's keys and a payload: 40 bytes.</summary>
internal struct BenchmarkRow
{
    public long Block;
    public int Index;
    public int Source;
    public int Target;
    public int Asset;
    public ulong Value;
    public ulong Line;
}

/// <summary>By block, index, source, target and asset.</summary>
internal readonly struct BenchmarkRowOrder : IRowOrder<BenchmarkRow>
{
    public ulong KeyOf(in BenchmarkRow row) => ((ulong)row.Block << 24) | (uint)(row.Index + 1);

    public int Compare(in BenchmarkRow x, in BenchmarkRow y)
    {
        int order = x.Block.CompareTo(y.Block);
        order = order != 0 ? order : x.Index.CompareTo(y.Index);
        order = order != 0 ? order : x.Source.CompareTo(y.Source);
        order = order != 0 ? order : x.Target.CompareTo(y.Target);
        return order != 0 ? order : x.Asset.CompareTo(y.Asset);
    }
}
