using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Building;

/// <summary>
/// Numbers transactions by first use. Of most a log has one use: those that come again are found by sorting short marks of
/// the hashes, which may be more than memory holds; where it does, of those alone that a filter lets through.
/// </summary>
internal sealed class TxNumbers
{
    private const int FewMax = 1 << 12;
    private readonly TxUses _uses;
    private readonly int[] _again;
    private readonly int[] _first;

    private TxNumbers(TxUses uses, int[] again, int[] first) => (_uses, _again, _first) = (uses, again, first);

    /// <summary>The uses of transactions that were used before, ascending.</summary>
    public ReadOnlySpan<int> Again => _again;

    /// <summary>How many transactions there are.</summary>
    public int Count => _uses.Count - _again.Length;

    /// <summary>Finds the transactions that are used again.</summary>
    /// <exception cref="ChainWatchException">The disk is full or does not work.</exception>
    public static TxNumbers Of(TxUses uses, BuildRoom room)
    {
        List<(int Use, int First)> again = [];
        TxRepeats repeats = new(uses, (use, first) => again.Add((use, first)));
        using TxRepeatFilter? filter = TxRepeatFilter.For(uses.Count, room.SortBytes / 2);
        if (filter is not null)
        {
            ForEach(uses, room, mark => filter.Add(mark.Mark));
        }

        long memory = uses.Count <= FewMax ? RunSorter<TxMark, TxMarkOrder>.MemoryMin + ((long)FewMax * 2 * Marshal.SizeOf<TxMark>() * 2) : room.SortBytes / 2;
        using (RunSorter<TxMark, TxMarkOrder> sorter = new(default, Math.Max(memory, RunSorter<TxMark, TxMarkOrder>.MemoryMin), room.Folder, room.Threads, room.CancellationToken))
        {
            ForEach(uses, room, mark =>
            {
                if (filter is null || filter.MayRepeat(mark.Mark))
                {
                    sorter.Add(mark);
                }
            });
            sorter.Merge(repeats.Add);
        }

        again.Sort();
        return new TxNumbers(uses, [.. again.Select(a => a.Use)], [.. again.Select(a => a.First)]);
    }

    /// <summary>The number of a use's transaction.</summary>
    public int NumberOf(int use)
    {
        int at = Array.BinarySearch(_again, use);
        return at >= 0 ? NumberOf(_first[at]) : use - ~at;
    }

    /// <summary>The use in which the transaction of one of <see cref="Again"/> came first.</summary>
    public int FirstOf(int again) => _first[again];

    /// <summary>How many transactions the first uses are of.</summary>
    public int CountIn(int uses)
    {
        int at = Array.BinarySearch(_again, uses);
        return uses - (at < 0 ? ~at : at);
    }

    /// <summary>The hashes by number.</summary>
    public ByteStore Hashes(BuildRoom room)
    {
        if (_again.Length == 0)
        {
            return _uses.Hashes;
        }

        ByteStore hashes = new(room);
        Span<byte> hash = stackalloc byte[TxUses.HashBytes];
        int again = 0;
        for (int use = 0; use < _uses.Count; use++)
        {
            if (again < _again.Length && _again[again] == use)
            {
                again++;
                continue;
            }

            _uses.Hashes.Read((long)use * TxUses.HashBytes, hash);
            hashes.Append(hash);
        }

        return hashes;
    }

    private static void ForEach(TxUses uses, BuildRoom room, Action<TxMark> take)
    {
        byte[] hashes = new byte[TxUses.HashBytes * Math.Min(FewMax, uses.Count)];
        for (int from = 0; from < uses.Count; from += FewMax)
        {
            room.CancellationToken.ThrowIfCancellationRequested();
            int count = Math.Min(FewMax, uses.Count - from);
            uses.Hashes.Read((long)from * TxUses.HashBytes, hashes.AsSpan(0, count * TxUses.HashBytes));
            for (int i = 0; i < count; i++)
            {
                take(TxMark.Of(hashes.AsSpan(i * TxUses.HashBytes, TxUses.HashBytes), from + i));
            }
        }
    }
}
