using ChainWatch.Graph;
using ChainWatch.Heuristics;

namespace ChainWatch.Tracing;

/// <summary>What all lanes of one chain and request share: the filter, the stops, the degree crossings.</summary>
internal sealed class LaneRules
{
    public LaneRules(ChainLog log, TraceRequest request)
    {
        Log = log;
        Request = request;
        Filter = RulesCache.Of(log).FilterOf(log, request);
        Stops = RulesCache.Of(log).StopsOf(log, Filter, request.Stops);
        MaxHops = request.MaxHops;
        Strict = request.StrictOrder;
        ThroughCoinJoin = request.ThroughCoinJoin;
        HasCoinJoins = log.HasCoinJoins;
    }

    /// <summary>The rules over a log that goes on, whose stops are found as it does. It is not looked at as a whole.</summary>
    public LaneRules(ChainLog log, TraceRequest request, TransferFilter filter, ChainStops stops)
    {
        (Log, Request, Filter, Stops) = (log, request, filter, stops);
        MaxHops = request.MaxHops;
        Strict = request.StrictOrder;
        ThroughCoinJoin = request.ThroughCoinJoin;
        HasCoinJoins = log.MultiCount > 0;
    }

    public enum AddressStop : byte
    {
        None,
        Service,
        Contract,
        Opaque,
    }

    public ChainLog Log { get; }

    public TraceRequest Request { get; }

    public TransferFilter Filter { get; }

    /// <summary>The stops.</summary>
    public ChainStops Stops { get; }

    public int MaxHops { get; }

    public bool Strict { get; }

    /// <summary>Whether CoinJoins are followed.</summary>
    public bool ThroughCoinJoin { get; }

    /// <summary>Whether any movement is a CoinJoin; of a log that goes on, whether any may be.</summary>
    public bool HasCoinJoins { get; }

    /// <summary>Whether any address can be an opaque stop, or any movement: else tracing through them asks nothing new.</summary>
    public bool HasOpaque => Stops.Opaque.Count > 0 || (HasCoinJoins && !ThroughCoinJoin);

    /// <summary>The group from which the degree limit stops an address, or <see cref="int.MaxValue"/>.</summary>
    public int CrossingOf(int address) => Stops.CrossingOf(address);

    /// <summary>What its label makes of an address.</summary>
    public AddressStop KindOf(int address) => Stops.KindOf(address);

    /// <summary>The rule by which an entry is a CoinJoin.</summary>
    public CoinJoinRule CoinJoinOf(int entry) => Log.Entries.MultiOf(entry) is >= 0 and int multi ? Log.CoinJoinOf(multi) : CoinJoinRule.None;

    /// <summary>Whether a movement is a CoinJoin that is not followed.</summary>
    public bool IsClosedCoinJoin(int multi) => HasCoinJoins && !ThroughCoinJoin && Log.CoinJoinOf(multi) != CoinJoinRule.None;

    /// <summary>Whether an address is a stop, of whatever kind, for a transfer that leaves it, in chain order, at a group.</summary>
    public bool IsStop(int address, int leavingGroup) => KindOf(address) != AddressStop.None || leavingGroup >= CrossingOf(address);

    /// <summary>Whether an address is opaque for a transfer that leaves it, in chain order, at a group.</summary>
    public bool IsOpaque(int address, int leavingGroup) => KindOf(address) == AddressStop.Opaque || leavingGroup >= CrossingOf(address);
}
