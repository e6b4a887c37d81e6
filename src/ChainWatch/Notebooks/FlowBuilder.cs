using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Notebooks;

/// <summary>Gathers the addresses and transfers of exposures, each once.</summary>
internal sealed class FlowBuilder(TraceRequest request)
{
    private readonly Dictionary<Address, FlowNode> _nodes = [];
    private readonly Dictionary<(Address From, Address To, Asset Asset), FlowEdge> _edges = [];
    private readonly Dictionary<PathStepKey, int> _counted = [];
    private readonly Dictionary<Address, StopLabel> _stops = request.Stops.Labels();
    private readonly HashSet<Address> _watched = [.. request.To.Select(Key)];

    public FlowGraph Build(IReadOnlyList<Exposure> exposures)
    {
        bool isSent = exposures.Count > 0 && exposures[0].Direction == Direction.Sent;
        foreach (Exposure exposure in exposures)
        {
            FlowNode node = NodeOf(exposure.Address, exposure.Hops);
            node.StopReason = exposure.StopReason;
            node.IsSeed |= exposure.IsSeed;
            NodeOf(exposure.Seed, 0).IsSeed = true;
            AddPath(exposure, isSent);
            Dictionary<PathStepKey, int> here = [];
            foreach (Inflow inflow in exposure.Inflows)
            {
                NodeOf(isSent ? inflow.Transfer.To : inflow.Transfer.From, inflow.Hops - 1);
                AddTransfer(inflow.Transfer, here);
            }
        }

        foreach (FlowNode node in _nodes.Values)
        {
            Name(node);
        }

        FlowGraph graph = new(
            [.. _nodes.Values.OrderBy(n => n.Hop).ThenBy(n => n.Address!.Value)],
            [.. _edges.Values.OrderBy(e => e.From.Address!.Value).ThenBy(e => e.To.Address!.Value).ThenBy(e => e.Asset)],
            request.Tokens,
            isSent);
        foreach (FlowNode node in _nodes.Values)
        {
            node.Before = node.Candidates.OrderByDescending(before => graph.EdgesBetween(before, node).Sum(e => graph.ShareOf(e.Asset, e.Units))).ThenBy(before => before.Address!.Value).FirstOrDefault();
        }

        return graph;
    }

    private void AddPath(Exposure exposure, bool isSent)
    {
        Dictionary<PathStepKey, int> here = [];
        for (int i = 0; i < exposure.Path.Count; i++)
        {
            PathStep step = exposure.Path[i];
            // Of a path towards the list the last step is the one next to it.
            int hop = isSent ? exposure.Path.Count - i - 1 : i;
            FlowNode nearer = NodeOf(isSent ? step.To : step.From, hop);
            FlowNode farther = NodeOf(isSent ? step.From : step.To, hop + 1);
            if (farther.Hop == hop + 1 && !farther.IsSeed)
            {
                farther.Candidates.Add(nearer);
            }

            AddTransfer(step, here);
        }
    }

    private FlowNode NodeOf(Address address, int hop)
    {
        if (!_nodes.TryGetValue(address, out FlowNode? node))
        {
            _nodes.Add(address, node = new FlowNode(address, hop));
        }
        else if (hop < node.Hop)
        {
            // What was before it belonged to a longer way.
            node.Hop = hop;
            node.Candidates.Clear();
        }

        return node;
    }

    // Two equal transfers of one exposure are two; those of another exposure are the same ones again.
    private void AddTransfer(PathStep step, Dictionary<PathStepKey, int> here)
    {
        PathStepKey identity = new(step.From, step.To, step.Position, step.Tx, step.Asset, step.Value);
        int count = here[identity] = here.GetValueOrDefault(identity) + 1;
        if (count <= _counted.GetValueOrDefault(identity))
        {
            return;
        }

        _counted[identity] = count;
        (Address, Address, Asset) key = (step.From, step.To, step.Asset);
        if (!_edges.TryGetValue(key, out FlowEdge? edge))
        {
            _edges.Add(key, edge = new FlowEdge(_nodes[step.From], _nodes[step.To], step.Asset));
        }

        edge.Add(step.Value.ToBigInteger(), 1, step.Time, step.Time);
    }

    private void Name(FlowNode node)
    {
        Address address = node.Address!.Value;
        node.Stop = _stops.GetValueOrDefault(address);
        node.IsWatched = _watched.Contains(Key(address));
        ScreeningMatch[] matches = [.. request.Lists?.Screen(address, request.AsOf).Matches ?? []];
        node.Names = [.. matches.Select(Words).Distinct(StringComparer.Ordinal)];
        node.Authorities = [.. matches.Select(m => m.Entry.Authority.Name).Distinct(StringComparer.Ordinal)];
    }

    private static string Words(ScreeningMatch match)
    {
        ListEntry entry = match.Entry;
        string incident = entry is Attribution { Incident.Length: > 0 } attribution ? $" ({attribution.Incident})" : "";
        return match.Status switch
        {
            EntryStatus.Designated => $"designated by {entry.Authority}: {entry.Entity}",
            EntryStatus.Delisted => $"delisted by {entry.Authority}: {entry.Entity}",
            _ when entry.Entity.Length == 0 => $"attributed by {entry.Authority}{incident}",
            _ => $"attributed to {entry.Entity} by {entry.Authority}",
        };
    }

    // A wallet on one EVM chain is watched on all of them.
    private static Address Key(Address address) => address.Chain.IsEvm ? address.OnChain(Chain.Ethereum) : address;

    private readonly record struct PathStepKey(Address From, Address To, ChainPosition Position, TxId? Tx, Asset Asset, Amount Value);
}
