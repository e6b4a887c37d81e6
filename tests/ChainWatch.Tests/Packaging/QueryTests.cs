namespace ChainWatch.Tests.Packaging;

/// <summary>The notebook-style queries, run as their users run them.</summary>
[Collection(nameof(DotnetCommand))]
public class QueryTests
{
    [Fact]
    public async Task IsThisAddressListed_TellsListsAndDates()
    {
        string output = await RunAsync("01-is-this-address-listed.cs");
        output.ShouldContain("Designated ofac-sdn         Lazarus Group");
        output.ShouldContain("came on the list 2022-04-14");
        output.ShouldContain("entity listed 2019-09-13; programs DPRK3");
        output.ShouldContain("2022-03-23: no exact match in [");
    }

    [Fact]
    public async Task RingsOfTheBybitTheft_AreThoseOfTheData()
    {
        string output = await RunAsync("02-rings-of-the-bybit-theft.cs");
        int[][] rings = [.. output.Split('\n')
            .Skip(1)
            .TakeWhile(l => l.Trim().Length > 0)
            .Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)[..3].Select(int.Parse).ToArray())];
        rings.ShouldBe([[0, 1, 0], [1, 42, 41], [2, 4, 1], [3, 39, 9], [4, 54, 0], [5, 2, 0]]);
    }

    [Fact]
    public async Task TwoHopsAwayWithMoreThan_ListsTheLargestFirst()
    {
        string output = await RunAsync("03-two-hops-away-with-more-than.cs");
        string[] rows = [.. output.Split('\n').Where(l => l.StartsWith("0x", StringComparison.Ordinal))];
        rows.Length.ShouldBeGreaterThan(0);
        decimal[] ether = [.. rows.Select(r => decimal.Parse(r.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture))];
        ether.ShouldAllBe(e => e > 1000);
        ether.ShouldBe(ether.OrderDescending());
    }

    private static Task<string> RunAsync(string query) => DotnetCommand.RunAsync(TestData.Repository, "run", Path.Combine("samples", "queries", query));
}
