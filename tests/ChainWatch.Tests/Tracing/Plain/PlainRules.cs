using ChainWatch.Graph;
using ChainWatch.Heuristics;
using ChainWatch.Labels;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing.Plain;

/// <summary>What all lanes of one chain and request share: the filter, the stops, the degree crossings.</summary>
internal sealed class PlainRules
{
    private readonly AddressStop[] _kind;
    private readonly int[]? _crossing;

    public PlainRules(ChainLog log, TraceRequest request, IReadOnlyDictionary<Address, StopLabel> labels)
    {
        Log = log;
        Filter = new PlainFilter(log, request);
        _crossing = request.Stops.MaxDegree is int maxDegree ? PlainDegreeLimit.Crossings(log, Filter, maxDegree) : null;
        MaxHops = request.MaxHops;
        Strict = request.StrictOrder;
        _kind = new AddressStop[log.AddressTable.Length];
        Labels = [];
        foreach ((Address address, StopLabel label) in labels)
        {
            int number = log.NumberOf(address);
            if (number >= 0)
            {
                Labels[number] = label;
                _kind[number] = (AddressStop)(1 + label.Kind);
                // A label says what an address is; the degree limit is for those of which nothing is known.
                _crossing?[number] = int.MaxValue;
            }
        }

        ThroughCoinJoin = request.ThroughCoinJoin;
        HasCoinJoins = log.CoinJoinRules.AsSpan().ContainsAnyExcept(CoinJoinRule.None);
        HasOpaque = _crossing is not null || _kind.Contains(AddressStop.Opaque) || (HasCoinJoins && !ThroughCoinJoin);
    }

    public enum AddressStop : byte
    {
        None,
        Service,
        Contract,
        Opaque,
    }

    public ChainLog Log { get; }

    public PlainFilter Filter { get; }

    /// <summary>The group from which the degree limit stops an address, or <see cref="int.MaxValue"/>.</summary>
    public int CrossingOf(int address) => _crossing is null ? int.MaxValue : _crossing[address];

    public int MaxHops { get; }

    public bool Strict { get; }

    /// <summary>What its label makes of an address.</summary>
    public AddressStop KindOf(int address) => _kind[address];

    public Dictionary<int, StopLabel> Labels { get; }

    /// <summary>Whether CoinJoins are followed.</summary>
    public bool ThroughCoinJoin { get; }

    /// <summary>Whether any movement is a CoinJoin.</summary>
    public bool HasCoinJoins { get; }

    /// <summary>The rule by which an entry is a CoinJoin.</summary>
    public CoinJoinRule CoinJoinOf(int entry) => Log.Entries.MultiOf(entry) is >= 0 and int multi ? Log.CoinJoinRules[multi] : CoinJoinRule.None;

    /// <summary>Whether a movement is a CoinJoin that is not followed.</summary>
    public bool IsClosedCoinJoin(int multi) => HasCoinJoins && !ThroughCoinJoin && Log.CoinJoinRules[multi] != CoinJoinRule.None;

    /// <summary>Whether an address is a stop, of whatever kind, for a transfer that leaves it, in chain order, at a group.</summary>
    public bool IsStop(int address, int leavingGroup) =>
        KindOf(address) != AddressStop.None || leavingGroup >= CrossingOf(address);

    /// <summary>Whether any address can be an opaque stop, or any movement: else tracing through them asks nothing new.</summary>
    public bool HasOpaque { get; }

    /// <summary>Whether an address is opaque for a transfer that leaves it, in chain order, at a group.</summary>
    public bool IsOpaque(int address, int leavingGroup) =>
        KindOf(address) == AddressStop.Opaque || leavingGroup >= CrossingOf(address);
}
