using System.Globalization;
using ChainWatch.Sources;
using ChainWatch.Watching;
using Microsoft.Extensions.Logging;

namespace ChainWatch.Hosting;

/// <summary>What a <see cref="WatchRunner"/> runs on. It disposes none of it.</summary>
public sealed record WatchSetup
{
    /// <summary>The folder that keeps blocks and alerts; made where it is missing.</summary>
    public required string StateFolder { get; init; }

    /// <summary>What is watched for.</summary>
    public required WatchInputs Inputs { get; init; }

    /// <summary>The endpoints: one for each chain.</summary>
    public required IReadOnlyList<IChainSource> Sources { get; init; }

    /// <summary>Where alerts are delivered.</summary>
    public IReadOnlyList<IAlertSink> Sinks { get; init; } = [];

    /// <summary>Told of each alert as it comes, one at a time; what it throws ends the watch. Unlike a sink it is told once, and not again after a kill.</summary>
    public Action<Alert>? Told { get; init; }

    /// <summary>How long a chain waits where nothing is new, and between two looks at the files. 10 ms to an hour; default 5 s.</summary>
    /// <exception cref="ChainWatchException">Out of that range.</exception>
    public TimeSpan Interval
    {
        get;
        init => field = value >= TimeSpan.FromMilliseconds(10) && value <= TimeSpan.FromHours(1)
            ? value
            : throw new ChainWatchException(string.Create(CultureInfo.InvariantCulture, $"interval {value}: expected 10 ms to an hour"));
    } = TimeSpan.FromSeconds(5);

    /// <summary>What is told of by logs and health.</summary>
    public WatchLimits Limits { get; init; } = new();

    /// <summary>Time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where problems are told, each once; null: nowhere.</summary>
    public ILoggerFactory? Loggers { get; init; }
}
