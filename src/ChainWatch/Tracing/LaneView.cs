using System.Numerics;
using ChainWatch.Graph;
using ChainWatch.Heuristics;

namespace ChainWatch.Tracing;

/// <summary>A lane as it was at one moment, for reading: the labels, their paths and the inflows.</summary>
internal sealed class LaneView(ILaneRecord lane, TracedList list, int endGroup)
{
    private readonly bool _reversed = lane.Question.Reversed;
    private ILookup<int, InflowEvent>? _inflowsByHead;

    public LaneRules Rules => lane.Question.Rules;

    public TracedList List => list;

    public Direction Direction => _reversed ? Direction.Sent : Direction.Received;

    /// <summary>The CoinJoins that funds of the list entered, in the order of the trace.</summary>
    public IReadOnlyList<CoinJoinEvent> CoinJoins => lane.CoinJoins;

    /// <summary>The movements in which funds of the list reached outputs without an address.</summary>
    public IReadOnlyList<NoAddressEvent> NoAddress => lane.NoAddress;

    /// <summary>What the lane wrote down.</summary>
    public ILaneRecord Record => lane;

    /// <summary>Whether an address was reached.</summary>
    public bool IsReached(int address) => lane.IsReached(address);

    /// <summary>What is known of an address.</summary>
    public LabelState StateOf(int address) => lane.StateOf(address);

    /// <summary>How many hops a reached address is from the list.</summary>
    public int HopsOf(int address) => lane.HopsOf(address);

    /// <summary>Whether funds went on from an address.</summary>
    public bool IsTracedOn(int address) => lane.IsTracedOn(address);

    /// <summary>How many of them the data show to have taken the funds on.</summary>
    public int ThroughNoAddressCount => NoAddress.Count(e => _reversed || Log.Coins.IsSpentWithoutAddress(Log.Entries.MultiOf(e.Entry)));

    private ChainLog Log => Rules.Log;

    public Address SeedOf(int address, int step)
    {
        while (step >= 0)
        {
            EvidenceStep s = lane.StepAt(step);
            (address, step) = (s.Tail, s.Previous);
        }

        return Log.AddressTable[address];
    }

    public Arrival ArrivalAt(int step)
    {
        int entry = lane.StepAt(step).Entry;
        int group = Log.GroupOf(entry);
        return new Arrival(Log.PositionOf(group), Log.TimeOf(group), Log.TxOf(entry));
    }

    /// <summary>Where an address crossed the degree limit, in the blocks appended; null where it did not.</summary>
    public ChainPosition? CrossingOf(int address) =>
        Rules.CrossingOf(address) is int crossing && crossing < endGroup ? Log.PositionOf(crossing) : null;

    /// <summary>How many transactions the path that ends with a step has.</summary>
    public int TransactionsOf(int step)
    {
        HashSet<(int Group, int Key)> known = [];
        int unknown = 0;
        for (; step >= 0; step = lane.StepAt(step).Previous)
        {
            LogEntry entry = Log.Entries[lane.StepAt(step).Entry];
            unknown += entry.TxKey < 0 ? 1 : 0;
            if (entry.TxKey >= 0)
            {
                known.Add((Log.GroupOf(lane.StepAt(step).Entry), entry.TxKey));
            }
        }

        return known.Count + unknown;
    }

    /// <summary>The path that ends with a step, in chain order.</summary>
    public IReadOnlyList<PathStep> PathTo(int step)
    {
        List<PathStep> path = [];
        PathOrder order = PathOrder.Proven;
        for (; step >= 0; step = lane.StepAt(step).Previous)
        {
            EvidenceStep s = lane.StepAt(step);
            // The stored order is that of this step and the one before it in the trace: reversed, the one after it on the chain.
            path.Add(Describe(s.Entry, s.Tail, s.Head, _reversed ? order : s.Order, isFirst: false));
            order = s.Order;
        }

        if (!_reversed)
        {
            path.Reverse();
        }

        return FromFirst(path);
    }

    /// <summary>A path whose first transfer leaves a seed, whatever else that address is.</summary>
    public static IReadOnlyList<PathStep> FromFirst(List<PathStep> path)
    {
        if (path.Count > 0)
        {
            path[0] = path[0] with { IsConversion = false, IsThroughOpaque = false, Evidence = path[0].Evidence == EdgeEvidence.Label ? EdgeEvidence.Fact : path[0].Evidence };
        }

        return path;
    }

