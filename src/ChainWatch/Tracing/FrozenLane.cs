namespace ChainWatch.Tracing;

/// <summary>A lane as it was at one moment: a copy, for lanes that go on or go back.</summary>
internal sealed class FrozenLane : ILaneRecord
{
    private readonly int[] _reached;
    private readonly Dictionary<int, LabelState> _states = [];
    private readonly Dictionary<int, EvidenceStep> _steps = [];
    private readonly InflowEvent[] _inflows;

    public FrozenLane(Lane lane)
    {
        Question = lane.Question;
        CoinJoins = [.. lane.CoinJoins];
        NoAddress = [.. lane.NoAddress];
        _reached = [.. lane.Reached()];
        _inflows = [.. lane.Inflows()];
        foreach (int address in _reached)
        {
            LabelState state = lane.StateOf(address) with { TracedOn = lane.IsTracedOn(address) };
            _states[address] = state;
            Copy(lane, state.ReachStep);
            Copy(lane, state.ArrivalStep);
        }

        foreach (InflowEvent inflow in _inflows)
        {
            Copy(lane, inflow.Previous);
        }
    }

    public LaneQuestion Question { get; }

    public IReadOnlyList<CoinJoinEvent> CoinJoins { get; }

    public IReadOnlyList<NoAddressEvent> NoAddress { get; }

    public bool IsReached(int address) => _states.ContainsKey(address);

    public IEnumerable<int> Reached() => _reached;

    public long CountBeyond(ILaneRecord nearer) => _reached.LongCount(a => !nearer.IsReached(a));

    public int HopsOf(int address) => Label.HopsOf(StateOf(address).Reach);

    public LabelState StateOf(int address) => _states.TryGetValue(address, out LabelState state) ? state : LabelState.Start;

    public bool IsTracedOn(int address) => StateOf(address).TracedOn;

    public EvidenceStep StepAt(int step) => _steps[step];

    public IEnumerable<InflowEvent> Inflows() => _inflows;

    private void Copy(Lane lane, int step)
    {
        while (step >= 0 && !_steps.ContainsKey(step))
        {
            EvidenceStep found = lane.StepAt(step);
            _steps[step] = found;
            step = found.Previous;
        }
    }
}
