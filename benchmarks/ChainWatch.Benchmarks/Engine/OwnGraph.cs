using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Tracing;

namespace ChainWatch.Benchmarks.Engine;

/// <summary>A synthetic graph as ChainWatch's own file, with an index: <c>graph.cwg</c> in the graph's folder, made where it is missing.</summary>
internal sealed class OwnGraph
{
    private static OwnGraph? s_last;
    private readonly string _folder;

    private OwnGraph(PeersGraph peers)
    {
        _folder = peers.Folder;
        string path = Path.Combine(_folder, "graph.cwg");
        using GraphColumns columns = new(_folder);
        if (!File.Exists(path))
        {
            string unfinished = path + ".unfinished";
            using (FileStream file = File.Create(unfinished, 1 << 20))
            {
                SyntheticLog.Make(columns.Transfers, columns.Degrees.Length).Save(file, withIndex: true);
            }

            File.Move(unfinished, path);
        }

        Degrees = columns.Degrees;
        Seeds = [.. columns.Seeds.Select(s => (int)s)];
        FileLength = new FileInfo(path).Length;
        Graph = TransferGraph.Open(path);
    }

    /// <summary>The graph, opened.</summary>
    public TransferGraph Graph { get; }

    public ChainLog Log => Graph.Chains[0];

    /// <summary>How many transfers touch an address in the whole graph.</summary>
    public int[] Degrees { get; }

    public int[] Seeds { get; }

    public long FileLength { get; }

    /// <summary>The graph of a folder; the last one is kept.</summary>
    public static OwnGraph Of(PeersGraph peers) => s_last?._folder == peers.Folder ? s_last : s_last = new OwnGraph(peers);

    /// <summary>Gives its memory back.</summary>
    public static void Release() => s_last = null;

    /// <summary>The question of all programs: the addresses above a degree in the whole graph are stops, or none is.</summary>
    public TraceRequest Request(int? stopDegree, int hops) => new()
    {
        From = [],
        MaxHops = hops,
        Stops = stopDegree is int degree ? new StopRule { Lists = [Hubs(degree)] } : StopRule.None,
    };

    private StopList Hubs(int stopDegree) => new("hubs", [.. Enumerable.Range(0, Degrees.Length)
        .Where(i => Degrees[i] > stopDegree)
        .Select(i => new StopLabel(SyntheticLog.AddressAt(i), StopCategory.Exchange, "hub", "generated"))]);
}
