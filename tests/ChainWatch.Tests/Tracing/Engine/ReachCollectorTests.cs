using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Tests.Tracing.Coins;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Engine;
using Xunit.Abstractions;

namespace ChainWatch.Tests.Tracing.Engine;

/// <summary>What the collector finds, against the positions in which a lane that takes all of them did anything.</summary>
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
        for (int number = 0; number < 2500; number++)
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
        for (int number = 0; number < 1000; number++)
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
        for (int number = 0; number < 1000; number++)
        {
            Random random = new(number);
            TransferGraphBuilder builder = new();
            int addresses = random.Next(3, 20);
            for (int block = 0; block < 60; block++)
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
                (int[] collected, int[] mattered, ReachQuestion question, int[] seeds) = Ask(log, request, [RandomCase.AddressAt(1), RandomCase.AddressAt(2)], designated: false, reversed, throughOpaque);
                collected.ShouldBe(mattered, $"case {number}, reversed {reversed}, through opaque {throughOpaque}");

                // Every entry is looked at once at most, and the limit is one of entries.
                long relaxed = _collector.Relaxed;
                relaxed.ShouldBeLessThanOrEqualTo(log.Entries.Length);
                if (relaxed > 0)
                {
                    limited++;
                    _collector.TryCollect(question with { RelaxedMax = relaxed - 1 }, seeds, out ReadOnlySpan<int> none).ShouldBeFalse();
                    none.IsEmpty.ShouldBeTrue();
                    _collector.TryCollect(question with { RelaxedMax = relaxed }, seeds, out _).ShouldBeTrue();
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
        (_, _, ReachQuestion question, int[] seeds) = Ask(log, random.Request(random.Lists(), Direction.Both), random.Addresses, designated: true, reversed: false, throughOpaque: true);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            _collector.TryCollect(question, seeds, out _);
        }

        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    private void Compare(ChainLog log, TraceRequest request, IReadOnlyList<Address> seeds, bool designated, string name)
    {
        foreach ((bool reversed, bool throughOpaque) in Ways())
        {
            (int[] collected, int[] mattered, _, _) = Ask(log, request, seeds, designated, reversed, throughOpaque);
            if (mattered.Except(collected).Any() || !collected.SequenceEqual(collected.Distinct().Order()))
            {
                collected.ShouldBe(mattered, $"{name}, reversed {reversed}, through opaque {throughOpaque}");
            }

            _groups += log.Groups.Length;
            _collected += collected.Length;
            _mattered += mattered.Length;
        }
    }

    private (int[] Collected, int[] Mattered, ReachQuestion Question, int[] Seeds) Ask(ChainLog log, TraceRequest request, IReadOnlyList<Address> addresses, bool designated, bool reversed, bool throughOpaque)
    {
        LaneRules rules = new(log, request, request.Stops.Labels());
        int[] seeds = [.. addresses.Select(log.NumberOf).Where(n => n >= 0).Order()];
        HashSet<int> designatedSeeds = designated ? [.. seeds] : [];
        ReachQuestion question = new()
        {
            Rules = rules,
            Index = log.Adjacency(build: true)!,
            Reversed = reversed,
            ThroughOpaque = throughOpaque,
            DesignatedSeeds = designatedSeeds,
        };
        _collector.TryCollect(question, seeds, out ReadOnlySpan<int> groups).ShouldBeTrue();
        int[] collected = groups.ToArray();

        Lane lane = new(rules, seeds, designatedSeeds, interest: null, reversed, throughOpaque, undoable: false);
        for (int i = 0; i < log.Blocks.Count; i++)
        {
            lane.Append(reversed ? log.Blocks.Count - 1 - i : i);
        }

        IEnumerable<int> entries = lane.Steps.ToArray().Select(s => s.Entry)
            .Concat(lane.Inflows.ToArray().Select(e => e.Entry))
            .Concat(lane.CoinJoins.ToArray().Select(e => e.Entry))
            .Concat(lane.NoAddress.ToArray().Select(e => e.Entry));
        return (collected, [.. entries.Select(log.GroupOf).Distinct().Order()], question, seeds);
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