    /// <summary>A CoinJoin, with what some of its payers put in and some of its payees got out.</summary>
    public CoinJoinStop DescribeCoinJoin(int entry, int[] payers, int[] payees)
    {
        int group = Log.GroupOf(entry);
        Movement movement = Log.MultiAt(Log.Entries.MultiOf(entry)).Movement;
        HashSet<Address> from = [.. payers.Select(p => Log.AddressTable[p])];
        HashSet<Address> to = [.. payees.Select(p => Log.AddressTable[p])];
        BigInteger wentIn = movement.Inputs.Where(i => i.Owner is Address owner && from.Contains(owner)).Aggregate(BigInteger.Zero, (sum, i) => sum + i.Value.ToBigInteger());
        BigInteger cameOut = movement.Outputs.Where(o => o.Owner is Address owner && to.Contains(owner)).Aggregate(BigInteger.Zero, (sum, o) => sum + o.Value.ToBigInteger());
        Asset asset = Log.Assets[Log.Entries.AssetNumbers.At(entry)];
        return new CoinJoinStop(Log.PositionOf(group), Log.TimeOf(group), Log.TxOf(entry), Rules.CoinJoinOf(entry), new AssetTotal(asset, wentIn), new AssetTotal(asset, cameOut));
    }

    /// <summary>The outputs without an address that funds of the list reached.</summary>
    public IEnumerable<EndWithoutAddress> DescribeNoAddress()
    {
        foreach (NoAddressEvent reached in NoAddress)
        {
            Movement movement = Log.MultiAt(Log.Entries.MultiOf(reached.Entry)).Movement;
            IEnumerable<OutPoint?> outputs = _reversed
                ? movement.Inputs.Where(i => i.IsWithoutAddress).Select(i => i.OutPoint)
                : movement.Outputs.Where(o => o.Owner is null && !o.Value.IsZero).Select(o => o.OutPoint);
            foreach (OutPoint? output in outputs)
            {
                yield return new EndWithoutAddress(reached.Hops, Log.PositionOf(Log.GroupOf(reached.Entry)), output);
            }
        }
    }

    /// <summary>The peel chains in the path that ends with a step.</summary>
    public IReadOnlyList<PeelChain> PeelChainsOf(int step)
    {
        List<(int Entry, int From, int To)> path = [];
        for (; step >= 0; step = lane.StepAt(step).Previous)
        {
            EvidenceStep s = lane.StepAt(step);
            path.Add(_reversed ? (s.Entry, s.Head, s.Tail) : (s.Entry, s.Tail, s.Head));
        }

        if (!_reversed)
        {
            path.Reverse();
        }

        return PeelChain.Find(Log, path);
    }

    /// <summary>The inflows of an address, in the order of the trace.</summary>
    public IReadOnlyList<Inflow> InflowsOf(int address) => [.. InflowEventsOf(address)
        .Select(e => new Inflow(Describe(e.Entry, e.Tail, e.Head, PathOrder.Proven, isFirst: true), Label.HopsOf(e.Label)))];

    public IEnumerable<InflowEvent> InflowEventsOf(int address)
    {
        _inflowsByHead ??= lane.Inflows().ToLookup(e => e.Head);
        return _inflowsByHead[address];
    }

    /// <summary>The steps of an inflow's path, the inflow itself first: entry, tail and head of each.</summary>
    public IEnumerable<(int Entry, int Tail, int Head)> Walk(InflowEvent inflow)
    {
        yield return (inflow.Entry, inflow.Tail, inflow.Head);
        for (int step = inflow.Previous; step >= 0; step = lane.StepAt(step).Previous)
        {
            yield return (lane.StepAt(step).Entry, lane.StepAt(step).Tail, lane.StepAt(step).Head);
        }
    }

    public PathStep Describe(int entry, int tail, int head, PathOrder order, bool isFirst)
    {
        (int from, int to) = _reversed ? (head, tail) : (tail, head);
        LogEntry e = Log.Entries[entry];
        int group = Log.GroupOf(entry);
        bool conversion = !isFirst && Rules.KindOf(from) == LaneRules.AddressStop.Contract;
        return new PathStep
        {
            From = Log.AddressTable[from],
            To = Log.AddressTable[to],
            Position = Log.PositionOf(group),
            Time = Log.TimeOf(group),
            Tx = Log.TxOf(entry),
            Asset = Log.Assets[e.Asset],
            Value = e.Multi < 0 ? e.Value : Array.Find(Log.MultiAt(e.Multi).Targets, t => t.Address == to).Value,
            Payers = e.Multi < 0 ? 1 : Log.MultiAt(e.Multi).Payers,
            Order = order,
            IsConversion = conversion,
            IsInternal = e.IsInternal,
            IsFromContract = Log.IsContract(from),
            IsToContract = Log.IsContract(to),
            IsThroughOpaque = !isFirst && Rules.IsOpaque(from, group),
            CoinJoin = Rules.CoinJoinOf(entry),
            BatchPayees = e.Multi < 0 ? 0 : PayoutBatches.PayeesOf(Log.MultiAt(e.Multi).Movement),
            Evidence = e.Supplied ? EdgeEvidence.Supplied : conversion ? EdgeEvidence.Label : EdgeEvidence.Fact,
        };
    }
}
