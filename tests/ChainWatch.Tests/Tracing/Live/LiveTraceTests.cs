using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Tracing;
using ChainWatch.Tracing.Live;
using Xunit.Abstractions;

namespace ChainWatch.Tests.Tracing.Live;

public class LiveTraceTests(ITestOutputHelper output)
{
    private static readonly int Cases = CaseCount.LiveHistories;

    [Fact]
    public void AppendAndUndo_RandomHistories_EqualATraceFromScratchAfterEveryBlock()
    {
        (int compared, int reached, int inflows, int undone, int sightings) = (0, 0, 0, 0, 0);
        for (int number = 0; number < Cases; number++)
        {
            RandomCase c = new(number, scale: number % 50 == 0 ? 6 : 1);
            IReadOnlyList<AddressList> lists = c.Lists();
            TraceRequest request = c.Request(lists, Direction.Received);
            Random random = new(number);
            using GrowingChain chain = new(c, built: random.Next(random.Next(c.Movements.Count)) % (int)(c.Movements[^1].Position.Block + 1), random);
            int built = chain.Appended;
            chain.Append(random.Next(3));
            // What the file holds beyond history is seen again, as after a restart.
            int history = random.Next(built, chain.Appended + 1);
            int next = history;
            HashSet<Address> wallets = [.. c.Addresses.Where(_ => random.Next(4) > 0)];
            LiveTrace live = new(chain.OnDisk, RandomCase.Chain, request, wallets.Contains, history == chain.Appended ? null : chain.FirstGroup(history));
            live.Watch(wallets);
            while (next < chain.Length || random.Next(3) > 0)
            {
                IReadOnlyList<LiveBlock>? came = null;
                if (next == chain.Length || (live.Blocks > 0 && random.Next(4) == 0))
                {
                    for (int depth = random.Next(1, 4); depth > 0 && live.Blocks > 0; depth--)
                    {
                        live.Undo();
                        next--;
                        undone++;
                    }

                    if (next < chain.Appended && random.Next(3) > 0)
                    {
                        chain.TakeBack(Math.Max(built, random.Next(next, chain.Appended)));
                    }
                }
                else
                {
                    ChangeWallets(live, wallets, c, random);
                    chain.Append(next == chain.Appended ? random.Next(1, 4) : 0);
                    came = live.Append(chain.Log!, chain.FirstGroup(next), chain.FirstGroup(next + 1));
                    next++;
                }

                live.Blocks.ShouldBe(next - history);
                // A trace from scratch takes longer than all else: after every third step, and the last.
                if (random.Next(3) > 0 && next < chain.Length)
                {
                    continue;
                }

                TransferGraph graph = chain.Graph(next);
                TraceResult expected = Tracer.Trace(graph, request);
                string context = $"case {number}, {next} of {chain.Length} blocks, {history} of history";
                reached += Compare(live, expected, lists, context);
                if (came is not null)
                {
                    inflows += Compare(came, expected, chain.HeightOf(next - 1), wallets, context);
                    sightings += number % 8 == 0 ? LiveSightings.Compare(came, graph.Chains[0], chain.HeightOf(next - 1), request, wallets, context) : 0;
                }

                compared++;
            }
        }

        output.WriteLine($"{Cases} histories, {compared} states, {reached} labels, {inflows} inflows, {sightings} notes and payments, {undone} blocks taken back; 0 mismatches");
        reached.ShouldBeGreaterThan(Cases);
        inflows.ShouldBeGreaterThan(Cases / 4);
        undone.ShouldBeGreaterThan(Cases / 10);
        sightings.ShouldBeGreaterThan(Cases / 40);
    }

    [Fact]
    public void Undo_NothingAppended_Throws() =>
        Should.Throw<InvalidOperationException>(new LiveTrace(new RandomCase(1).Graph(), RandomCase.Chain, new RandomCase(1).Request(new RandomCase(1).Lists(), Direction.Received), _ => false).Undo);

    [Fact]
    public void Append_ABlockThatDoesNotFollow_Throws()
    {
        RandomCase c = new(12, scale: 3);
        ChainLog log = c.Graph().Chains[0];
        LiveTrace live = new(c.Graph(), RandomCase.Chain, c.Request(c.Lists(), Direction.Received), _ => false, end: 2);
        Should.Throw<InvalidOperationException>(() => live.Append(log, 1, 2));
        Should.Throw<InvalidOperationException>(() => live.Append(log, 3, 4));
        live.Append(log, 2, 3).Count.ShouldBe(2);
    }

    private static void ChangeWallets(LiveTrace live, HashSet<Address> wallets, RandomCase c, Random random)
    {
        Address wallet = c.Addresses[random.Next(c.Addresses.Count)];
        if (random.Next(3) == 0)
        {
            if (wallets.Add(wallet))
            {
                live.Watch([wallet]);
            }
            else
            {
                wallets.Remove(wallet);
            }
        }
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

    private static int Compare(IReadOnlyList<LiveBlock> came, TraceResult expected, long block, HashSet<Address> wallets, string context)
    {
        string[] rows = [.. expected.Exposures.Where(e => wallets.Contains(e.Address)).SelectMany(e => e.Inflows
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
