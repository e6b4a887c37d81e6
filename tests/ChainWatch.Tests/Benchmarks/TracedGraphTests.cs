using ChainWatch.Benchmarks;
using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;
using Xunit.Abstractions;

namespace ChainWatch.Tests.Benchmarks;

/// <summary>The tracer, over generated files that are read as any transfer file, against a search by frontiers that shares no code with it.</summary>
public class TracedGraphTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(2_000, 10_000, 50, 1)]
    [InlineData(2_000, 10_000, 50, 5)]
    [InlineData(2_000, 10_000, 3, 100)]
    [InlineData(20_000, 100_000, 200, 5)]
    [InlineData(20_000, 100_000, 20, 8)]
    public async Task AddressesByHops_AreThoseOfTheFrontierSearch(int addresses, int transfers, int seeds, int hops)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        GraphFiles.Write(SyntheticGraph.Make(addresses, transfers, seeds: seeds), folder.Path);
        string file = Path.Combine(folder.Path, "transfers.csv");
        string seedFile = Path.Combine(folder.Path, "seeds.txt");
        OrderedTransfers read = OrderedTransfers.Read(file);
        int[] expected = FrontierSearch.CountByHops(read.Addresses, [.. read.From], [.. read.To], File.ReadLines(seedFile).Select(read.NumberOf), hops);

        TransferGraph graph = await TransferGraph.ReadAsync(new TransferFileSource([file], declaredComplete: true));
        TraceResult result = Tracer.Trace(graph, new TraceRequest
        {
            From = [AddressList.Of("seeds", AddressFile.Read(seedFile).Select(row => row.Address))],
            MaxHops = hops,
        });

        int[] found = new int[hops + 1];
        foreach (Exposure exposure in result.Exposures)
        {
            found[exposure.Hops]++;
        }

        output.WriteLine($"{addresses} addresses, {transfers} transfers, {seeds} seeds: {string.Join(' ', found)}");
        found.ShouldBe(expected);
        found[0].ShouldBe(seeds);
        found[1].ShouldBeGreaterThan(seeds / 2);
    }
}
