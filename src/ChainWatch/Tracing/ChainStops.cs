using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Graph.Storage;

namespace ChainWatch.Tracing;

/// <summary>The stops of a question on one chain, by the addresses' numbers: what labels make of them, and where the degree limit is crossed.</summary>
internal sealed class ChainStops
{
    private readonly BitRow _marked;
    private readonly Dictionary<int, LaneRules.AddressStop> _kinds = [];
    private readonly Dictionary<int, int> _crossingOf = [];

    public ChainStops(ChainLog log, TransferFilter filter, StopRule stops)
    {
        _marked = new BitRow(log.AddressTable.Length);
        foreach ((Address address, StopLabel label) in stops.Labels())
        {
            int number = log.NumberOf(address);
            if (number >= 0)
            {
                Labels[number] = label;
                _kinds[number] = (LaneRules.AddressStop)(1 + label.Kind);
                _marked[number] = true;
            }
        }

        // A label says what an address is; the degree limit is for those of which nothing is known.
        Crossings = stops.MaxDegree is int maxDegree ? [.. DegreeLimit.Crossings(log, filter, maxDegree).Where(c => !Labels.ContainsKey(c.Address))] : [];
        foreach ((int group, int address) in Crossings)
        {
            _crossingOf[address] = group;
            _marked[address] = true;
        }
    }

    /// <summary>The stops in a log that goes on where others ended.</summary>
    /// <param name="log">The log.</param>
    /// <param name="labels">The label of every labelled address.</param>
    /// <param name="maxDegree">The degree limit, where there is one.</param>
    /// <param name="degree">By address the transfers counted before the log.</param>
    /// <param name="crossings">Where addresses cross the limit in the log.</param>
    public ChainStops(ChainLog log, IReadOnlyDictionary<Address, StopLabel> labels, int? maxDegree, int[] degree, IEnumerable<(int Group, int Address)> crossings)
    {
        _marked = new BitRow(log.AddressTable.Length);
        List<(int Group, int Address)> all = [];
        for (int number = 0; number < log.AddressTable.Length; number++)
        {
            if (labels.TryGetValue(log.AddressTable[number], out StopLabel? label))
            {
                Labels[number] = label;
                _kinds[number] = (LaneRules.AddressStop)(1 + label.Kind);
                _marked[number] = true;
            }
            else if (degree[number] > maxDegree)
            {
                all.Add((0, number));
            }
        }

        Crossings = [.. all, .. crossings.Where(c => !Labels.ContainsKey(c.Address))];
        foreach ((int group, int address) in Crossings)
        {
            _crossingOf[address] = group;
            _marked[address] = true;
        }
    }

    /// <summary>The labels of the addresses that have one.</summary>
    public Dictionary<int, StopLabel> Labels { get; } = [];

    /// <summary>The labelled addresses, with what their labels make of them.</summary>
    public IReadOnlyDictionary<int, LaneRules.AddressStop> Kinds => _kinds;

    /// <summary>The addresses that cross the degree limit, in chain order: from its group on each is stopped.</summary>
    public (int Group, int Address)[] Crossings { get; }

    /// <summary>The addresses that are opaque stops, or become it on the way; each once, in no order.</summary>
    public HashSet<int> Opaque => field ??= [.. _kinds.Where(k => k.Value == LaneRules.AddressStop.Opaque).Select(k => k.Key), .. Crossings.Select(c => c.Address)];

    /// <summary>Whether an address has a label or crosses the limit.</summary>
    public bool IsMarked(int address) => _marked[address];

    public int CrossingOf(int address) => _marked[address] && _crossingOf.TryGetValue(address, out int group) ? group : int.MaxValue;

    public LaneRules.AddressStop KindOf(int address) => _marked[address] && _kinds.TryGetValue(address, out LaneRules.AddressStop kind) ? kind : LaneRules.AddressStop.None;
}
