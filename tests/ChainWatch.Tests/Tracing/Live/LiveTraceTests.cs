using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Live;
using Xunit.Abstractions;

namespace ChainWatch.Tests.Tracing.Live;

public class LiveTraceTests(ITestOutputHelper output)
{
    private const int Cases = 2_000;

    [Fact]
    public void AppendAndUndo_RandomHistories_EqualATraceFromScratchAfterEveryBlock()
    {
        (int compared, int reached, int inflows, int undone) = (0, 0, 0, 0);
        for (int number = 0; number < Cases; number++)
        {
            RandomCase c = new(number, scale: number % 50 == 0 ? 6 : 1);
            IReadOnlyList<AddressList> lists = c.Lists();
            TraceRequest request = c.Request(lists, Direction.Received);
            long[] blocks = [.. c.Movements.Select(m => m.Position.Block).Distinct().Order()];
            Random random = new(number);
            int history = random.Next(blocks.Length);
            int next = history;
            LiveTrace live = new(c.Graph(beforeBlock: blocks[history]), RandomCase.Chain, request);
            while (next < blocks.Length || random.Next(3) > 0)
            {
                IReadOnlyList<LiveBlock>? came = null;
                if (next == blocks.Length || (live.Blocks > 0 && random.Next(4) == 0))
                {
                    live.Undo();
                    next--;
                    undone++;
                }
                else
                {
                    came = live.Append(BlockOf(c, blocks[next]), _ => true);
                    next++;
                }

                live.Blocks.ShouldBe(next - history);
                // A trace from scratch takes longer than all else: after every third step, and the last.
                if (random.Next(3) > 0 && next < blocks.Length)
                {
                    continue;
                }

                TraceResult expected = Tracer.Trace(c.Graph(beforeBlock: next < blocks.Length ? blocks[next] : long.MaxValue), request);
                reached += Compare(live, expected, lists, $"case {number}, {next} of {blocks.Length} blocks, {history} of history");
                inflows += came is null ? 0 : Compare(came, expected, blocks[next - 1], $"case {number}, block {blocks[next - 1]}");
                compared++;
            }
        }

        output.WriteLine($"{Cases} histories, {compared} states, {reached} labels, {inflows} inflows, {undone} blocks taken back; 0 mismatches");
        reached.ShouldBeGreaterThan(Cases);
        inflows.ShouldBeGreaterThan(Cases / 4);
        undone.ShouldBeGreaterThan(Cases / 10);
    }

    [Fact]
    public void Undo_NothingAppended_Throws() =>
        Should.Throw<InvalidOperationException>(new LiveTrace(new RandomCase(1).Graph(), RandomCase.Chain, new RandomCase(1).Request(new RandomCase(1).Lists(), Direction.Received)).Undo);

    private static ChainLog BlockOf(RandomCase c, long block)
    {
        TransferGraphBuilder builder = new();
        builder.AddChain(RandomCase.Chain);
        c.SendTo(builder, c.Movements.Where(m => m.Position.Block == block));
        return builder.Build().Chains[0];
    }

    private static int Compare(LiveTrace live, TraceResult expected, IReadOnlyList<AddressList> lists, string context)
    {
        int reached = 0;
        foreach (AddressList list in lists)
        {
            LiveLane lane = live.Lanes.Single(l => l.List.Name == list.Name);
            Dictionary<Address, Exposure> rows = expected.Exposures.Where(e => e.List == list.Name).ToDictionary(e => e.Address);
            foreach (Address address in Enumerable.Range(1, 60).Select(RandomCase.AddressAt))
            {
                LabelState state = lane.StateOf(address);
                if (!rows.TryGetValue(address, out Exposure? row))
                {
                    state.Reach.ShouldBe(Label.Unreached, $"{context}, {list.Name}, {address}");
                    continue;
                }

                reached++;
                Label.HopsOf(state.Reach).ShouldBe(row.Hops, $"{context}, {list.Name}, {address}");
                Label.IsDust(state.Reach).ShouldBe(row.IsDust, $"{context}, {list.Name}, {address}");
                lane.SeedOf(address, state.ReachStep).ShouldBe(row.Seed, $"{context}, {list.Name}, {address}");
                lane.PathTo(state.ReachStep).ShouldBe(row.Path, $"{context}, {list.Name}, {address}");
                if (!row.IsSeed)
                {
                    lane.PathTo(state.ArrivalStep)[^1].Position.ShouldBe(row.Arrival!.Position, $"{context}, {list.Name}, {address}");
                }
            }
        }

        return reached;
    }

    private static int Compare(IReadOnlyList<LiveBlock> came, TraceResult expected, long block, string context)
    {
        string[] rows = [.. expected.Exposures.SelectMany(e => e.Inflows
            .Where(i => i.Transfer.Position.Block == block)
            .Select(i => Describe(e.List, e.Address, i.Hops, i.Transfer)))];
        came.SelectMany(l => l.Inflows.Select(i => Describe(l.List.Name, i.Wallet, i.Hops, i.Path[^1]))).ShouldBe(rows, ignoreOrder: true, context);
        foreach (LiveInflow inflow in came.SelectMany(l => l.Inflows))
        {
            inflow.Path.Count.ShouldBe(inflow.Hops, context);
            inflow.Path[0].From.ShouldBe(inflow.Seed, context);
            inflow.Path[^1].To.ShouldBe(inflow.Wallet, context);
        }

        return rows.Length;
    }

    private static string Describe(string list, Address wallet, int hops, PathStep transfer) =>
        $"{list} {wallet} {hops} {transfer.Position} {transfer.From} {transfer.Asset} {transfer.Value} {transfer.Tx}";
}
