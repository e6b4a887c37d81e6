using ChainWatch.Graph.Storage;
using ChainWatch.Tests.Tracing.Engine;
using ChainWatch.Tracing.Engine;

namespace ChainWatch.Tests.Graph;

public class FreshTailsTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Find_RandomGraphs_EveryTailThatAScoutMaySeeTooEarly(bool reversed)
    {
        for (int number = 0; number < 30; number++)
        {
            Random random = new(number);
            RandomTransfers transfers = RandomTransfers.Long(random);
            (uint[] tails, uint[] heads) = reversed ? (transfers.Target, transfers.Source) : (transfers.Source, transfers.Target);
            BitRow fresh = transfers.Fresh(reversed);
            int missing = 0;
            long[] last = new long[transfers.Addresses];
            Array.Fill(last, -1);
            for (int k = 0; k < transfers.Count; k++)
            {
                int i = reversed ? transfers.Count - 1 - k : k;
                long chunk = last[tails[i]] < 0 ? -1 : Math.Abs((i / ScoutedRange.Chunk) - (last[tails[i]] / ScoutedRange.Chunk));
                missing += chunk is >= 0 and < ScoutedRange.ChunksAhead && !fresh[i] ? 1 : 0;
                last[heads[i]] = i;
            }

            missing.ShouldBe(0, $"case {number}");
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Find_AddressesThatComeOnce_HardlyAny(bool reversed)
    {
        // More transfers than a time counts to, over several parts.
        const int count = 20_000_000;
        PinnedArray<uint> source = new(count);
        PinnedArray<uint> target = new(count);
        for (int i = 0; i < count; i++)
        {
            (source.Span[i], target.Span[i]) = (2 * (uint)i, (2 * (uint)i) + 1);
        }

        unsafe
        {
            FreshTails.Find(source.Pointer, target.Pointer, count, reversed).Count().ShouldBeLessThan(count / 50);
        }

        GC.KeepAlive((source, target));
    }
}
