namespace ChainWatch.Tracing;

/// <summary>A part of history, by block height or by the blocks' own times, both ends included. Null: no bound.</summary>
/// <param name="FirstBlock">The lowest height.</param>
/// <param name="LastBlock">The highest height.</param>
/// <param name="FirstTime">The earliest block time.</param>
/// <param name="LastTime">The latest block time.</param>
public sealed record TraceWindow(long? FirstBlock = null, long? LastBlock = null, DateTimeOffset? FirstTime = null, DateTimeOffset? LastTime = null)
{
    /// <summary>All of history.</summary>
    public static TraceWindow All { get; } = new();

    /// <summary>Whether a block lies in the window.</summary>
    /// <exception cref="ChainWatchException">The window is bounded by time and the block's time is not known.</exception>
    internal bool Holds(Chain chain, long height, DateTimeOffset? time)
    {
        if ((FirstTime ?? LastTime) is not null && time is null)
        {
            throw new ChainWatchException($"{chain} block {height} has no time: a window of dates needs every block's time; give block heights instead");
        }

        return !(height < FirstBlock) && !(height > LastBlock) && !(time < FirstTime) && !(time > LastTime);
    }
}
