using System.Numerics;
using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Tracing;
using Xunit.Abstractions;

namespace ChainWatch.Tests.Tracing;

public class TracerPropertyTests(ITestOutputHelper output)
{
    private static readonly int Cases = CaseCount.TraceGraphs;

    [Theory]
    [InlineData(Direction.Received, false)]
    [InlineData(Direction.Sent, false)]
    [InlineData(Direction.Received, true)]
    [InlineData(Direction.Sent, true)]
    public void Trace_RandomTemporalGraphs_EqualsBruteForce(Direction direction, bool strict)
    {
        Tally tally = new();
        int cases = strict ? Cases / 5 : Cases;
        for (int number = 0; number < cases; number++)
        {
            RandomCase c = new(number, strict);
            BruteForce oracle = new(c);
            TransferGraph graph = c.Graph();
            IReadOnlyList<AddressList> lists = c.Lists();
            TraceResult result = Tracer.Trace(graph, c.Request(lists, direction));
            foreach (AddressList list in lists)
            {
                Address[] seeds = [.. list.Entries.Select(e => e.Address)];
                Dictionary<Address, BruteForce.Reached> expected = oracle.Reach(seeds, direction, designated: list.Name == "designated");
                Exposure[] rows = [.. result.Exposures.Where(e => e.List == list.Name)];
                HashSet<Address> inData = [.. graph.Chains.SelectMany(l => l.Addresses)];
                rows.Select(r => r.Address).ShouldBe(expected.Keys.Where(inData.Contains), ignoreOrder: true, $"case {number}, list {list.Name}");
                foreach (Exposure row in rows)
                {
                    Compare(c, oracle, row, expected[row.Address], $"case {number}, {list.Name}, {row.Address}");
                    tally.Add(row);
                }
            }
        }

        output.WriteLine($"{cases} graphs, {tally}; 0 mismatches");
        tally.Rows.ShouldBeGreaterThan(cases);
        (strict ? 1 : tally.SameTransaction).ShouldBeGreaterThan(0);
        (strict ? 1 : tally.Assumed).ShouldBeGreaterThan(0);
        tally.Dust.ShouldBeGreaterThan(0);
        tally.Degree.ShouldBeGreaterThan(0);
        (strict ? 1 : tally.Conversions).ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Verdict_RandomTemporalGraphs_IsIncompleteExactlyWhereAPathLeadsThroughOpaqueStops()
    {
        int leads = 0;
        for (int number = 0; number < Cases / 2; number++)
        {
            RandomCase c = new(number);
            Direction direction = number % 2 == 0 ? Direction.Received : Direction.Sent;
            AddressList list = c.Lists()[1];
            Address[] seeds = [.. list.Entries.Select(e => e.Address)];
            Dictionary<Address, BruteForce.Reached> direct = new BruteForce(c).Reach(seeds, direction, designated: false);
            Dictionary<Address, BruteForce.Reached> through = new BruteForce(c, throughOpaque: true).Reach(seeds, direction, designated: false);
            TraceResult result = Tracer.Trace(c.Graph(), c.Request([list], direction, c.Addresses));
            foreach (Finding finding in result.Findings)
            {
                bool inData = c.Movements.Any(m => m.Inputs.Any(i => i.Owner == finding.Wallet) || m.Outputs.Any(o => o.Owner == finding.Wallet));
                bool isExposed = seeds.Contains(finding.Wallet) || (inData && direct.ContainsKey(finding.Wallet));
                bool isLead = !isExposed && inData && through.ContainsKey(finding.Wallet);
                bool isGap = c.Movements.Any(m => m.Inputs.Any(i => i.Owner is null));
                Verdict expected = isExposed ? Verdict.Exposed : isLead || isGap ? Verdict.Incomplete : Verdict.NoneFound;
                finding.InData.ShouldBe(inData, $"case {number}, {finding.Wallet}");
                finding.Verdict.ShouldBe(expected, $"case {number}, {finding.Wallet}");
                (finding.Lead is not null).ShouldBe(isLead);
                if (finding.Lead is Lead lead)
                {
                    leads++;
                    lead.Hops.ShouldBe(through[finding.Wallet].Hops);
                    lead.Path.Count.ShouldBe(lead.Hops);
                    lead.Path.ShouldContain(s => s.IsThroughOpaque);
                    Dictionary<Address, (BigInteger ListSide, BigInteger WalletSide)> stops = new BruteForce(c, throughOpaque: true).Stops(seeds, finding.Wallet, direction);
                    stops.ShouldNotBeEmpty();
                    string.Join(' ', lead.Stops.OrderBy(s => s.Address).Select(s => direction == Direction.Received ? $"{s.Address} {s.WentIn.Single().Units} {s.CameOut.Single().Units}" : $"{s.Address} {s.CameOut.Single().Units} {s.WentIn.Single().Units}"))
                        .ShouldBe(string.Join(' ', stops.OrderBy(s => s.Key).Select(s => $"{s.Key} {s.Value.ListSide} {s.Value.WalletSide}")), $"case {number}, {direction}, {finding.Wallet}");
                }
            }
        }

        output.WriteLine($"{Cases / 2} graphs, {leads} leads; 0 mismatches");
        leads.ShouldBeGreaterThan(Cases / 100);
    }

    [Fact]
    public void Received_FromSeedToWallet_EqualsSentFromWalletToSeed()
    {
        int pairs = 0;
        for (int number = 0; number < Cases / 2; number++)
        {
            RandomCase c = new(number);
            TransferGraph graph = c.Graph();
            TraceResult received = Tracer.Trace(graph, c.Request([.. c.Addresses.Select(a => AddressList.Of(a.ToString(), a))], Direction.Received));
            TraceResult sent = Tracer.Trace(graph, c.Request([.. c.Addresses.Select(a => AddressList.Of(a.ToString(), a))], Direction.Sent));
            (string, string, int, PathOrder?)[] forward = [.. received.Exposures.Select(e => (e.List, e.Address.ToString(), e.Hops, e.Order)).Order()];
            (string, string, int, PathOrder?)[] backward = [.. sent.Exposures.Select(e => (e.Address.ToString(), e.List, e.Hops, e.Order)).Order()];
            backward.ShouldBe(forward, $"case {number}");
            pairs += forward.Length;
        }

        output.WriteLine($"{Cases / 2} graphs, {pairs} pairs; 0 mismatches");
    }

    [Fact]
    public void Labels_DoNotDependOnWhatElseIsWatched()
    {
        for (int number = 0; number < Cases / 10; number++)
        {
            RandomCase c = new(number);
            TransferGraph graph = c.Graph();
            TraceResult everybody = Tracer.Trace(graph, c.Request(c.Lists(), Direction.Both));
            TraceResult all = Tracer.Trace(graph, c.Request(c.Lists(), Direction.Both, c.Addresses));
            Describe(all).ShouldBe(Describe(everybody), $"case {number}");
            foreach (Address wallet in c.Addresses)
            {
                TraceResult alone = Tracer.Trace(graph, c.Request(c.Lists(), Direction.Both, wallet));
                Describe(alone).ShouldBe(Describe(everybody, [wallet]), $"case {number}, {wallet}");
            }
        }
    }

    [Fact]
    public void RowOrder_ChangesNothing()
    {
        for (int number = 0; number < Cases / 10; number++)
        {
            RandomCase c = new(number);
            string expected = Describe(Tracer.Trace(c.Graph(), c.Request(c.Lists(), Direction.Both)));
            Describe(Tracer.Trace(c.Graph(shuffle: number), c.Request(c.Lists(), Direction.Both))).ShouldBe(expected, $"case {number}");
        }
    }

    [Fact]
    public void CoSpendings_AreExactlyTheTransactionsWithAListedAndAnotherInput()
    {
        int found = 0;
        for (int number = 0; number < Cases / 5; number++)
        {
            RandomCase c = new(number);
            AddressList list = c.Lists()[1];
            Address seed = list.Entries[0].Address;
            string[] expected = [.. c.Movements
                .Select(m => (Movement: m, Owners: m.Inputs.Where(i => i.Owner is Address owner && !owner.IsZero).Select(i => i.Owner!.Value).Distinct().ToArray()))
                .Where(m => m.Owners.Contains(seed))
                .SelectMany(m => m.Owners.Where(o => o != seed).Select(o => $"{o} {m.Movement.Position.Block} {m.Movement.Tx}"))
                .Order(StringComparer.Ordinal)];
            Tracer.Trace(c.Graph(), c.Request([list], Direction.Received)).CoSpendings
                .Select(s => $"{s.Address} {s.Position.Block} {s.Tx}").Order(StringComparer.Ordinal)
                .ToArray().ShouldBe(expected, $"case {number}");
            found += expected.Length;
        }

        output.WriteLine($"{found} co-spendings");
        found.ShouldBeGreaterThan(Cases / 100);
    }

    [Fact]
    public void Snapshot_OfSomeBlocks_EqualsATraceOfThoseBlocksAlone()
    {
        for (int number = 0; number < Cases / 10; number++)
        {
            RandomCase c = new(number);
            TransferGraph graph = c.Graph();
            TraceState state = new(graph, c.Request(c.Lists(), Direction.Received), Direction.Received);
            int appended = 1 + (number % graph.Chains[0].Blocks.Count);
            for (int i = 0; i < appended; i++)
            {
                state.Append(RandomCase.Chain);
            }

            TraceResult prefix = state.Snapshot();
            long before = graph.Chains[0].Blocks[appended - 1].Height + 1;
            TraceResult alone = Tracer.Trace(c.Graph(beforeBlock: before), c.Request(c.Lists(), Direction.Received));

            // Seeds that occur only later are rows without a path in the longer graph; all else is the same.
            HashSet<Address> known = [.. c.Graph(beforeBlock: before).Chains.SelectMany(l => l.Addresses)];
            Describe(prefix, known).ShouldBe(Describe(alone, known), $"case {number}, {appended} blocks");
            prefix.NotFollowed.ShouldBe(alone.NotFollowed, $"case {number}");
            prefix.CoSpendings.ShouldBe(alone.CoSpendings, $"case {number}");
            prefix.Coverage.Chains.Select(x => (x.LastBlock, x.Movements, x.Addresses, x.ContentSha256)).ShouldBe(alone.Coverage.Chains.Select(x => (x.LastBlock, x.Movements, x.Addresses, x.ContentSha256)));
        }
    }

    [Theory]
    [InlineData(Direction.Received)]
    [InlineData(Direction.Sent)]
    public void Undo_ThenAppend_EqualsNeverHavingSeenTheBlocks(Direction direction)
    {
        int undone = 0;
        for (int number = 0; number < Cases / 10; number++)
        {
            RandomCase c = new(number);
            TransferGraph graph = c.Graph();
            TraceRequest request = c.Request(c.Lists(), direction);
            int blocks = graph.Chains[0].Blocks.Count;
            TraceState state = new(graph, request, direction);
            state.AppendAll();
            string complete = Describe(state.Snapshot());
            int take = number % (blocks + 1);
            for (int i = 0; i < take; i++)
            {
                state.Undo(RandomCase.Chain).ShouldBeTrue();
                undone++;
            }

            TraceState fresh = new(graph, request, direction);
            for (int i = 0; i < blocks - take; i++)
            {
                fresh.Append(RandomCase.Chain).ShouldBeTrue();
            }

            Describe(state.Snapshot()).ShouldBe(Describe(fresh.Snapshot()), $"case {number}, {take} of {blocks} blocks undone");
            state.AppendAll();
            Describe(state.Snapshot()).ShouldBe(complete, $"case {number}");
        }

        output.WriteLine($"{undone} blocks undone");
    }

    // The mistake of many tools: each address is visited once, when it is first seen, whatever the time.
    [Fact]
    public void VisitedSetSearch_IsWrongOnSomeGraphs()
    {
        int accusedWrongly = 0;
        int missed = 0;
        for (int number = 0; number < Cases / 2; number++)
        {
            RandomCase c = new(number);
            c.Labels.Clear();
            BruteForce oracle = new(c);
            AddressList list = c.Lists()[1];
            Address seed = list.Entries[0].Address;
            HashSet<Address> exact = [.. oracle.Reach([seed], Direction.Received, designated: false).Keys];
            HashSet<Address> blind = VisitedSetSearch.IgnoringTime(oracle.Hops, seed, c.MaxHops);
            HashSet<Address> timed = VisitedSetSearch.FirstVisitOnly(oracle.Hops, seed, c.MaxHops);
            accusedWrongly += blind.Except(exact).Count();
            missed += exact.Except(timed).Count();
        }

        output.WriteLine($"ignoring time accuses {accusedWrongly} addresses wrongly; one visit per address misses {missed}");
        accusedWrongly.ShouldBeGreaterThan(0);
        missed.ShouldBeGreaterThan(0);
    }

    private static void Compare(RandomCase c, BruteForce oracle, Exposure row, BruteForce.Reached expected, string where)
    {
        row.Hops.ShouldBe(expected.Hops, where);
        row.IsDust.ShouldBe(expected.IsDust, where);
        row.StopReason.ShouldBe(StopReason(c, oracle, row, expected), where);
        Inflows(row).ShouldBe(expected.Inflows.Select(i => Key(c, c.Movements[i.Movement], i.Payee)), ignoreOrder: true, where);
        if (row.IsSeed)
        {
            row.Arrival.ShouldBeNull(where);
            row.Path.ShouldBeEmpty(where);
            return;
        }

        row.Order.ShouldBe(expected.BestOrder, where);
        (row.Arrival!.Position.Block, row.Arrival.Position.Index ?? -1).ShouldBe((expected.FirstArrival!.Value.Block, expected.FirstArrival.Value.Index), where);

        // The witness: real transfers that meet, from the seed to the address, in the best order, arriving first among those.
        row.Path.Count.ShouldBe(row.Hops, where);
        (row.Path[0].From, row.Path[^1].To).ShouldBe(row.Direction == Direction.Received ? (row.Seed, row.Address) : (row.Address, row.Seed), where);
        PathStep end = row.Direction == Direction.Received ? row.Path[^1] : row.Path[0];
        (end.Position.Block, end.Position.Index ?? -1).ShouldBe((expected.BestArrival!.Value.Block, expected.BestArrival.Value.Index), where);
        row.Path.Max(s => s.Order).ShouldBe(expected.BestOrder, where);
        if (row.IsDust)
        {
            return;
        }

        for (int i = 0; i < row.Path.Count; i++)
        {
            BruteForce.Hop[] hops = HopsOf(c, oracle, row.Path[i]);
            hops.ShouldNotBeEmpty(where);
            if (i > 0)
            {
                row.Path[i].From.ShouldBe(row.Path[i - 1].To, where);
                HopsOf(c, oracle, row.Path[i - 1]).SelectMany(b => hops.Select(a => oracle.Order(row.Path[i].From, b, a))).ShouldContain(row.Path[i].Order, where);
                row.Path[i].IsConversion.ShouldBe(c.Labels.Any(l => l.Address == row.Path[i].From && l.Kind == StopKind.Contract), where);
            }
        }
    }

    private static BruteForce.Hop[] HopsOf(RandomCase c, BruteForce oracle, PathStep step) => [.. oracle.Hops.Where(h =>
        h.From == step.From && h.To == step.To && h.Position.Block == step.Position.Block
        && h.Position.Index == (step.Position.Index ?? -1)
        && c.Movements[h.Movement].Tx == step.Tx)];

    private static string StopReason(RandomCase c, BruteForce oracle, Exposure row, BruteForce.Reached expected)
    {
        StopLabel? label = c.Labels.FirstOrDefault(l => l.Address == row.Address);
        return expected.Hops == 0 ? (expected.GoesOn || SeedGoesOn(oracle, row) ? "" : "no-onward-transfer")
            : label is { Kind: StopKind.Service } ? "service:" + label.Category.ToString().ToLowerInvariant()
            : label is { Kind: StopKind.Contract } ? "contract:" + label.Category.ToString().ToLowerInvariant()
            : label is { Kind: StopKind.Opaque } ? "opaque:" + label.Category.ToString().ToLowerInvariant()
            : oracle.IsCrossed(row.Address) ? "degree"
            : expected.IsDust ? "dust"
            : expected.Hops == c.MaxHops ? "hop-limit"
            : expected.GoesOn ? ""
            : "no-onward-transfer";
    }

    private static bool SeedGoesOn(BruteForce oracle, Exposure row) => oracle.Hops.Any(h => (row.Direction == Direction.Received ? h.From : h.To) == row.Address);

    private static IEnumerable<string> Inflows(Exposure row) => row.Inflows
        .Select(i => $"{i.Transfer.Position} {i.Transfer.Tx} {i.Transfer.To} {i.Transfer.Value}");

    // What tells an inflow apart: the position (of the whole block, where its order is not known), the transaction, and what the payee got.
    private static string Key(RandomCase c, Movement m, Address payee)
    {
        bool ordered = c.Movements.Where(o => o.Position.Block == m.Position.Block).All(o => o.Position.Index is not null);
        ChainPosition position = ordered ? m.Position : m.Position with { Index = null };
        Amount value = m.Outputs.Where(o => o.Owner == payee).Aggregate(Amount.Zero, (sum, o) => sum + o.Value);
        return $"{position} {m.Tx} {payee} {value}";
    }

    private static string Describe(TraceResult result, HashSet<Address>? only = null) => string.Join('\n', result.Exposures
        .Where(e => only is null || only.Contains(e.Address))
        .Select(e => string.Join(' ', [
            e.List, e.Direction, e.Address, e.Hops, e.Seed, e.Arrival, e.Order, e.StopReason, e.DegreeCrossing, e.IsDust, e.Transactions,
            string.Join(',', e.Path), string.Join(',', e.Inflows), string.Join(',', e.PoisonUpperBound)])));

    private sealed class Tally
    {
        public int Rows { get; private set; }

        public int SameTransaction { get; private set; }

        public int Assumed { get; private set; }

        public int Dust { get; private set; }

        public int Degree { get; private set; }

        public int Conversions { get; private set; }

        public void Add(Exposure row)
        {
            Rows++;
            SameTransaction += row.Order == PathOrder.SameTransaction ? 1 : 0;
            Assumed += row.Order == PathOrder.Assumed ? 1 : 0;
            Dust += row.IsDust ? 1 : 0;
            Degree += row.StopReason == "degree" ? 1 : 0;
            Conversions += row.Path.Any(s => s.IsConversion) ? 1 : 0;
        }

        public override string ToString() => $"{Rows} rows compared ({SameTransaction} same-transaction, {Assumed} assumed, {Dust} dust, {Degree} degree, {Conversions} with conversions)";
    }
}
