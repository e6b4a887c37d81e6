using ChainWatch.Graph;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing;

/// <summary>Which lanes share a pass.</summary>
public class LanePassesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 1)]
    [InlineData(8, 1)]
    [InlineData(9, 2)]
    [InlineData(10, 3)]
    [InlineData(11, 2)]
    [InlineData(16, 2)]
    public void Passes_OfLanesForSomeWallets_TakeUpToEight(int lanes, int passes) =>
        PassesOf(lanes, KeptEvidence.Inflows, undoable: false).ShouldBe(passes);

    [Fact]
    public void Passes_OfLanesForEverybody_AreTheirOwn() => PassesOf(5, KeptEvidence.Steps, undoable: false).ShouldBe(5);

    [Fact]
    public void Passes_OfLanesThatMayGoBack_AreTheirOwn() => PassesOf(5, KeptEvidence.Inflows, undoable: true).ShouldBe(5);

    [Fact]
    public void LaneBatch_SeveralUndoable_Throws() =>
        Should.Throw<ArgumentException>(() => new LaneBatch(Specs(2, KeptEvidence.Labels), undoable: true, ChainWatch.Tracing.Engine.VectorPath.Portable));

    private static int PassesOf(int lanes, KeptEvidence kept, bool undoable)
    {
        LaneSpec[] specs = Specs(lanes, kept);
        LanePasses passes = new(specs, undoable);
        passes.Lanes.Select(l => l.Question).ShouldBe(specs.Select(s => s.Question));
        return passes.Passes.Count;
    }

    private static LaneSpec[] Specs(int count, KeptEvidence kept)
    {
        RandomCase c = new(1);
        ChainLog log = c.Graph().Chains[0];
        LaneRules rules = new(log, c.Request(c.Lists(), Direction.Received));
        return [.. Enumerable.Range(0, count).Select(i => new LaneSpec(new LaneQuestion(rules, [i % log.AddressTable.Length], [], Reversed: false, ThroughOpaque: i % 2 == 0), kept, Interest: null))];
    }
}
