using System.Globalization;

namespace ChainWatch.Hosting;

/// <summary>How alerts are posted to a webhook.</summary>
public sealed class WebhookOptions
{
    /// <summary>The fewest bytes of a secret: 16.</summary>
    public const int SecretBytesMin = 16;

    /// <summary>The sink's name in the outbox: the same at every start. Default <c>webhook</c>; several need names of their own.</summary>
    /// <exception cref="ChainWatchException">It is empty.</exception>
    public string Name { get; init => field = value.Length > 0 ? value : throw new ChainWatchException("the webhook's name is empty: expected one"); } = "webhook";

    /// <summary>What sender and receiver share, to sign with: at least <see cref="SecretBytesMin"/> random bytes. Never printed.</summary>
    /// <exception cref="ChainWatchException">Shorter.</exception>
    public required ReadOnlyMemory<byte> Secret
    {
        get;
        init => field = value.Length >= SecretBytesMin ? value : throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture, $"the webhook's secret has {value.Length} bytes: expected at least {SecretBytesMin}"));
    }

    /// <summary>One attempt: from the connection to the answer's status. 10 ms to a day; default 30 s.</summary>
    public TimeSpan AttemptTimeout { get; init => field = Within(nameof(AttemptTimeout), value, TimeSpan.FromMilliseconds(10)); } = TimeSpan.FromSeconds(30);

    /// <summary>The delay before the second attempt; it doubles with each. 1 ms to a day; default 1 s.</summary>
    public TimeSpan DelayBase { get; init => field = Within(nameof(DelayBase), value, TimeSpan.FromMilliseconds(1)); } = TimeSpan.FromSeconds(1);

    /// <summary>The longest delay of our own. 1 ms to a day; default 5 min.</summary>
    public TimeSpan DelayMax { get; init => field = Within(nameof(DelayMax), value, TimeSpan.FromMilliseconds(1)); } = TimeSpan.FromMinutes(5);

    /// <summary>The longest delay that a receiver may ask for with Retry-After; one that asks for more is waited for so long. 1 ms to a day; default an hour.</summary>
    public TimeSpan RetryAfterMax { get; init => field = Within(nameof(RetryAfterMax), value, TimeSpan.FromMilliseconds(1)); } = TimeSpan.FromHours(1);

    private static TimeSpan Within(string name, TimeSpan value, TimeSpan min) => value >= min && value <= TimeSpan.FromDays(1)
        ? value
        : throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture, $"{name} {value}: expected {min} to {TimeSpan.FromDays(1)}"));
}
