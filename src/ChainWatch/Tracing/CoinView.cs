using ChainWatch.Graph;
using ChainWatch.Heuristics;

namespace ChainWatch.Tracing;

/// <summary>A lane of coins as it was at one moment, for reading.</summary>
internal sealed class CoinView
{
    private readonly Dictionary<int, CoinLabel> _addresses;
    private readonly CoinStep[] _steps;
    private readonly ChainLog _log;
    private readonly LaneRules _rules;
    private readonly bool _reversed;

    public CoinView(CoinLane lane)
    {
        _addresses = new Dictionary<int, CoinLabel>(lane.Addresses);
        _steps = [.. lane.Steps];
        (_rules, _log, _reversed) = (lane.Rules, lane.Rules.Log, lane.Reversed);
    }

    /// <summary>How near an address is by coin; null where no coin reaches it.</summary>
    public CoinExposure? Find(int address)
    {
        if (!_addresses.TryGetValue(address, out CoinLabel label))
        {
            return null;
        }

        List<CoinStep> steps = [];
        for (int step = label.Step; step >= 0; step = _steps[step].Previous)
        {
            steps.Add(_steps[step]);
        }

        Address seed = _log.AddressTable[steps[^1].Tail];
        if (!_reversed)
        {
            steps.Reverse();
        }

        int last = _steps[label.Step].Entry;
        int group = _log.GroupOf(last);
        return new CoinExposure
        {
            Hops = label.Hops,
            Seed = seed,
            Arrival = new Arrival(_log.PositionOf(group), _log.TimeOf(group), _log.TxOf(last)),
            Path = [.. steps.Select(Describe)],
            PeelChains = PeelChain.Find(_log, [.. steps.Select(s => _reversed ? (s.Entry, s.Head, s.Tail) : (s.Entry, s.Tail, s.Head))]),
        };
    }

    private PathStep Describe(CoinStep step)
    {
        (int from, int to) = _reversed ? (step.Head, step.Tail) : (step.Tail, step.Head);
        LogEntry entry = _log.Entries[step.Entry];
        MultiMovement multi = _log.MultiAt(entry.Multi);
        int group = _log.GroupOf(step.Entry);
        MovementOutput output = multi.Movement.Outputs[step.Output];
        return new PathStep
        {
            From = _log.AddressTable[from],
            To = _log.AddressTable[to],
            Position = _log.PositionOf(group),
            Time = _log.TimeOf(group),
            Tx = _log.TxOf(step.Entry),
            Asset = _log.Assets[entry.Asset],
            Value = output.Value,
            Payers = multi.Payers,
            CoinJoin = _rules.CoinJoinOf(step.Entry),
            BatchPayees = PayoutBatches.PayeesOf(multi.Movement),
            OutPoint = output.OutPoint,
            Evidence = entry.Supplied ? EdgeEvidence.Supplied : EdgeEvidence.Fact,
        };
    }
}
