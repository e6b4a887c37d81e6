using System.Numerics;
using System.Runtime.CompilerServices;

namespace ChainWatch.Graph.Building;

/// <summary>
/// Sorts the entries of one bucket: by the digits of their keys, few by insertion, equal keys by comparison. A bucket that
/// is too large for the scratch memory is dealt in place.
/// </summary>
/// <remarks>Source of dealing in place: McIlroy, Bostic and McIlroy 1993, "Engineering radix sort" (American flag sort).</remarks>
internal static unsafe class BucketSort
{
    private const int FewMax = 32;
    private const int DigitBitsMax = 8;
    private const int ScratchCount = 8192; // 96 KiB of the stack
    private const int Ahead = 16;

    /// <summary>Sorts by key; equal keys in any order.</summary>
    [SkipLocalsInit]
    public static void SortKeys(KeyedIndex* entries, int count)
    {
        KeyedIndex* scratch = stackalloc KeyedIndex[ScratchCount];
        SortKeys(entries, count, scratch);
    }

    /// <summary>Puts entries with equal keys, which stand together, into order. Keys may change.</summary>
    /// <param name="source">The things.</param>
    /// <param name="entries">The entries.</param>
    /// <param name="count">How many.</param>
    /// <param name="further">How many further keys are equal too.</param>
    public static void SortTies<TSource>(TSource source, KeyedIndex* entries, int count, int further = 0)
        where TSource : struct, ISortSource
    {
        for (int i = 1; i < count; i++)
        {
            if (i + Ahead < count && entries[i + Ahead].Key == entries[i + Ahead - 1].Key)
            {
                source.Expect(entries[i + Ahead - 1].Index);
                source.Expect(entries[i + Ahead].Index);
            }

            if (entries[i].Key != entries[i - 1].Key)
            {
                continue;
            }

            int first = i - 1;
            while (i < count && entries[i].Key == entries[first].Key)
            {
                i++;
            }

            Span<KeyedIndex> ties = new(entries + first, i - first);
            if (ties.Length <= FewMax)
            {
                Insert(source, ties);
            }
            else if (further < source.FurtherKeys)
            {
                foreach (ref KeyedIndex tie in ties)
                {
                    tie.Key = source.FurtherKeyOf(tie.Index, further);
                }

                SortKeys(entries + first, ties.Length);
                SortTies(source, entries + first, ties.Length, further + 1);
            }
            else
            {
                ties.Sort(new TieOrder<TSource>(source));
            }
        }
    }

    private static void SortKeys(KeyedIndex* entries, int count, KeyedIndex* scratch)
    {
        if (count <= FewMax)
        {
            Insert(entries, count);
            return;
        }

        ulong min = ulong.MaxValue;
        ulong max = 0;
        for (int i = 0; i < count; i++)
        {
            min = Math.Min(min, entries[i].Key);
            max = Math.Max(max, entries[i].Key);
        }

        if (min != max)
        {
            SortByDigit(entries, count, min, max, scratch);
        }
    }

    [SkipLocalsInit]
    private static void SortByDigit(KeyedIndex* entries, int count, ulong min, ulong max, KeyedIndex* scratch)
    {
        int digitBits = Math.Min(DigitBitsMax, BitOperations.Log2((uint)count) - 2);
        int shift = Math.Max(0, 64 - BitOperations.LeadingZeroCount(max - min) - digitBits);
        int digits = (int)((max - min) >> shift) + 1;
        int* next = stackalloc int[1 << DigitBitsMax];
        int* ends = stackalloc int[1 << DigitBitsMax];
        new Span<int>(ends, digits).Clear();
        for (int i = 0; i < count; i++)
        {
            ends[(int)((entries[i].Key - min) >> shift)]++;
        }

        int start = 0;
        for (int digit = 0; digit < digits; digit++)
        {
            next[digit] = start;
            start += ends[digit];
            ends[digit] = start;
        }

        if (count <= ScratchCount)
        {
            for (int i = 0; i < count; i++)
            {
                scratch[next[(int)((entries[i].Key - min) >> shift)]++] = entries[i];
            }

            new ReadOnlySpan<KeyedIndex>(scratch, count).CopyTo(new Span<KeyedIndex>(entries, count));
        }
        else
        {
            Exchange(entries, min, shift, digits, next, ends);
        }

        start = 0;
        for (int digit = 0; digit < digits; digit++)
        {
            if (ends[digit] - start > 1)
            {
                SortKeys(entries + start, ends[digit] - start, scratch);
            }

            start = ends[digit];
        }
    }

    private static void Exchange(KeyedIndex* entries, ulong min, int shift, int digits, int* next, int* ends)
    {
        for (int digit = 0; digit < digits; digit++)
        {
            while (next[digit] < ends[digit])
            {
                // What stands here goes home, and what stood there is carried on, until one comes home here.
                KeyedIndex carried = entries[next[digit]];
                int home = (int)((carried.Key - min) >> shift);
                while (home != digit)
                {
                    KeyedIndex* to = entries + next[home]++;
                    (carried, *to) = (*to, carried);
                    home = (int)((carried.Key - min) >> shift);
                }

                entries[next[digit]++] = carried;
            }
        }
    }

    private static void Insert(KeyedIndex* entries, int count)
    {
        for (int i = 1; i < count; i++)
        {
            KeyedIndex moved = entries[i];
            int to = i;
            for (; to > 0 && entries[to - 1].Key > moved.Key; to--)
            {
                entries[to] = entries[to - 1];
            }

            entries[to] = moved;
        }
    }

    private static void Insert<TSource>(TSource source, Span<KeyedIndex> ties)
        where TSource : struct, ISortSource
    {
        for (int i = 1; i < ties.Length; i++)
        {
            KeyedIndex moved = ties[i];
            int to = i;
            for (; to > 0 && Compare(source, ties[to - 1].Index, moved.Index) > 0; to--)
            {
                ties[to] = ties[to - 1];
            }

            ties[to] = moved;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Compare<TSource>(TSource source, int x, int y)
        where TSource : struct, ISortSource => x == y ? 0 : source.CompareEqualKeys(x, y) is not 0 and int order ? order : x.CompareTo(y);

    private sealed class TieOrder<TSource>(TSource source) : IComparer<KeyedIndex>
        where TSource : struct, ISortSource
    {
        public int Compare(KeyedIndex x, KeyedIndex y) => BucketSort.Compare(source, x.Index, y.Index);
    }
}
