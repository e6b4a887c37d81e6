using ChainWatch.Sources;
using ChainWatch.Watching;
using Microsoft.Extensions.Logging;

namespace ChainWatch.Hosting;

/// <summary>What a watch needs besides its options. It disposes none of it.</summary>
public sealed record WatchSurroundings
{
    /// <summary>Sources besides the nodes of the options, each of another chain.</summary>
    public IReadOnlyList<IChainSource> Sources { get; init; } = [];

    /// <summary>Sinks besides the webhook of the options.</summary>
    public IReadOnlyList<IAlertSink> Sinks { get; init; } = [];

    /// <summary>Told of each alert as it comes; see <see cref="WatchSetup.Told"/>.</summary>
    public Action<Alert>? Told { get; init; }

    /// <summary>HTTP clients by name (<see cref="ChainWatchClients"/>), without a time-out of their own; null: ones of its own.</summary>
    public Func<string, HttpClient>? Http { get; init; }

    /// <summary>Time.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Where problems are told; null: nowhere.</summary>
    public ILoggerFactory? Loggers { get; init; }
}

/// <summary>The names of a watch's HTTP clients at the factory, for whoever adds a proxy or a certificate to one.</summary>
public static class ChainWatchClients
{
    /// <summary>Of the EVM chain's node.</summary>
    public const string Ethereum = "ChainWatch.Ethereum";

    /// <summary>Of Bitcoin's node.</summary>
    public const string Bitcoin = "ChainWatch.Bitcoin";

    /// <summary>Of the webhook.</summary>
    public const string Webhook = "ChainWatch.Webhook";
}
