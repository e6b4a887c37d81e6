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
        : this(log, log.AddressTable.Length, stops.Labels(), stops.MaxDegree is int maxDegree ? DegreeLimit.Crossings(log, filter, maxDegree) : [])
    {
    }

    /// <summary>The stops so far of a log that goes on.</summary>
    /// <param name="log">The log.</param>
    /// <param name="addressCount">How many of its addresses there are so far.</param>
    /// <param name="labels">The labels.</param>
    /// <param name="crossings">Where addresses crossed the degree limit, in chain order.</param>
    public ChainStops(ChainLog log, int addressCount, IReadOnlyDictionary<Address, StopLabel> labels, IEnumerable<(int Group, int Address)> crossings)
    {
        _marked = new BitRow(addressCount);
        foreach ((Address address, StopLabel label) in labels)
        {
            int number = log.NumberOf(address);
            if (number >= 0 && number < addressCount)
            {
                Add(number, label);
            }
        }

        Crossings = Add(crossings);
    }

    /// <summary>Makes room for more addresses.</summary>
    public void Grow(int addressCount) => _marked.Grow(addressCount);

    /// <summary>Takes that an address has a label.</summary>
    public void Add(int address, StopLabel label)
    {
        Labels[address] = label;
        _kinds[address] = (LaneRules.AddressStop)(1 + label.Kind);
        _marked[address] = true;
    }

    /// <summary>Takes where addresses crossed the degree limit.</summary>
    /// <returns>Those that are stops by it: a label says what an address is; the limit is for those of which nothing is known.</returns>
    public (int Group, int Address)[] Add(IEnumerable<(int Group, int Address)> crossings)
    {
        (int Group, int Address)[] added = [.. crossings.Where(c => !Labels.ContainsKey(c.Address))];
        foreach ((int group, int address) in added)
        {
            _crossingOf[address] = group;
            _marked[address] = true;
        }

        return added;
    }

    /// <summary>Takes back that an address crossed the limit.</summary>
    public void RemoveCrossing(int address)
    {
        _crossingOf.Remove(address);
        _marked[address] = Labels.ContainsKey(address);
    }

    /// <summary>Takes back that an address is there at all: its number is given anew.</summary>
    public void Remove(int address)
    {
        if (_marked[address])
        {
            Labels.Remove(address);
            _kinds.Remove(address);
            RemoveCrossing(address);
        }
    }

    /// <summary>The labels of the addresses that have one.</summary>
    public Dictionary<int, StopLabel> Labels { get; } = [];

    /// <summary>The labelled addresses, with what their labels make of them.</summary>
    public IReadOnlyDictionary<int, LaneRules.AddressStop> Kinds => _kinds;

    /// <summary>The addresses that cross the degree limit, in chain order: from its group on each is stopped. Of a trace that goes on those of its history.</summary>
    public (int Group, int Address)[] Crossings { get; }

    /// <summary>The addresses that are opaque stops, or become it on the way; each once, in no order.</summary>
    public HashSet<int> Opaque => field ??= [.. _kinds.Where(k => k.Value == LaneRules.AddressStop.Opaque).Select(k => k.Key), .. Crossings.Select(c => c.Address)];

    /// <summary>Whether an address has a label or crosses the limit.</summary>
    public bool IsMarked(int address) => _marked[address];

    public int CrossingOf(int address) => _marked[address] && _crossingOf.TryGetValue(address, out int group) ? group : int.MaxValue;

    public LaneRules.AddressStop KindOf(int address) => _marked[address] && _kinds.TryGetValue(address, out LaneRules.AddressStop kind) ? kind : LaneRules.AddressStop.None;
}
