using ChainWatch.Labels;
using ChainWatch.Tracing;

namespace ChainWatch.Reporting;

/// <summary>The addresses and transfers of all witness paths and inflows, each once and in canonical order.</summary>
internal sealed class EvidenceGraph
{
    private readonly SortedDictionary<Address, EvidenceNode> _nodes = [];
    private readonly Dictionary<EdgeKey, EvidenceEdge> _edges = [];
    private readonly Dictionary<Address, StopLabel> _labels;

    public EvidenceGraph(TraceResult result)
    {
        _labels = result.Request.Stops.Labels();
        foreach (Exposure exposure in result.Exposures)
        {
            NodeOf(exposure.Address).Exposures.Add(exposure);
            NodeOf(exposure.Seed).IsSeed = true;
            foreach (PathStep step in exposure.Path)
            {
                EvidenceEdge edge = EdgeOf(step);
                edge.OnPath = true;
                // A transfer can stand on several paths; the weakest of its marks is shown.
                edge.Order = edge.Order is PathOrder order && order > step.Order ? order : step.Order;
                edge.IsConversion |= step.IsConversion;
            }

            foreach (Inflow inflow in exposure.Inflows)
            {
                EdgeOf(inflow.Transfer);
            }
        }

        HashSet<Address> watched = [.. result.Request.To.Select(Key)];
        foreach (EvidenceNode node in _nodes.Values)
        {
            node.IsWatched = watched.Contains(Key(node.Address));
        }
    }

    public IEnumerable<EvidenceNode> Nodes => _nodes.Values;

    public IEnumerable<EvidenceEdge> Edges => _edges.Values
        .OrderBy(e => e.Step.Position.Chain)
        .ThenBy(e => e.Step.Position.Block).ThenBy(e => e.Step.Position.Index ?? -1)
        .ThenBy(e => e.Step.From).ThenBy(e => e.Step.To)
        .ThenBy(e => e.Step.Asset).ThenBy(e => e.Step.Value).ThenBy(e => e.Step.Tx ?? default);

    // A wallet on one EVM chain is watched on all of them.
    private static Address Key(Address address) => address.Chain.IsEvm ? address.OnChain(Chain.Ethereum) : address;

    private EvidenceNode NodeOf(Address address)
    {
        if (!_nodes.TryGetValue(address, out EvidenceNode? node))
        {
            node = new EvidenceNode(address, _labels.GetValueOrDefault(address));
            _nodes.Add(address, node);
        }

        return node;
    }

    private EvidenceEdge EdgeOf(PathStep step)
    {
        EdgeKey key = new(step.From, step.To, step.Position, step.Tx, step.Asset, step.Value);
        if (!_edges.TryGetValue(key, out EvidenceEdge? edge))
        {
            edge = new EvidenceEdge(step);
            _edges.Add(key, edge);
            NodeOf(step.From);
            NodeOf(step.To);
        }

        return edge;
    }

    private readonly record struct EdgeKey(Address From, Address To, ChainPosition Position, TxId? Tx, Asset Asset, Amount Value);
}

/// <summary>An address of the evidence.</summary>
internal sealed class EvidenceNode(Address address, StopLabel? label)
{
    public Address Address => address;

    public StopLabel? Label => label;

    /// <summary>Its exposures; none for an address that only stands on a path to a watched wallet.</summary>
    public List<Exposure> Exposures { get; } = [];

    public bool IsSeed { get; set; }

    public bool IsWatched { get; set; }
}

/// <summary>A transfer of the evidence.</summary>
internal sealed class EvidenceEdge(PathStep step)
{
    public PathStep Step => step;

    public bool OnPath { get; set; }

    /// <summary>How its order to the transfer before is known; null for an inflow that stands on no witness path.</summary>
    public PathOrder? Order { get; set; }

    public bool IsConversion { get; set; }
}
