using System.Globalization;

namespace ChainWatch.Hosting;

/// <summary>
/// What a watch may fall short of. Beyond a limit its health is degraded, and beyond <see cref="UnhealthyFactor"/> times the limit
/// unhealthy.
/// </summary>
public sealed record WatchLimits
{
    /// <summary>How many times a limit is unhealthy: 5.</summary>
    public const int UnhealthyFactor = 5;

    /// <summary>Days since a list's own date, 0 to 36,500; default 7. A list that is older makes what is told incomplete.</summary>
    /// <exception cref="ChainWatchException">Out of that range.</exception>
    public int ListAgeDaysMax
    {
        get;
        init => field = value is >= 0 and <= 36_500 ? value : throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture, $"list age {value} days: expected 0 to 36500"));
    } = 7;

    /// <summary>How old the newest block of an EVM chain that was read may be. Default 2 min.</summary>
    public TimeSpan EvmLagMax { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How old the newest block of Bitcoin that was read may be. Default 2 h: one in some 160,000 takes longer.</summary>
    public TimeSpan BitcoinLagMax { get; init; } = TimeSpan.FromHours(2);

    /// <summary>How many blocks behind its node a chain may be. Default 30.</summary>
    public long LagBlocksMax { get; init; } = 30;

    /// <summary>How long a sink may take to accept an alert. Default 5 min.</summary>
    public TimeSpan DeliveryDelayMax { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How old the newest block that was read may be; of a chain that has not told its name: as of an EVM chain.</summary>
    internal TimeSpan LagMax(Chain? chain) => chain is { IsBitcoin: true } ? BitcoinLagMax : EvmLagMax;
}
