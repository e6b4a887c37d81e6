using ChainWatch.Sources;
using ChainWatch.Tracing;

namespace ChainWatch.Collecting;

/// <summary>Finds the blocks of the part of history that is asked about.</summary>
internal static class WindowFinder
{
    // On Bitcoin a block's time may be earlier than that of the block before: it is at most two hours ahead of the clocks, and
    // later than the median of the eleven blocks before. So many blocks more, a day's, are read at both ends.
    private const long BitcoinSlack = 144;

    /// <summary>The blocks of the window that the endpoint can have: from its first, or the one asked for, up to its head or the one asked for.</summary>
    /// <exception cref="ChainWatchException">There are none.</exception>
    public static async Task<BlockWindow> FindAsync(CollectSession session, TraceWindow asked, CancellationToken cancellationToken)
    {
        SourceProfile profile = session.Profile;
        long first = Math.Max(asked.FirstBlock ?? 0, profile.FirstBlock);
        long last = Math.Min(asked.LastBlock ?? long.MaxValue, profile.Head.Height);
        long slack = profile.Chain.IsBitcoin ? BitcoinSlack : 0;
        (long lowest, long highest) = (first, last);
        if (asked.FirstTime is DateTimeOffset since)
        {
            first = await FirstNotBeforeAsync(session, since, first, last + 1, cancellationToken).ConfigureAwait(false);
        }

        if (asked.LastTime is DateTimeOffset until)
        {
            last = await FirstNotBeforeAsync(session, until.AddTicks(1), first, last + 1, cancellationToken).ConfigureAwait(false) - 1;
        }

        // The tracer looks at every block's own time.
        return first <= last
            ? new BlockWindow(Math.Max(lowest, asked.FirstTime is null ? first : first - slack), Math.Min(highest, asked.LastTime is null ? last : last + slack))
            : throw new ChainWatchException($"{profile.Name} has no block of the time asked about: it serves blocks {profile.FirstBlock} to {profile.Head.Height} ({profile.Head.Time:yyyy-MM-dd HH:mm}Z)");
    }

    // The lowest height whose time is not before, where times ascend with heights.
    private static async Task<long> FirstNotBeforeAsync(CollectSession session, DateTimeOffset time, long low, long high, CancellationToken cancellationToken)
    {
        while (low < high)
        {
            long middle = low + ((high - low) / 2);
            BlockRef block = await session.FindBlockAsync(middle, cancellationToken).ConfigureAwait(false)
                ?? throw new ChainWatchException($"{session.Profile.Name} does not know block {middle}: the block of {time:yyyy-MM-dd HH:mm}Z cannot be found; give heights instead of dates");
            (low, high) = block.Time >= time ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
