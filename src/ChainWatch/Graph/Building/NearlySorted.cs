namespace ChainWatch.Graph.Building;

/// <summary>
/// Orders rows of which few stand out of order: those are taken out, sorted, and merged back. Costs little more than
/// reading the rows once.
/// </summary>
internal static unsafe class NearlySorted
{
    // So many rows out of order are few: one in 32.
    private const int FewShift = 5;
    private const int StreakMax = 8;

    /// <summary>How many rows may stand out of order.</summary>
    public static int StraysMax(int count) => count >> FewShift;

    /// <summary>Finds the order; false where too many rows stand out of order.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="descents">How many are smaller than the one before.</param>
    /// <param name="order">Their order.</param>
    /// <param name="entries">Takes as many entries, without keys.</param>
    public static bool TryOrder<TRow, TOrder>(ReadOnlySpan<TRow> rows, int descents, TOrder order, Span<KeyedIndex> entries)
        where TRow : unmanaged
        where TOrder : struct, IRowOrder<TRow>
    {
        fixed (TRow* row = rows)
        fixed (KeyedIndex* entry = entries)
        {
            return TryOrder(row, rows.Length, descents, order, entry);
        }
    }

    private static bool TryOrder<TRow, TOrder>(TRow* rows, int count, int descents, TOrder order, KeyedIndex* entries)
        where TRow : unmanaged
        where TOrder : struct, IRowOrder<TRow>
    {
        int fewMax = StraysMax(count);
        if (descents > fewMax)
        {
            return false;
        }

        List<int> strays = [];
        int kept = 0;
        int streak = 0;
        for (int i = 0; i < count; i++)
        {
            if (kept == 0 || order.Compare(rows[entries[kept - 1].Index], rows[i]) <= 0)
            {
                entries[kept++].Index = i;
                streak = 0;
                continue;
            }

            strays.Add(i);
            streak++;
            // Many in a row are no strays: rather the few kept before them, which were too large.
            if (streak % StreakMax == 0 && (kept <= StreakMax || order.Compare(rows[entries[kept - 1 - StreakMax].Index], rows[strays[^StreakMax]]) <= 0))
            {
                i = strays[^StreakMax];
                strays.RemoveRange(strays.Count - StreakMax, StreakMax);
                while (kept > 0 && order.Compare(rows[entries[kept - 1].Index], rows[i]) > 0)
                {
                    strays.Add(entries[--kept].Index);
                }

                entries[kept++].Index = i;
                streak = 0;
            }

            if (strays.Count > fewMax)
            {
                return false;
            }
        }

        strays.Sort((x, y) => Compare(rows, x, y, order));
        // From the end, where there is room: each place is read before it is written.
        int to = count;
        for (int stray = strays.Count - 1; stray >= 0;)
        {
            bool takesKept = kept > 0 && Compare(rows, entries[kept - 1].Index, strays[stray], order) > 0;
            entries[--to].Index = takesKept ? entries[--kept].Index : strays[stray--];
        }

        return true;
    }

    private static int Compare<TRow, TOrder>(TRow* rows, int x, int y, TOrder order)
        where TRow : unmanaged
        where TOrder : struct, IRowOrder<TRow> => order.Compare(rows[x], rows[y]) is not 0 and int byRow ? byRow : x.CompareTo(y);
}
