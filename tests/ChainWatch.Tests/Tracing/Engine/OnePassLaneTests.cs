using ChainWatch.Graph.Storage;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tests.Tracing.Engine;

public class OnePassLaneTests
{
    public static TheoryData<int> Paths => [.. Enum.GetValues<VectorPath>().Where(VectorPaths.IsSupported).Select(path => (int)path)];

    [Theory]
    [MemberData(nameof(Paths))]
    public void Append_RandomGraphs_TheSameAsTheSlowTwin(int path)
    {
        for (int number = 0; number < 4000; number++)
        {
            Random random = new(number);
            RandomTransfers transfers = new(random);
            Compare(random, transfers, transfers.Settings(random, (VectorPath)path), $"case {number}");
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Append_LongGraphsByTwoThreads_TheSameAsTheSlowTwin(int path)
    {
        for (int number = 0; number < 40; number++)
        {
            Random random = new(number);
            RandomTransfers transfers = RandomTransfers.Long(random);
            Compare(random, transfers, transfers.Settings(random, (VectorPath)path), $"case {number}");
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Append_ManySteps_CrossChunks(int path)
    {
        // One long chain, and many addresses paid by a seed: more steps than a chunk holds, in batches full of steps.
        const int count = 20_000;
        PinnedArray<uint> source = PinnedArray<uint>.Filled(count, 0);
        PinnedArray<uint> target = new(count);
        for (int i = 0; i < count; i++)
        {
            target.Span[i] = (uint)(i + 1);
            source.Span[i] = i % 3 == 0 && i > 0 ? (uint)i : 0;
        }

        OnePassLane lane = new(new LaneSettings { Addresses = count + 1, MaxHops = 3, KeepsSteps = true, Path = (VectorPath)path }, [0]);
        unsafe
        {
            lane.Append(new TransferColumns(source.Pointer, target.Pointer, count), 0, count);
        }

        lane.Evidence.Steps.Count.ShouldBe(count);
        for (uint i = 0; i < count; i++)
        {
            lane.StepOf(i + 1).ShouldBe(i + 1);
            lane.Evidence.StepAt(i + 1).ShouldBe(new TraceStep(i, source.Span[(int)i]));
        }
    }

    [Fact]
    public void EnsureAddresses_MoreAddresses_NotReachedSoFar()
    {
        OnePassLane lane = new(new LaneSettings { Addresses = 2, MaxHops = 2, KeepsSteps = true, Interest = new InterestSet([1], 2) }, [0]);
        lane.EnsureAddresses(100);
        uint[] source = [0];
        uint[] target = [90];
        unsafe
        {
            fixed (uint* s = source, t = target)
            {
                lane.Append(new TransferColumns(s, t, 1), 0, 1);
            }
        }

        LabelByte.HopsOf(lane.Labels[90]).ShouldBe(1);
        LabelByte.IsReached(lane.Labels[89]).ShouldBeFalse();
        lane.StepOf(90).ShouldBe(1u);
    }

    [Fact]
    public void Offer_BetterOrder_KeepsTheArrival()
    {
        OnePassLane lane = new(new LaneSettings { Addresses = 3, MaxHops = 2, KeepsSteps = true }, [0]);
        uint assumed = lane.Evidence.Add(new TraceStep(7, 0), 0, 2, PathOrder.Assumed);
        lane.Offer(2, (1 * LabelByte.OneHop) + (int)PathOrder.Assumed, assumed).ShouldBeTrue();
        uint proven = lane.Evidence.Add(new TraceStep(8, 0), 0, 2, PathOrder.Proven);
        lane.Offer(2, 1 * LabelByte.OneHop, proven).ShouldBeTrue();

        lane.StepOf(2).ShouldBe(proven);
        lane.ArrivalOf(2).ShouldBe(assumed);
        lane.Evidence.TryGetAdded(assumed, out AddedStep added).ShouldBeTrue();
        added.ShouldBe(new AddedStep(assumed, 0, 2, PathOrder.Assumed));
        lane.Offer(2, 1 * LabelByte.OneHop, proven).ShouldBeFalse();
    }

    [Fact]
    public void Append_RangeOutsideTheColumns_Throws()
    {
        OnePassLane lane = new(new LaneSettings { Addresses = 2, MaxHops = 2 }, [0]);
        Should.Throw<ArgumentOutOfRangeException>(() => lane.Append(default, 0, 1));
    }

    [Fact]
    public void MoreHopsThanAByteHolds_Throws() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new OnePassLane(new LaneSettings { Addresses = 2, MaxHops = 31 }, [0]));

    [Fact]
    public void Mark_WithoutUndoRecords_Throws() =>
        Should.Throw<InvalidOperationException>(() => new OnePassLane(new LaneSettings { Addresses = 2, MaxHops = 1 }, [0]).Mark());

    private static void Compare(Random random, RandomTransfers transfers, LaneSettings settings, string name)
    {
        uint[] seeds = transfers.Some(random, transfers.SeedsMax);
        HashSet<uint> interest = settings.Interest is null ? [] : [.. Enumerable.Range(0, transfers.Addresses).Select(a => (uint)a).Where(settings.Interest.Contains)];
        OnePassLane lane = new(settings, seeds);
        SlowLane slow = new(transfers.Addresses, settings.MaxHops, settings.Reversed, seeds, interest);
        Stack<(LaneMark Mark, SlowLane Slow)> marks = [];
        int left = transfers.Count;
        using ScoutedRange? scouted = lane.Scout(transfers.Columns(settings.Reversed), 0, transfers.Count);
        do
        {
            if (Disturb(random, transfers, settings, lane, slow))
            {
                scouted?.Distrust();
            }

            if (settings.KeepsUndo && random.Next(transfers.IsLong ? 200 : 2) == 0)
            {
                marks.Push((lane.Mark(), slow.Copy()));
            }

            // The next range in the direction of the pass: of any length, often ragged.
            int length = random.Next(0, Math.Min(left, transfers.IsLong ? 1 << random.Next(4, 17) : left) + 1);
            int from = settings.Reversed ? left - length : transfers.Count - left;
            lane.Append(transfers.Columns(settings.Reversed), from, from + length, scouted);
            slow.Append(transfers.Source, transfers.Target, transfers.Followed, from, from + length);
            left -= length;
            if (!transfers.IsLong || left == 0 || random.Next(100) == 0)
            {
                Same(lane, slow, settings, name);
            }
        }
        while (left > 0 && random.Next(transfers.IsLong ? 200 : 8) != 0);

        scouted?.Dispose();

        while (marks.TryPop(out (LaneMark Mark, SlowLane Slow) mark))
        {
            lane.RollBack(mark.Mark);
            Same(lane, mark.Slow, settings, name + " rolled back");
        }
    }

    // What a caller does between ranges: stops come and go, positions that are no plain transfers bring labels of any order.
    private static bool Disturb(Random random, RandomTransfers transfers, LaneSettings settings, OnePassLane lane, SlowLane slow)
    {
        // Stops that begin are all that a scout need not be told.
        bool onlyStops = transfers.IsLong && random.Next(32) != 0;
        for (int i = random.Next(4); i > 0; i--)
        {
            uint address = (uint)random.Next(transfers.Addresses);
            bool notLeft = onlyStops || random.Next(2) == 0;
            lane.SetNotLeft(address, notLeft);
            slow.SetNotLeft(address, notLeft);
        }

        if (!onlyStops && settings.MaxHops > 0 && random.Next(3) == 0)
        {
            uint address = (uint)random.Next(transfers.Addresses);
            int order = random.Next(3);
            byte label = (byte)((random.Next(1, settings.MaxHops + 1) * 4) + order);
            uint step = settings.KeepsSteps ? lane.Evidence.Add(new TraceStep(5, 0), 0, address, (PathOrder)order) : 0;
            lane.Offer(address, label, step);
            slow.Offer(address, label, 5, 0);
        }

        return !onlyStops;
    }

    private static void Same(OnePassLane lane, SlowLane slow, LaneSettings settings, string name)
    {
        lane.Labels.SequenceEqual(slow.Labels).ShouldBeTrue(name);
        lane.Evidence.Inflows.Count.ShouldBe(slow.Inflows.Count, name);
        for (int i = 0; i < slow.Inflows.Count; i++)
        {
            (uint transfer, uint previous, byte label) = slow.Inflows[i];
            Check(lane.Evidence.Inflows[i] == new InflowRecord(transfer, settings.KeepsSteps ? previous : 0, label), name);
        }

        if (!settings.KeepsSteps)
        {
            return;
        }

        lane.Evidence.Steps.Count.ShouldBe(slow.Steps.Count, name);
        for (int i = 0; i < slow.Steps.Count; i++)
        {
            Check(lane.Evidence.Steps[i] == new TraceStep(slow.Steps[i].Transfer, slow.Steps[i].Previous), name);
        }

        for (uint address = 0; address < slow.Labels.Length; address++)
        {
            Check(lane.StepOf(address) == slow.StepOf[address] && lane.ArrivalOf(address) == slow.ArrivalOf[address], name);
        }
    }

    // Millions of times: Shouldly only for those that fail.
    private static void Check(bool same, string name)
    {
        if (!same)
        {
            same.ShouldBeTrue(name);
        }
    }
}
