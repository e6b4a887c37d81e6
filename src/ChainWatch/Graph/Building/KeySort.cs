using System.Numerics;

namespace ChainWatch.Graph.Building;

/// <summary>
/// Sorts things by index, on several threads, with 12 bytes of memory for each: they are dealt into buckets by the upper
/// bits of their keys, and every bucket, which fits into the cache, is sorted in place. Stable, so the number of threads
/// never shows.
/// </summary>
internal static unsafe class KeySort
{
    private const int BucketBitsMax = 12;
    private const int BucketCountAimBits = 8; // 256 entries or more in a bucket

    /// <summary>Puts the things 0 to <paramref name="count"/> - 1 into order.</summary>
    /// <param name="source">The things.</param>
    /// <param name="entries">Takes as many entries.</param>
    /// <param name="count">How many.</param>
    /// <param name="threads">The most threads.</param>
    /// <param name="cancellationToken">Stops it.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static void Sort<TSource>(TSource source, KeyedIndex* entries, int count, int threads, CancellationToken cancellationToken)
        where TSource : struct, ISortSource
    {
        ulong min = source.KeyMin;
        ulong range = source.KeyMax - min;
        int bucketBits = Math.Clamp(BitOperations.Log2((uint)count | 1) - BucketCountAimBits, 0, BucketBitsMax);
        int shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount(range) - bucketBits);
        int buckets = bucketBits == 0 ? 1 : (int)(range >> shift) + 1;
        int shares = Math.Clamp(count >> 14, 1, threads);

        // By share and bucket: first how many, then where the next goes.
        long[][] next = new long[shares][];
        Threads.For(shares, threads, share => next[share] = Count(source, From(share), From(share + 1), buckets, shift), cancellationToken);
        long[] starts = new long[buckets + 1];
        long start = 0;
        for (int bucket = 0; bucket < buckets; bucket++)
        {
            starts[bucket] = start;
            foreach (long[] counts in next)
            {
                (counts[bucket], start) = (start, start + counts[bucket]);
            }
        }

        starts[buckets] = start;
        Threads.For(shares, threads, share => Deal(source, From(share), From(share + 1), entries, next[share], shift), cancellationToken);
        // Some buckets at a time: taking one is not free.
        int step = Math.Max(1, buckets / 256);
        Threads.For((buckets + step - 1) / step, threads, group =>
        {
            for (int bucket = group * step; bucket < Math.Min(buckets, (group + 1) * step); bucket++)
            {
                KeyedIndex* first = entries + starts[bucket];
                int size = (int)(starts[bucket + 1] - starts[bucket]);
                BucketSort.SortKeys(first, size);
                BucketSort.SortTies(source, first, size);
            }
        }, cancellationToken);

        int From(int share) => (int)((long)count * share / shares);
    }

    private static long[] Count<TSource>(TSource source, int from, int to, int buckets, int shift)
        where TSource : struct, ISortSource
    {
        long[] counts = new long[buckets];
        if (buckets == 1)
        {
            counts[0] = to - from;
            return counts;
        }

        ulong min = source.KeyMin;
        for (int i = from; i < to; i++)
        {
            counts[(int)((source.KeyOf(i) - min) >> shift)]++;
        }

        return counts;
    }

    private static void Deal<TSource>(TSource source, int from, int to, KeyedIndex* entries, long[] next, int shift)
        where TSource : struct, ISortSource
    {
        ulong min = source.KeyMin;
        bool isOne = next.Length == 1;
        for (int i = from; i < to; i++)
        {
            ulong key = source.KeyOf(i);
            long at = next[isOne ? 0 : (int)((key - min) >> shift)]++;
            entries[at].Key = key;
            entries[at].Index = i;
        }
    }
}
