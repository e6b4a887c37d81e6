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
    [InlineData(1, null)]
    [InlineData(8, 300)]
    [InlineData(30, 20)]
    public void AllEngines_RandomGraphs_AnswerAsThePlainTracer(int scale, int? fixedCases)
    {
        int cases = fixedCases ?? CaseCount.TraceGraphs;
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
            foreach ((string name, IPass pass, Lane lane, HashSet<int>? interest) in Lanes(question, some))
            {
                Append(pass, log, direction == Direction.Sent, number);
                twin.ShouldBe(lane, $"case {number}, {name}");
                twin.InflowsShouldBe(lane, interest, $"case {number}, {name}, inflows");
            }
        }

        output.WriteLine($"{cases} graphs of scale {scale}, {reached} reached addresses, paths {string.Join(", ", Paths)}; 0 mismatches");
        reached.ShouldBeGreaterThan(cases);
    }

    [Theory]
    [InlineData(1, 300)]
    [InlineData(8, 21)]
    [InlineData(30, 7)]
    public void LanesThatShareAPass_RandomGraphs_AnswerEachAsThePlainTracer(int scale, int cases)
    {
        long lanes = 0;
        for (int number = 0; number < cases; number++)
        {
            RandomCase c = new(number, strict: number % 5 == 0, scale);
            ChainLog log = c.Graph().Chains[0];
            Direction direction = number % 3 == 0 ? Direction.Sent : Direction.Received;
            TraceRequest request = c.Request(c.Lists(), direction);
            LaneSpec[] specs = Specs(new LaneRules(log, request), direction == Direction.Sent, number);
            PlainTwin[] twins = [.. specs.Select(s => new PlainTwin(log, request, s.Question))];
            foreach (VectorPath path in Paths)
            {
                LaneBatch batch = new(specs, undoable: false, path);
                Append(batch, log, direction == Direction.Sent, number);
                for (int i = 0; i < specs.Length; i++)
                {
                    Lane lane = batch.Lanes[i];
                    string name = $"case {number}, lane {i} of {specs.Length}, {path}";
                    lane.CountBeyond(batch.Lanes[0]).ShouldBe(lane.Reached().Except(batch.Lanes[0].Reached()).Count(), name);
                    twins[i].ShouldBe(lane, name);
                    twins[i].InflowsShouldBe(lane, specs[i].Interest, name);
                }
            }

            lanes += specs.Length;
        }

        output.WriteLine($"{cases} graphs of scale {scale}, {lanes} lanes in passes of 2 to 8, paths {string.Join(", ", Paths)}; 0 mismatches");
        lanes.ShouldBeGreaterThan(4 * cases);
    }

    private static IEnumerable<VectorPath> Paths => Enum.GetValues<VectorPath>().Where(VectorPaths.IsSupported);

    // Two to eight lanes: of one or two seeds, all, some or none of them designated, through opaque stops or not.
    private static LaneSpec[] Specs(LaneRules rules, bool reversed, int number)
    {
        Random random = new(number);
        int addresses = rules.Log.AddressTable.Length;
        return [.. Enumerable.Range(0, 2 + (number % 7)).Select(_ =>
        {
            int[] seeds = [.. Enumerable.Range(0, random.Next(1, 3)).Select(_ => random.Next(addresses)).Distinct().Order()];
            HashSet<int> designated = [.. seeds.Where(_ => random.Next(2) == 0)];
            HashSet<int>? interest = random.Next(3) == 0 ? null : [.. Enumerable.Range(0, addresses).Where(_ => random.Next(3) == 0)];
            return new LaneSpec(new LaneQuestion(rules, seeds, designated, reversed, ThroughOpaque: random.Next(2) == 0), KeptEvidence.Inflows, interest);
        })];
    }

    private static List<(string Name, IPass Pass, Lane Lane, HashSet<int>? Interest)> Lanes(LaneQuestion question, HashSet<int> some)
    {
        List<(string Name, IPass Pass, Lane Lane, HashSet<int>? Interest)> lanes = [];
        SparseLane plain = new(question, interest: null, undoable: false);
        lanes.Add(("plain", plain, plain, null));
        new ReachCollector().TryCollect(question, question.Rules.Log.Adjacency(build: true)!, long.MaxValue, out ReadOnlySpan<int> groups).ShouldBeTrue();
        SparseLane index = new(question, interest: null, undoable: false, groups.ToArray());
        lanes.Add(("index", index, index, null));
        foreach (VectorPath path in Paths)
        {
            Add("inflows", new LaneSpec(question, KeptEvidence.Inflows, some), undoable: false, path);
            Add("steps", new LaneSpec(question, KeptEvidence.Steps, Interest: null), undoable: true, path);
            Add("labels", new LaneSpec(question, KeptEvidence.Labels, some), undoable: false, path);
        }

        return lanes;

        void Add(string name, LaneSpec spec, bool undoable, VectorPath path)
        {
            LaneBatch alone = new([spec], undoable, path);
            lanes.Add(($"one-pass with {name}, {path}", alone, alone.Lanes[0], spec.Interest));
        }
    }

    // At once, or in two pieces.
    private static void Append(IPass pass, ChainLog log, bool reversed, int number)
    {
        int groups = log.Groups.Length;
        int cut = number % (groups + 1);
        if (reversed)
        {
            pass.Append(cut, groups);
            pass.Append(0, cut);
        }
        else
        {
            pass.Append(0, cut);
            pass.Append(cut, groups);
        }
    }
}
