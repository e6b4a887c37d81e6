namespace ChainWatch.Rpc;

/// <summary>Limits and patience of a client.</summary>
public sealed record RpcOptions
{
    /// <summary>HTTP requests in flight at once, 1 to 256. Default 8.</summary>
    public int Concurrency { get; init => field = value is >= 1 and <= 256 ? value : throw Bad(nameof(Concurrency), value, "1 to 256"); } = 8;

    /// <summary>Calls in one HTTP request, 1 to 1,000; 1: no batches. Default 50.</summary>
    public int BatchSizeMax { get; init => field = value is >= 1 and <= 1000 ? value : throw Bad(nameof(BatchSizeMax), value, "1 to 1000"); } = 50;

    /// <summary>One attempt, reading the whole answer included. The one owner of time-outs. 10 ms to a day; default 60 s.</summary>
    public TimeSpan AttemptTimeout { get; init => field = Within(nameof(AttemptTimeout), value, TimeSpan.FromMilliseconds(10)); } = TimeSpan.FromSeconds(60);

    /// <summary>Attempts after the first, 0 to 100. Default 6.</summary>
    public int RetriesMax { get; init => field = value is >= 0 and <= 100 ? value : throw Bad(nameof(RetriesMax), value, "0 to 100"); } = 6;

    /// <summary>The delay before the first retry; it doubles with each. 1 ms to a day; default 0.5 s.</summary>
    public TimeSpan DelayBase { get; init => field = Within(nameof(DelayBase), value, TimeSpan.FromMilliseconds(1)); } = TimeSpan.FromMilliseconds(500);

    /// <summary>The longest delay of our own. 1 ms to a day; default 30 s.</summary>
    public TimeSpan DelayMax { get; init => field = Within(nameof(DelayMax), value, TimeSpan.FromMilliseconds(1)); } = TimeSpan.FromSeconds(30);

    /// <summary>The longest delay that an endpoint may ask for with Retry-After; one that asks for more is waited for so long. 1 ms to a day; default 2 min.</summary>
    public TimeSpan RetryAfterMax { get; init => field = Within(nameof(RetryAfterMax), value, TimeSpan.FromMilliseconds(1)); } = TimeSpan.FromMinutes(2);

    /// <summary>The share of failed attempts, above 0 and at most 1, at which the circuit breaker opens. Default 0.9.</summary>
    public double BreakerFailureRatio { get; init => field = value is > 0 and <= 1 ? value : throw Bad(nameof(BreakerFailureRatio), value, "more than 0, at most 1"); } = 0.9;

    /// <summary>Attempts within <see cref="BreakerSampling"/> below which the breaker does not judge, at least 2. Default 20.</summary>
    public int BreakerMinimumThroughput { get; init => field = value >= 2 ? value : throw Bad(nameof(BreakerMinimumThroughput), value, "at least 2"); } = 20;

    /// <summary>Over what time the breaker judges, 0.5 s to a day; default 30 s.</summary>
    public TimeSpan BreakerSampling { get; init => field = Within(nameof(BreakerSampling), value, TimeSpan.FromMilliseconds(500)); } = TimeSpan.FromSeconds(30);

    /// <summary>How long the breaker stays open, 0.5 s to a day; default 5 s.</summary>
    public TimeSpan BreakerBreak { get; init => field = Within(nameof(BreakerBreak), value, TimeSpan.FromMilliseconds(500)); } = TimeSpan.FromSeconds(5);

    /// <summary>The longest answer in bytes, 1 to 2^30. More is an error, not memory. Default 512 MiB.</summary>
    public long ResponseBytesMax { get; init => field = value is >= 1 and <= 1 << 30 ? value : throw Bad(nameof(ResponseBytesMax), value, "1 to 2^30"); } = 512L << 20;

    private static TimeSpan Within(string name, TimeSpan value, TimeSpan min) => value >= min && value <= TimeSpan.FromDays(1)
        ? value
        : throw Bad(name, value, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{min} to {TimeSpan.FromDays(1)}"));

    private static ChainWatchException Bad(string name, object value, string expected) =>
        new(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{name} {value}: expected {expected}"));
}
