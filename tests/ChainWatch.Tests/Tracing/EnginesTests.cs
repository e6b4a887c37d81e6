using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Tests.Tracing.Plain;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Engine;
using Xunit.Abstractions;

namespace ChainWatch.Tests.Tracing;

/// <summary>Every engine against the plain tracer: labels, paths, arrivals, inflows, stops, for everybody and for some.</summary>
public class EnginesTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(8, 300)]
    [InlineData(30, 20)]
    public void AllEngines_RandomGraphs_AnswerAsThePlainTracer(int scale, int cases)
    {
        long reached = 0;
        for (int number = 0; number < cases; number++)
        {
            RandomCase c = new(number, strict: number % 5 == 0, scale);
            ChainLog log = c.Graph().Chains[0];
            IReadOnlyList<AddressList> lists = c.Lists();
            AddressList list = lists[number % 2];
            Direction direction = number % 3 == 0 ? Direction.Sent : Direction.Received;
            TraceRequest request = c.Request(lists, direction);
            LaneRules rules = new(log, request);
            int[] seeds = [.. list.Entries.Select(e => log.NumberOf(e.Address)).Where(n => n >= 0).Order()];
            LaneQuestion question = new(rules, seeds, list.Name == "designated" ? [.. seeds] : [], direction == Direction.Sent, ThroughOpaque: number % 4 == 0);
            PlainTwin twin = new(log, request, question);
            reached += twin.ReachedCount;
            HashSet<int> some = [.. Enumerable.Range(0, log.AddressTable.Length).Where(a => (a + number) % 3 == 0)];
            foreach ((string name, Lane lane, HashSet<int>? interest) in Lanes(question, some))
            {
                Append(lane, log, number);
                twin.ShouldBe(lane, $"case {number}, {name}");
                twin.InflowsShouldBe(lane, interest, $"case {number}, {name}, inflows");
            }
        }

        output.WriteLine($"{cases} graphs of scale {scale}, {reached} reached addresses, paths {string.Join(", ", Paths)}; 0 mismatches");
        reached.ShouldBeGreaterThan(cases);
    }

    private static IEnumerable<VectorPath> Paths => Enum.GetValues<VectorPath>().Where(VectorPaths.IsSupported);

    private static List<(string Name, Lane Lane, HashSet<int>? Interest)> Lanes(LaneQuestion question, HashSet<int> some)
    {
        List<(string Name, Lane Lane, HashSet<int>? Interest)> lanes = [];
        lanes.Add(("plain", new SparseLane(question, interest: null, undoable: false), null));
        new ReachCollector().TryCollect(question, question.Rules.Log.Adjacency(build: true)!, long.MaxValue, out ReadOnlySpan<int> groups).ShouldBeTrue();
        lanes.Add(("index", new SparseLane(question, interest: null, undoable: false, groups.ToArray()), null));
        foreach (VectorPath path in Paths)
        {
            lanes.Add(($"one-pass with inflows, {path}", new DenseLane(question, KeptEvidence.Inflows, some, undoable: false, path), some));
            lanes.Add(($"one-pass with steps, {path}", new DenseLane(question, KeptEvidence.Steps, interest: null, undoable: true, path), null));
            lanes.Add(($"one-pass with labels, {path}", new DenseLane(question, KeptEvidence.Labels, some, undoable: false, path), some));
        }

        return lanes;
    }

    // At once, or in two pieces.
    private static void Append(Lane lane, ChainLog log, int number)
    {
        int groups = log.Groups.Length;
        int cut = number % (groups + 1);
        if (lane.Question.Reversed)
        {
            lane.Append(cut, groups);
            lane.Append(0, cut);
        }
        else
        {
            lane.Append(0, cut);
            lane.Append(cut, groups);
        }
    }
}
