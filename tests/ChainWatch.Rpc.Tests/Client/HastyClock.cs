using System.Collections.Concurrent;

namespace ChainWatch.Rpc.Tests.Client;

/// <summary>A clock whose delays are over at once, and remembered. Longer ones than a minute never end: they are time-outs.</summary>
internal sealed class HastyClock : TimeProvider
{
    private static readonly TimeSpan TimeOut = TimeSpan.FromSeconds(59);

    public ConcurrentQueue<TimeSpan> Delays { get; } = new();

    public override DateTimeOffset GetUtcNow() => new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeOut || dueTime < TimeSpan.Zero)
        {
            return base.CreateTimer(callback, state, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        }

        Delays.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
