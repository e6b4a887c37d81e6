namespace ChainWatch.Rpc.Tests;

/// <summary>
/// A clock on which delays pass at once, and are noted. Time-outs of an attempt, known by their length, only run out when the
/// test says so; so do delays that are held.
/// </summary>
internal sealed class FakeClock : TimeProvider
{
    /// <summary>The length that marks a time-out.</summary>
    public static readonly TimeSpan AttemptTimeout = TimeSpan.FromSeconds(61);

    private readonly Lock _lock = new();
    private readonly List<TimeSpan> _delays = [];
    private readonly List<Timer> _timeouts = [];
    private readonly TaskCompletionSource _delayHeld = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset _now = new(2026, 11, 20, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Whether delays are held for ever.</summary>
    public bool HoldsDelays { get; init; }

    /// <summary>Done when the first delay is held.</summary>
    public Task DelayHeld => _delayHeld.Task;

    /// <summary>The delays that were asked for.</summary>
    public IReadOnlyList<TimeSpan> Delays
    {
        get
        {
            lock (_lock)
            {
                return [.. _delays];
            }
        }
    }

    /// <summary>How many time-outs were ever started.</summary>
    public int TimeoutsStarted
    {
        get
        {
            lock (_lock)
            {
                return _timeouts.Count;
            }
        }
    }

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Time passes.</summary>
    public void Advance(TimeSpan time)
    {
        lock (_lock)
        {
            _now += time;
        }
    }

    /// <summary>Every time-out that runs runs out.</summary>
    public void RunOut()
    {
        Timer[] running;
        lock (_lock)
        {
            running = [.. _timeouts];
        }

        Array.ForEach(running, t => t.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private void Start(Timer timer, TimeSpan due)
    {
        lock (_lock)
        {
            if (due == AttemptTimeout)
            {
                _timeouts.Add(timer);
                return;
            }

            _delays.Add(due);
            if (HoldsDelays)
            {
                _delayHeld.TrySetResult();
                return;
            }

            _now += due;
        }

        ThreadPool.QueueUserWorkItem(static t => t.Fire(), timer, preferLocal: false);
    }

    private sealed class Timer(FakeClock clock, TimerCallback callback, object? state) : ITimer
    {
        private volatile bool _disposed;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime != Timeout.InfiniteTimeSpan && !_disposed)
            {
                clock.Start(this, dueTime);
            }

            return true;
        }

        public void Fire()
        {
            if (!_disposed)
            {
                callback(state);
            }
        }

        public void Dispose() => _disposed = true;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
