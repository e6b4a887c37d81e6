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
        : this(result, result.Exposures, inflowsMax: int.MaxValue, withLeads: false)
    {
    }

    /// <summary>The evidence of some exposures.</summary>
    /// <param name="result">The answer.</param>
    /// <param name="exposures">Which of its exposures.</param>
    /// <param name="inflowsMax">The most inflows taken of each; the first in their order.</param>
    /// <param name="withLeads">Whether the ways through opaque stops are taken in, too; they are marked.</param>
    public EvidenceGraph(TraceResult result, IEnumerable<Exposure> exposures, int inflowsMax, bool withLeads)
    {
        _labels = result.Request.Stops.Labels();
        foreach (Exposure exposure in exposures)
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

            foreach (Inflow inflow in exposure.Inflows.Take(inflowsMax))
            {
                EdgeOf(inflow.Transfer);
            }
        }

        foreach (PathStep step in withLeads ? result.Findings.SelectMany(f => f.Lead?.Path ?? []) : [])
        {
            EdgeOf(step).OnLead = true;
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

    /// <summary>The edge of a step that was taken in.</summary>
    public EvidenceEdge Find(PathStep step) => _edges[KeyOf(step)];

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
        EdgeKey key = KeyOf(step);
        if (!_edges.TryGetValue(key, out EvidenceEdge? edge))
        {
            edge = new EvidenceEdge(step);
            _edges.Add(key, edge);
            NodeOf(step.From);
            NodeOf(step.To);
        }

        return edge;
    }

    private static EdgeKey KeyOf(PathStep step) => new(step.From, step.To, step.Position, step.Tx, step.Asset, step.Value);

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

    /// <summary>On a way that exists only through opaque stops.</summary>
    public bool OnLead { get; set; }

    /// <summary>How its order to the transfer before is known; null for an inflow that stands on no witness path.</summary>
    public PathOrder? Order { get; set; }

    public bool IsConversion { get; set; }
}
