using ChainWatch.Tests;

namespace ChainWatch.Bitcoin.Tests.Decoding;

/// <summary>Damaged inputs, the same on every run.</summary>
public class DecoderFuzzTests
{
    private const int PerPart = 25_104;

    [Fact]
    public void DamagedTransactionsAndBlocks_AreReadOrRefused()
    {
        FuzzCorpus corpus = new();
        int parts = (CaseCount.DecoderInputs + PerPart - 1) / PerPart;
        FuzzRun[] runs = [.. Enumerable.Range(0, parts).Select(part => new FuzzRun(corpus, (ulong)part))];
        Parallel.ForEach(runs, new ParallelOptions { MaxDegreeOfParallelism = 2 }, run =>
        {
            run.Transactions(24_500);
            run.Blocks(600);
            run.LargeBlocks(4);
        });

        int tried = runs.Sum(run => run.Tried);
        int refused = runs.Sum(run => run.Refused);
        tried.ShouldBeGreaterThanOrEqualTo(CaseCount.DecoderInputs);

        // Both happen often, or the damage would be too small or too great to find anything.
        refused.ShouldBeInRange(tried / 5, tried * 4 / 5);
    }
}
