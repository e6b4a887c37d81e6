using ChainWatch.Tracing;

namespace ChainWatch.Reporting.Html;

/// <summary>The part of the evidence that a page can hold: the nearest exposures, and of each its first inflows.</summary>
internal sealed class HtmlEvidence
{
    /// <summary>The most exposures in a page. More would not be looked at, and a browser would not open them.</summary>
    public const int ExposuresMax = 5_000;

    /// <summary>The most inflows of one exposure.</summary>
    public const int InflowsMax = 500;

    public HtmlEvidence(TraceResult result)
    {
        Exposures = result.Exposures.Count <= ExposuresMax ? result.Exposures : Nearest(result.Exposures);
        Graph = new EvidenceGraph(result, Exposures, InflowsMax, withLeads: true);
        Nodes = [.. Graph.Nodes];
        Edges = [.. Graph.Edges];
        NodeNumbers = Nodes.Select((node, i) => (node.Address, i)).ToDictionary(x => x.Address, x => x.i);
        EdgeNumbers = Edges.Select((edge, i) => (edge, i)).ToDictionary(x => x.edge, x => x.i);
        Columns = new HtmlColumns(result, Exposures, InflowsMax);
    }

    public IReadOnlyList<Exposure> Exposures { get; }

    public IReadOnlyList<EvidenceNode> Nodes { get; }

    public IReadOnlyList<EvidenceEdge> Edges { get; }

    public Dictionary<Address, int> NodeNumbers { get; }

    public HtmlColumns Columns { get; }

    private EvidenceGraph Graph { get; }

    private Dictionary<EvidenceEdge, int> EdgeNumbers { get; }

    public int NumberOf(PathStep step) => EdgeNumbers[Graph.Find(step)];

    // In the answer's own order, whatever was left out.
    private static Exposure[] Nearest(IReadOnlyList<Exposure> all)
    {
        HashSet<Exposure> near = [.. all.OrderBy(e => e.Hops).Take(ExposuresMax)];
        return [.. all.Where(near.Contains)];
    }
}
