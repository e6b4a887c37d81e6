using ChainWatch.Sources;
using ChainWatch.Watching;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace ChainWatch.Hosting;

/// <summary>
/// A watch in a host: opened when the host starts, which fails where it cannot be; ended gracefully with the host. A defect in it
/// stops the host, as the host's own options say.
/// </summary>
public sealed class WatchService : BackgroundService
{
    private readonly IOptions<ChainWatchOptions> _options;
    private readonly WatchSurroundings _with;
    private volatile WatchRunner? _runner;

    /// <summary>A service; <c>AddChainWatch</c> makes it.</summary>
    /// <param name="options">What is watched for.</param>
    /// <param name="sources">Sources besides the options' nodes.</param>
    /// <param name="sinks">Sinks besides the options' webhook.</param>
    /// <param name="http">Makes the HTTP clients, by the names of <see cref="ChainWatchClients"/>.</param>
    /// <param name="loggers">Where problems are told.</param>
    /// <param name="clock">Time.</param>
    public WatchService(IOptions<ChainWatchOptions> options, IEnumerable<IChainSource> sources, IEnumerable<IAlertSink> sinks, IHttpClientFactory http, ILoggerFactory loggers, TimeProvider clock)
    {
        _options = options;
        _with = new WatchSurroundings { Sources = [.. sources], Sinks = [.. sinks], Http = http.CreateClient, Clock = clock, Loggers = loggers };
    }

    /// <summary>What runs; null before the host has started.</summary>
    public WatchRunner? Runner => _runner;

    /// <inheritdoc/>
    /// <exception cref="ChainWatchException">The watch cannot be opened.</exception>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        _runner = WatchRunner.Open(_options.Value, _with);
        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        // A host that failed to start disposes what still runs: the block in hand is finished before the state is let go of.
        ExecuteTask?.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default).Wait();
        _runner?.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await _runner!.RunAsync(stoppingToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host ends.
        }
    }
}
