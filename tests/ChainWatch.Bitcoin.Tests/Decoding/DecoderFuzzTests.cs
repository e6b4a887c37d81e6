namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>A million damaged inputs, the same on every run.</summary>
public class DecoderFuzzTests
{
    private const int Parts = 40;

    [Fact]
    public void DamagedTransactionsAndBlocks_AreReadOrRefused()
    {
        FuzzCorpus corpus = new();
        FuzzRun[] runs = [.. Enumerable.Range(0, Parts).Select(part => new FuzzRun(corpus, (ulong)part))];
        Parallel.ForEach(runs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, run =>
        {
            run.Transactions(24_500);
            run.Blocks(600);
            run.LargeBlocks(4);
        });

        int tried = runs.Sum(run => run.Tried);
        int refused = runs.Sum(run => run.Refused);
        tried.ShouldBeGreaterThanOrEqualTo(1_000_000);

        // Both happen often, or the damage would be too small or too great to find anything.
        refused.ShouldBeInRange(tried / 5, tried * 4 / 5);
    }
}
