using System.Numerics;

namespace ChainWatch.Notebooks;

/// <summary>Where the addresses of a flow are drawn: a column a hop, in it each near the one that paid it.</summary>
internal sealed class FlowLayout
{
    public const double BoxWidth = 176;
    public const double BoxHeight = 40;
    public const double RowHeight = 50;
    public const double ColumnWidth = 268;

    private readonly Dictionary<FlowNode, (double X, double Y)> _places = [];
    private readonly Dictionary<FlowNode, FlowNode> _drawnAs = [];
    private readonly Dictionary<Asset, BigInteger> _largest;

    public FlowLayout(FlowGraph graph)
    {
        HashSet<FlowNode> goOn = [.. graph.IsSent ? graph.Edges.Select(e => e.To) : graph.Edges.Select(e => e.From)];
        List<List<FlowNode>> rings = [];
        foreach (IGrouping<int, FlowNode> ring in graph.Nodes.GroupBy(n => n.Hop).OrderBy(g => g.Key))
        {
            FlowNode[] kept = FlowFold.Keep(graph, [.. ring], graph.WeightOf, goOn.Contains, out FlowNode[] folded);
            List<FlowNode> drawn = [.. kept];
            Array.ForEach(kept, n => _drawnAs.Add(n, n));
            if (folded.Length > 0)
            {
                FlowNode rest = new(null, ring.Key) { Count = folded.Length };
                Array.ForEach(folded, n => _drawnAs.Add(n, rest));
                drawn.Add(rest);
            }

            rings.Add(drawn);
        }

        Rings = [.. rings.Select(r => r.Count == 0 ? 0 : r[0].Hop)];
        Height = rings.Select(r => r.Count * RowHeight).Append(RowHeight).Max();
        Edges = Join(graph);
        _largest = Edges.GroupBy(e => e.Asset).ToDictionary(g => g.Key, g => g.Max(e => e.Units));
        ILookup<FlowNode, FlowEdge> into = graph.IsSent ? Edges.ToLookup(e => e.From) : Edges.ToLookup(e => e.To);
        for (int i = 0; i < rings.Count; i++)
        {
            // Each beside the middle of those before it, so that few edges cross; what is folded comes last.
            FlowNode[] ring = [.. rings[i].Select((node, n) => (Node: node, Rank: n, At: MiddleOf(node, into[node], graph.IsSent)))
                .OrderBy(n => n.Node.Address is null).ThenBy(n => n.At).ThenBy(n => n.Rank).Select(n => n.Node)];
            int column = graph.IsSent ? rings.Count - 1 - i : i;
            for (int n = 0; n < ring.Length; n++)
            {
                _places[ring[n]] = (column * ColumnWidth, ((Height - (ring.Length * RowHeight)) / 2) + (n * RowHeight));
            }
        }

        Width = Math.Max(0, rings.Count - 1) * ColumnWidth + BoxWidth;
    }

    /// <summary>The hop of each column, from the lists outward.</summary>
    public IReadOnlyList<int> Rings { get; }

    /// <summary>What is drawn: edges of folded addresses are joined.</summary>
    public IReadOnlyList<FlowEdge> Edges { get; }

    public IEnumerable<FlowNode> Nodes => _places.Keys;

    public double Width { get; }

    public double Height { get; }

    /// <summary>An edge's amount as the share of the largest that is drawn of its asset: amounts of two assets cannot be compared.</summary>
    public double ShareOf(FlowEdge edge) => FlowGraph.Share(edge.Units, _largest[edge.Asset]);

    /// <summary>The upper left corner of an address's box.</summary>
    public (double X, double Y) PlaceOf(FlowNode node) => _places[node];

    private List<FlowEdge> Join(FlowGraph graph)
    {
        OrderedDictionary<(FlowNode From, FlowNode To, Asset Asset), FlowEdge> joined = [];
        foreach (FlowEdge edge in graph.Edges)
        {
            (FlowNode From, FlowNode To, Asset Asset) key = (_drawnAs[edge.From], _drawnAs[edge.To], edge.Asset);
            if (!joined.TryGetValue(key, out FlowEdge? drawn))
            {
                joined.Add(key, drawn = new FlowEdge(key.From, key.To, key.Asset));
            }

            drawn.Add(edge.Units, edge.Transfers, edge.First, edge.Last);
        }

        return [.. joined.Values];
    }

    private double MiddleOf(FlowNode node, IEnumerable<FlowEdge> edges, bool isSent)
    {
        double[] before = [.. edges.Select(e => isSent ? e.To : e.From).Where(n => n.Hop < node.Hop && _places.ContainsKey(n)).Distinct().Select(n => _places[n].Y)];
        return before.Length == 0 ? 0 : before.Average();
    }
}
