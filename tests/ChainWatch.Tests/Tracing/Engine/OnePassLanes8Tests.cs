using ChainWatch.Graph.Storage;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tests.Tracing.Engine;

public class OnePassLanes8Tests
{
    public static TheoryData<int> Paths => OnePassLaneTests.Paths;

    [Theory]
    [MemberData(nameof(Paths))]
    public void Append_RandomGraphs_EveryListTheSameAsItsSlowTwin(int path)
    {
        for (int number = 0; number < 1500; number++)
        {
            Random random = new(number);
            RandomTransfers transfers = new(random);
            Compare(random, transfers, transfers.Settings(random, (VectorPath)path), $"case {number}");
        }
    }

    [Theory]
    [MemberData(nameof(Paths))]
    public void Append_LongGraphsByTwoThreads_EveryListTheSameAsItsSlowTwin(int path)
    {
        for (int number = 0; number < 20; number++)
        {
            Random random = new(number);
            RandomTransfers transfers = RandomTransfers.Long(random);
            Compare(random, transfers, transfers.Settings(random, (VectorPath)path), $"case {number}");
        }
    }

    [Fact]
    public void EightLabels_EveryPairOfBytes_AsTheRulesSay()
    {
        for (int limit = 0; limit <= 120; limit += 4)
        {
            ulong gap = EightLabels.GapOf((byte)limit);
            for (int tail = 0; tail < 256; tail++)
            {
                for (int head = 0; head < 256; head++)
                {
                    // The neighbours are extremes, to find borrows and carries.
                    ulong tails = EightLabels.With((tail & 1) == 0 ? ulong.MaxValue : 0, 3, (byte)tail);
                    ulong heads = EightLabels.With((head & 1) == 0 ? ulong.MaxValue : 0, 3, (byte)head);
                    ulong leaving = EightLabels.Leaving(tails, gap);
                    ulong improving = EightLabels.Improving(tails, heads, leaving);
                    bool leaves = tail < limit;
                    bool improves = leaves && tail + 4 < (head & 0x7f);
                    byte expected = improves ? (byte)((head & 0x80) | (tail + 4)) : (byte)head;
                    if (leaves != (EightLabels.At(leaving, 3) == 0x80) || improves != (EightLabels.At(improving, 3) == 0x80)
                        || EightLabels.At(EightLabels.Improved(tails, heads, improving), 3) != expected)
                    {
                        Assert.Fail($"limit {limit}, tail {tail}, head {head}");
                    }
                }
            }
        }
    }

    [Fact]
    public void NineLists_Throws() =>
        Should.Throw<ArgumentOutOfRangeException>(() => new OnePassLanes8(new LaneSettings { Addresses = 2, MaxHops = 1 }, [.. Enumerable.Repeat<IEnumerable<uint>>([0], 9)]));

    private static void Compare(Random random, RandomTransfers transfers, LaneSettings settings, string name)
    {
        uint[][] seeds = [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => transfers.Some(random, transfers.SeedsMax))];
        HashSet<uint> interest = settings.Interest is null ? [] : [.. Enumerable.Range(0, transfers.Addresses).Select(a => (uint)a).Where(settings.Interest.Contains)];
        OnePassLanes8 lanes = new(settings, seeds);
        SlowLane[] slow = [.. seeds.Select(s => new SlowLane(transfers.Addresses, settings.MaxHops, settings.Reversed, s, interest))];
        Stack<(LanesMark Mark, SlowLane[] Slow)> marks = [];
        int left = transfers.Count;
        using ScoutedRange? scouted = lanes.Scout(transfers.Columns(settings.Reversed), 0, transfers.Count);
        do
        {
            if (Disturb(random, transfers, settings, lanes, slow))
            {
                scouted?.Distrust();
            }

            if (settings.KeepsUndo && random.Next(transfers.IsLong ? 200 : 2) == 0)
            {
                marks.Push((lanes.Mark(), [.. slow.Select(s => s.Copy())]));
            }

            int length = random.Next(0, Math.Min(left, transfers.IsLong ? 1 << random.Next(4, 17) : left) + 1);
            int from = settings.Reversed ? left - length : transfers.Count - left;
            lanes.Append(transfers.Columns(settings.Reversed), from, from + length, scouted);
            foreach (SlowLane list in slow)
            {
                list.Append(transfers.Source, transfers.Target, transfers.Followed, from, from + length);
            }

            left -= length;
            if (!transfers.IsLong || left == 0 || random.Next(100) == 0)
            {
                Same(lanes, slow, settings, name);
            }
        }
        while (left > 0 && random.Next(transfers.IsLong ? 200 : 8) != 0);

