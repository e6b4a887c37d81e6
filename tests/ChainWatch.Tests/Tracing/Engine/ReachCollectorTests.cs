using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Tests.Tracing.Coins;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Engine;
using Xunit.Abstractions;

namespace ChainWatch.Tests.Tracing.Engine;

/// <summary>What the collector finds: a lane over those positions comes to the same as one over all.</summary>
public class ReachCollectorTests(ITestOutputHelper output)
{
    private readonly ReachCollector _collector = new();
    private long _groups;
    private long _collected;
    private long _mattered;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryCollect_RandomGraphs_MissesNoPositionThatMatters(bool strict)
    {
        for (int number = 0; number < CaseCount.TraceGraphs / 4; number++)
        {
            RandomCase random = new(number, strict);
            ChainLog log = random.Graph().Chains[0];
            foreach (AddressList list in random.Lists())
            {
                TraceRequest request = random.Request([list], Direction.Both) with { Window = WindowOf(number) };
                Compare(log, request, [.. list.Entries.Select(e => e.Address)], list.Name == "designated", $"case {number}, {list.Name}");
            }
        }

        Tell();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TryCollect_RandomUtxoChains_MissesNoPositionThatMatters(bool coinJoins)
    {
        for (int number = 0; number < CaseCount.CoinChains / 2; number++)
        {
            CoinCase random = new(number, coinJoins);
            Compare(random.Graph().Chains[0], random.Request, random.Seeds, designated: number % 2 == 0, $"case {number}");
        }

        Tell();
    }

    // One transfer at each position: then what is collected is exactly what matters.
    [Fact]
    public void TryCollect_OneTransferAtAPosition_CollectsNothingElse()
    {
        int limited = 0;
        for (int number = 0; number < CaseCount.TraceGraphs / 5; number++)
        {
            Random random = new(number);
            TransferGraphBuilder builder = new();
            int addresses = random.Next(3, 20);
            // Of few addresses each has so many that its place is searched for.
            int blocks = number % 4 == 0 ? 600 : 60;
            for (int block = 0; block < blocks; block++)
            {
                (Address from, Address to) = (RandomCase.AddressAt(random.Next(1, addresses)), RandomCase.AddressAt(random.Next(1, addresses)));
                builder.Add(new Transfer(new ChainPosition(RandomCase.Chain, block, 0), from, to, RandomCase.Coin, Amount.From((ulong)random.Next(5, 50))));
            }

            ChainLog log = builder.Build().Chains[0];
            AddressList list = AddressList.Of("own case", RandomCase.AddressAt(1), RandomCase.AddressAt(2));
            TraceRequest request = new()
            {
                From = [list],
                MaxHops = random.Next(1, 6),
                Stops = new StopRule { MaxDegree = random.Next(2) == 0 ? random.Next(1, 20) : null },
                MinValues = new Dictionary<Asset, Amount> { [RandomCase.Coin] = RandomCase.Minimum },
                StrictOrder = random.Next(2) == 0,
            };
            foreach ((bool reversed, bool throughOpaque) in Ways())
            {
                LaneQuestion question = QuestionOf(log, request, [RandomCase.AddressAt(1), RandomCase.AddressAt(2)], designated: false, reversed, throughOpaque);
                (int[] collected, int[] mattered) = Ask(question, $"case {number}");
                collected.ShouldBe(mattered, $"case {number}, reversed {reversed}, through opaque {throughOpaque}");

                // Every entry is looked at once at most, and the limit is one of entries.
                long relaxed = _collector.Relaxed;
                relaxed.ShouldBeLessThanOrEqualTo(log.Entries.Length);
                if (relaxed > 0)
                {
                    limited++;
                    _collector.TryCollect(question, log.Adjacency(build: true)!, relaxed - 1, out ReadOnlySpan<int> none).ShouldBeFalse();
                    none.IsEmpty.ShouldBeTrue();
                    _collector.TryCollect(question, log.Adjacency(build: true)!, relaxed, out _).ShouldBeTrue();
                }
            }
        }

        limited.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void TryCollect_AskedAgain_TakesNoMemory()
    {
        RandomCase random = new(3);
        ChainLog log = random.Graph().Chains[0];
        LaneQuestion question = QuestionOf(log, random.Request(random.Lists(), Direction.Both), random.Addresses, designated: true, reversed: false, throughOpaque: true);
        Ask(question, "before");
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            _collector.TryCollect(question, log.Adjacency(build: false)!, long.MaxValue, out _);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private void Compare(ChainLog log, TraceRequest request, IReadOnlyList<Address> seeds, bool designated, string name)
    {
        foreach ((bool reversed, bool throughOpaque) in Ways())
        {
            LaneQuestion question = QuestionOf(log, request, seeds, designated, reversed, throughOpaque);
            (int[] collected, int[] mattered) = Ask(question, $"{name}, reversed {reversed}, through opaque {throughOpaque}");
            if (mattered.Except(collected).Any() || !collected.SequenceEqual(collected.Distinct().Order()))
            {
                collected.ShouldBe(mattered, $"{name}, reversed {reversed}, through opaque {throughOpaque}");
            }

            _groups += log.Groups.Length;
            _collected += collected.Length;
            _mattered += mattered.Length;
        }
    }

    // What was collected, and what matters; a lane over the one must come to the same as a lane over all.
    private (int[] Collected, int[] Mattered) Ask(LaneQuestion question, string name)
    {
        ChainLog log = question.Rules.Log;
        _collector.TryCollect(question, log.Adjacency(build: true)!, long.MaxValue, out ReadOnlySpan<int> groups).ShouldBeTrue();
        SparseLane few = new(question, interest: null, undoable: false, groups.ToArray());
        few.Append(0, log.Groups.Length);
        SparseLane all = new(question, interest: null, undoable: false);
        all.Append(0, log.Groups.Length);
        for (int address = 0; address < log.AddressTable.Length; address++)
        {
            if (!StateOf(few, address).Equals(StateOf(all, address)))
            {
                StateOf(few, address).ShouldBe(StateOf(all, address), $"{name}, address {address}");
            }
        }

        Check(few.Inflows().SequenceEqual(all.Inflows()) && few.NoAddress.SequenceEqual(all.NoAddress), name);
        Check(few.CoinJoins.Select(c => (c.Entry, c.Tail, c.Label, string.Join(' ', c.Tails))).SequenceEqual(all.CoinJoins.Select(c => (c.Entry, c.Tail, c.Label, string.Join(' ', c.Tails)))), name);
        IEnumerable<int> entries = all.Inflows().Select(e => e.Entry).Concat(all.CoinJoins.Select(e => e.Entry)).Concat(all.NoAddress.Select(e => e.Entry));
        return (groups.ToArray(), [.. entries.Select(log.GroupOf).Distinct().Order()]);
    }

    // An address that was reached at the last hop is left by transfers that are not collected. That funds went on from it then is
    // no label, and is not told by a lane over the few.
    private static (LabelState State, bool TracedOn, EvidenceStep? Step) StateOf(SparseLane lane, int address)
    {
        LabelState state = lane.StateOf(address);
        bool isTold = !lane.Inflows().Any(e => e.Head == address && Label.HopsOf(e.Label) == lane.Question.Rules.MaxHops);
        return (state with { TracedOn = false }, isTold && state.TracedOn, state.ReachStep >= 0 ? lane.StepAt(state.ReachStep) : null);
    }

    private static LaneQuestion QuestionOf(ChainLog log, TraceRequest request, IReadOnlyList<Address> addresses, bool designated, bool reversed, bool throughOpaque)
    {
        int[] seeds = [.. addresses.Select(log.NumberOf).Where(n => n >= 0).Distinct().Order()];
        return new LaneQuestion(new LaneRules(log, request), seeds, designated ? [.. seeds] : [], reversed, throughOpaque);
    }

    private static void Check(bool holds, string name)
    {
        if (!holds)
        {
            holds.ShouldBeTrue(name);
        }
    }

    private void Tell()
    {
        output.WriteLine($"{_groups} positions, {_mattered} matter, {_collected} collected; none missing");
        _mattered.ShouldBeGreaterThan(1000);
        // Not all of them is the easy way.
        _collected.ShouldBeLessThan(_groups);
    }

    private static IEnumerable<(bool Reversed, bool ThroughOpaque)> Ways() => [(false, false), (true, false), (false, true), (true, true)];

    private static TraceWindow WindowOf(int number) => number % 5 == 0 ? TraceWindow.All with { FirstBlock = 1, LastBlock = 3 } : TraceWindow.All;
}
