namespace ChainWatch.Hosting.Tests.Watching;

/// <summary>
/// A clock that goes on when the test says so. A watch waits on it with timers of up to a minute, which run out when they are due;
/// the time-out of a webhook's attempt, known by its length, never does: a test's time passes faster than an answer comes.
/// </summary>
internal sealed class ManualClock(DateTimeOffset now) : TimeProvider
{
    private static readonly TimeSpan _timeout = new WebhookOptions { Secret = new byte[WebhookOptions.SecretBytesMin] }.AttemptTimeout;
    private static readonly TimeSpan _delayMax = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly List<Timer> _timers = [];
    private readonly List<TimeSpan> _delays = [];
    private DateTimeOffset _now = now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <summary>How many delays are under way.</summary>
    public int Waiting
    {
        get
        {
            lock (_lock)
            {
                return _timers.Count;
            }
        }
    }

    /// <summary>The delays that were ever begun, in order.</summary>
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

    public override DateTimeOffset GetUtcNow()
    {
        lock (_lock)
        {
            return _now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    /// <summary>Time passes; what is due runs out.</summary>
    public void Advance(TimeSpan time)
    {
        Timer[] due;
        lock (_lock)
        {
            _now += time;
            due = [.. _timers.Where(t => t.Due <= _now)];
            foreach (Timer timer in due)
            {
                if (timer.Period is TimeSpan period)
                {
                    timer.Due = _now + period;
                }
                else
                {
                    _timers.Remove(timer);
                }
            }
        }

        Array.ForEach(due, t => t.Fire());
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        Timer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class Timer(ManualClock clock, Action fire) : ITimer
    {
        public DateTimeOffset Due { get; set; }

        public TimeSpan? Period { get; private set; }

        public void Fire() => fire();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
                if (dueTime >= TimeSpan.Zero && dueTime <= _delayMax && dueTime != _timeout)
                {
                    (Due, Period) = (clock._now + dueTime, period > TimeSpan.Zero ? period : null);
                    clock._timers.Add(this);
                    clock._delays.Add(dueTime);
                }
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock._lock)
            {
                clock._timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
