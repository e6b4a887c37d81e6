using ChainWatch.Graph;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing.Plain;

/// <summary>The answer of the plain tracer to a lane's question, and its comparison with what an engine wrote down.</summary>
internal sealed class PlainTwin
{
    private readonly PlainLane _lane;

    public PlainTwin(ChainLog log, TraceRequest request, LaneQuestion question)
    {
        PlainRules rules = new(log, request, request.Stops.Labels());
        _lane = new PlainLane(rules, question.Seeds, question.Designated, interest: null, question.Reversed, question.ThroughOpaque);
        for (int i = 0; i < log.BlockTable.Length; i++)
        {
            _lane.Append(question.Reversed ? log.BlockTable.Length - 1 - i : i);
        }
    }

    /// <summary>How many addresses are reached.</summary>
    public int ReachedCount => _lane.States.ToArray().Count(s => s.Reach != Label.Unreached);

    /// <summary>Everything that an answer can be made of must be the same.</summary>
    public void ShouldBe(ILaneRecord record, string where)
    {
        int maxHops = _lane.Rules.MaxHops;
        HashSet<int> reached = [.. record.Reached()];
        for (int address = 0; address < _lane.States.Length; address++)
        {
            LabelState expected = _lane.States[address];
            bool isReached = expected.Reach != Label.Unreached;
            reached.Contains(address).ShouldBe(isReached, $"{where}: address {address}");
            if (!isReached)
            {
                continue;
            }

            record.IsReached(address).ShouldBeTrue();
            LabelState found = record.StateOf(address);
            found.Reach.ShouldBe(expected.Reach, $"{where}: address {address}");
            record.HopsOf(address).ShouldBe(Label.HopsOf(expected.Reach));
            Walk(record.StepAt, found.ReachStep).ShouldBe(Walk(s => _lane.Steps[s], expected.ReachStep), $"{where}: path to {address}");
            Walk(record.StepAt, found.ArrivalStep).ShouldBe(Walk(s => _lane.Steps[s], expected.ArrivalStep), $"{where}: arrival at {address}");
            found.IntoCoinJoin.ShouldBe(expected.IntoCoinJoin, $"{where}: address {address}");
            if (Label.HopsOf(expected.Reach) < maxHops && !Label.IsDust(expected.Reach) && _lane.Rules.CrossingOf(address) == int.MaxValue)
            {
                // Of others nothing is said by it: their stop reason is another.
                record.IsTracedOn(address).ShouldBe(expected.TracedOn, $"{where}: address {address} traced on");
            }
        }

        record.CoinJoins.Select(c => $"{c.Entry} {c.Tail} {c.Label} {string.Join(' ', c.Tails)}")
            .ShouldBe(_lane.CoinJoins.ToArray().Select(c => $"{c.Entry} {c.Tail} {c.Label} {string.Join(' ', c.Tails)}"), where);
        record.NoAddress.ShouldBe(_lane.NoAddress.ToArray(), where);
    }

    /// <summary>The inflows of some addresses must be the same, in the same order.</summary>
    public void InflowsShouldBe(ILaneRecord record, HashSet<int>? interest, string where) =>
        record.Inflows().Where(i => interest?.Contains(i.Head) != false).Select(i => Describe(record.StepAt, i))
            .ShouldBe(_lane.Inflows.ToArray().Where(i => interest?.Contains(i.Head) != false).Select(i => Describe(s => _lane.Steps[s], i)), where);

    private static string Describe(Func<int, EvidenceStep> stepAt, InflowEvent inflow) =>
        $"{inflow.Entry} {inflow.Tail} {inflow.Head} {inflow.Label} after {Walk(stepAt, inflow.Previous)}";

    private static string Walk(Func<int, EvidenceStep> stepAt, int step)
    {
        List<string> path = [];
        while (step >= 0)
        {
            EvidenceStep found = stepAt(step);
            path.Add($"{found.Entry}:{found.Tail}>{found.Head}/{found.Order}");
            step = found.Previous;
        }

        return string.Join(' ', path);
    }
}
