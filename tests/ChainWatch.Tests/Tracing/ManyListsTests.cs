using System.Globalization;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Tracing;
using Xunit.Abstractions;

namespace ChainWatch.Tests.Tracing;

/// <summary>More lists than one pass holds, with the question through opaque stops for each: the answers of each list alone.</summary>
public class ManyListsTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(true, 40)]
    [InlineData(false, 12)]
    public void Trace_MoreThanEightLists_AnswersAsForEachAlone(bool watched, int cases)
    {
        int leads = 0;
        int rows = 0;
        for (int number = 0; number < cases; number++)
        {
            RandomCase c = new(number, strict: number % 5 == 0, scale: 3);
            TransferGraph graph = c.Graph();
            AddressList[] lists = Lists(c);
            Direction direction = number % 2 == 0 ? Direction.Received : Direction.Sent;
            Address[] wallets = watched ? [.. c.Addresses.Where((_, i) => i % 3 == number % 3)] : [];
            TraceResult together = Tracer.Trace(graph, c.Request(lists, direction, wallets));
            TraceResult[] alone = [.. lists.Select(list => Tracer.Trace(graph, c.Request([list], direction, wallets)))];
            together.Engine.ShouldBe(alone[0].Engine);
            Describe(together).ShouldBe([.. alone.SelectMany(Describe).Order(StringComparer.Ordinal)], $"case {number}");
            leads += together.Findings.Count(f => f.Lead is not null);
            rows += together.Exposures.Count;
        }

        output.WriteLine($"{cases} graphs, {rows} rows, {leads} leads");
        rows.ShouldBeGreaterThan(300);
        leads.ShouldBeGreaterThan(watched ? 20 : -1);
    }

    // Nine to twelve, every third of them a sanctions list.
    private static AddressList[] Lists(RandomCase c)
    {
        Random random = new(c.Number);
        return [.. Enumerable.Range(0, 9 + (c.Number % 4)).Select(i =>
        {
            string name = i.ToString("'list' 00", CultureInfo.InvariantCulture);
            Address[] seeds = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => c.Addresses[random.Next(c.Addresses.Count)]).Distinct().Order()];
            return i % 3 != 0 ? AddressList.Of(name, seeds) : new AddressList(name, new DateOnly(2026, 1, 1), [.. seeds.Select(a => RandomCase.Designated(name, a))]);
        })];
    }

    private static List<string> Describe(TraceResult result)
    {
        List<string> lines =
        [
            .. result.Exposures.Select(e => $"row {Describe(e)}"),
            .. result.Findings.Select(f => $"finding {f.List} {f.Wallet} {f.Verdict} {f.InData} {f.IsSeed} {Describe(f.Exposure)} {Describe(f.Lead)} {string.Join(';', f.Reasons)}"),
            .. result.BeyondOpaque.Select(b => $"beyond {b}"),
            .. result.ThroughNoAddress.Select(t => $"through {t}"),
            .. result.CoinJoins.Select(j => $"coinjoin {j}"),
            .. result.CoSpendings.Select(s => $"co-spending {s}"),
        ];
        lines.Sort(StringComparer.Ordinal);
        return lines;
    }

    private static string Describe(Exposure? e) => e is null ? "" : string.Join(' ', [
        e.List, e.Direction, e.Address, e.Hops, e.Seed, e.Arrival, e.Order, e.StopReason, e.DegreeCrossing, e.IsDust, e.Transactions,
        string.Join(',', e.Path), string.Join(',', e.Inflows), string.Join(',', e.PoisonUpperBound)]);

    private static string Describe(Lead? lead) => lead is null ? "" :
        $"{lead.Hops} {string.Join(',', lead.Path)} {string.Join(',', lead.Stops.Select(s => $"{s.Address} {s.Label} {s.DegreeCrossing} {string.Join('+', s.WentIn)} {string.Join('+', s.CameOut)}"))}";
}
