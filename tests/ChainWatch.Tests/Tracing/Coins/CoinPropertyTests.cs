using ChainWatch.Graph;
using ChainWatch.Tracing;
using Xunit.Abstractions;

namespace ChainWatch.Tests.Tracing.Coins;

/// <summary>The view by coin against the enumeration of all coin paths, over small random UTXO chains.</summary>
public class CoinPropertyTests(ITestOutputHelper output)
{
    private static readonly int Cases = CaseCount.CoinChains;

    [Theory]
    [InlineData(Direction.Received, false)]
    [InlineData(Direction.Sent, false)]
    [InlineData(Direction.Received, true)]
    [InlineData(Direction.Sent, true)]
    public void ByCoin_RandomChains_EqualsBruteForce(Direction direction, bool coinJoins)
    {
        int rows = 0;
        int farther = 0;
        int changes = 0;
        for (int number = 0; number < Cases; number++)
        {
            CoinCase c = new(number, coinJoins);
            CoinBruteForce oracle = new(c);
            Dictionary<Address, (int Hops, ChainPosition Arrival)> expected = oracle.Reach(direction);
            TraceResult result = Tracer.Trace(c.Graph(), c.Request with { Direction = direction });
            Dictionary<Address, Exposure> byAddress = result.Exposures.ToDictionary(e => e.Address);
            string which = $"case {number}, {direction}";

            expected.Keys.Except(byAddress.Keys).ShouldBeEmpty($"{which}: what is reached by coin is reached by address");
            foreach (Exposure exposure in result.Exposures)
            {
                string where = $"{which}, {exposure.Address}";
                (exposure.ByCoin is not null).ShouldBe(expected.ContainsKey(exposure.Address), where);
                if (exposure.ByCoin is CoinExposure coin)
                {
                    (coin.Hops, coin.Arrival.Position).ShouldBe(expected[exposure.Address], where);
                    coin.Hops.ShouldBeGreaterThanOrEqualTo(exposure.Hops, where);
                    CheckPath(c, oracle, exposure.Address, coin, direction, where);
                    rows++;
                    farther += coin.Hops > exposure.Hops ? 1 : 0;
                    changes += coin.Path.Any(s => s.From == s.To) ? 1 : 0;
                }
            }
        }

        output.WriteLine($"{Cases} chains, {rows} addresses by coin, {farther} farther than by address, {changes} with change to itself; 0 mismatches");
        rows.ShouldBeGreaterThan(Cases);
        farther.ShouldBeGreaterThan(0);
        changes.ShouldBeGreaterThan(Cases / 150);
    }

    [Theory]
    [InlineData(Direction.Received)]
    [InlineData(Direction.Sent)]
    public void Undo_ThenAppend_GivesTheSameCoins(Direction direction)
    {
        for (int number = 0; number < Cases / 3; number++)
        {
            CoinCase c = new(number, coinJoins: number % 2 == 0);
            TransferGraph graph = c.Graph();
            TraceRequest request = c.Request with { Direction = direction };
            int blocks = graph.Chains[0].Blocks.Count;
            TraceState state = new(graph, request, direction);
            state.AppendAll();
            string complete = Describe(state.Snapshot());
            int take = number % (blocks + 1);
            for (int i = 0; i < take; i++)
            {
                state.Undo(Chain.Bitcoin).ShouldBeTrue();
            }

            TraceState fresh = new(graph, request, direction);
            for (int i = 0; i < blocks - take; i++)
            {
                fresh.Append(Chain.Bitcoin).ShouldBeTrue();
            }

            Describe(state.Snapshot()).ShouldBe(Describe(fresh.Snapshot()), $"case {number}, {take} of {blocks} blocks undone");
            state.AppendAll();
            Describe(state.Snapshot()).ShouldBe(complete, $"case {number}");
            Describe(Tracer.Trace(graph, request)).ShouldBe(complete, $"case {number}");
        }
    }

    [Fact]
    public void RowOrder_ChangesNothing()
    {
        for (int number = 0; number < Cases / 3; number++)
        {
            CoinCase c = new(number);
            Movement[] shuffled = [.. c.Told];
            new Random(number).Shuffle(shuffled);

            Describe(Tracer.Trace(c.Graph(shuffled), c.Request with { Direction = Direction.Both })).ShouldBe(Describe(Tracer.Trace(c.Graph(), c.Request with { Direction = Direction.Both })), $"case {number}");
        }
    }

    private static void CheckPath(CoinCase c, CoinBruteForce oracle, Address address, CoinExposure coin, Direction direction, string where)
    {
        IReadOnlyList<PathStep> path = coin.Path;
        (direction == Direction.Received ? (path[0].From, path[^1].To) : (path[^1].To, path[0].From)).ShouldBe((coin.Seed, address), where);
        c.Seeds.ShouldContain(coin.Seed, where);
        coin.Hops.ShouldBe(path.Count(s => s.From != s.To), where);
        coin.Arrival.Position.ShouldBe((direction == Direction.Received ? path[^1] : path[0]).Position, where);
        Movement? before = null;
        for (int i = 0; i < path.Count; i++)
        {
            PathStep step = path[i];
            Movement movement = c.Movements.Single(m => m.Tx == step.Tx);
            MovementOutput made = movement.Outputs.Single(o => o.OutPoint == step.OutPoint);
            (step.Position, step.To, step.Value).ShouldBe((movement.Position, made.Owner!.Value, made.Value), where);
            movement.Inputs.Any(x => x.Owner == step.From && (i == 0 || x.OutPoint == path[i - 1].OutPoint)).ShouldBeTrue(where);
            oracle.CanStep(movement, step.From, made).ShouldBeTrue(where);
            if (before is not null)
            {
                step.From.ShouldBe(path[i - 1].To, where);
                before.Position.CompareTo(step.Position).ShouldBeLessThanOrEqualTo(0, where);
                oracle.CanPass(step.From, before, movement).ShouldBeTrue(where);
            }

            before = movement;
        }
    }

    private static string Describe(TraceResult result) => string.Join('\n', result.Exposures.Select(e =>
        $"{e.Direction} {e.Address} {e.Hops} {e.StopReason} {string.Join(',', e.Path)} | {e.ByCoin?.Hops} {e.ByCoin?.Seed} {e.ByCoin?.Arrival} {string.Join(',', e.ByCoin?.Path ?? [])}"))
        + string.Join('\n', result.CoinJoins) + string.Join('\n', result.ThroughNoAddress);
}