        scouted?.Dispose();

        while (marks.TryPop(out (LanesMark Mark, SlowLane[] Slow) mark))
        {
            lanes.RollBack(mark.Mark);
            Same(lanes, mark.Slow, settings, name + " rolled back");
        }
    }

    private static bool Disturb(Random random, RandomTransfers transfers, LaneSettings settings, OnePassLanes8 lanes, SlowLane[] slow)
    {
        // Stops that begin are all that a scout need not be told.
        bool onlyStops = transfers.IsLong && random.Next(32) != 0;
        for (int list = 0; list < slow.Length; list++)
        {
            uint address = (uint)random.Next(transfers.Addresses);
            if (random.Next(2) == 0)
            {
                bool notLeft = onlyStops || random.Next(2) == 0;
                lanes.SetNotLeft(address, list, notLeft);
                slow[list].SetNotLeft(address, notLeft);
            }

            if (!onlyStops && random.Next(8) == 0)
            {
                lanes.Reopen(address, list);
                slow[list].Reopen(address);
            }

            if (!onlyStops && settings.MaxHops > 0 && random.Next(6) == 0)
            {
                int order = random.Next(3);
                byte label = (byte)((random.Next(1, settings.MaxHops + 1) * 4) + order);
                uint step = settings.KeepsSteps ? lanes.EvidenceOf(list).Add(new TraceStep(5, 0), 0, address, (PathOrder)order) : 0;
                lanes.Offer(address, list, label, step);
                slow[list].Offer(address, label, 5, 0);
            }
        }

        return !onlyStops;
    }

    private static void Same(OnePassLanes8 lanes, SlowLane[] slow, LaneSettings settings, string name)
    {
        for (int list = 0; list < slow.Length; list++)
        {
            Check(Enumerable.Range(0, lanes.Addresses).All(a => lanes.LabelOf((uint)a, list) == slow[list].Labels[a]), name);
            OneOfEight one = new(lanes, list);
            BitRow reached = one.Reached();
            LabelColumn column = one.Column;
            Check(Enumerable.Range(0, lanes.Addresses).All(a => column[a] == slow[list].Labels[a] && reached[a] == ((column[a] & 0x7f) != 0x7f)), name);
            Check(Enumerable.Range(0, lanes.Addresses).All(a => (lanes.Leaving((uint)a) >> (8 * list) & 0xff) == (slow[list].Labels[a] < 0x7f ? 0x80UL : 0)), name);
            RecordLog<InflowRecord> inflows = lanes.EvidenceOf(list).Inflows;
            Check(inflows.Count == slow[list].Inflows.Count, name);
            for (int i = 0; i < inflows.Count; i++)
            {
                (uint transfer, uint previous, byte label) = slow[list].Inflows[i];
                Check(inflows[i] == new InflowRecord(transfer, settings.KeepsSteps ? previous : 0, label), name);
            }

            if (!settings.KeepsSteps)
            {
                continue;
            }

            RecordLog<TraceStep> steps = lanes.EvidenceOf(list).Steps;
            Check(steps.Count == slow[list].Steps.Count, name);
            for (int i = 0; i < steps.Count; i++)
            {
                Check(steps[i] == new TraceStep(slow[list].Steps[i].Transfer, slow[list].Steps[i].Previous), name);
            }

            for (uint address = 0; address < lanes.Addresses; address++)
            {
                Check(lanes.StepOf(address, list) == slow[list].StepOf[address] && lanes.ArrivalOf(address, list) == slow[list].ArrivalOf[address], name);
            }
        }
    }

    private static void Check(bool same, string name)
    {
        if (!same)
        {
            same.ShouldBeTrue(name);
        }
    }
}
