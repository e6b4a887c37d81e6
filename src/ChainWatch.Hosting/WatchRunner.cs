using ChainWatch.Watching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChainWatch.Hosting;

/// <summary>
/// Runs a watch until it is told to end: follows the chains, waits and tries again where a node fails or the disk is full, delivers
/// alerts, and takes up files that change. Needs no container; <c>AddChainWatch</c> puts one into a host.
/// </summary>
public sealed class WatchRunner : IDisposable
{
    /// <summary>The name of its meter, for whoever exports metrics.</summary>
    public const string MeterName = "ChainWatch";

    private readonly WatchSetup _setup;
    private readonly ILogger _logger;
    private readonly DateTimeOffset _openedAt;
    private readonly AlertOutbox? _outbox;
    private readonly AlertDelivery? _delivery;
    private readonly ChainPatience _patience;
    private readonly ListFreshness _freshness;
    private readonly WatchMetrics _metrics;
    private readonly Lock _lock = new();
    private readonly AddedWallets _added = new();
    private ConfiguredWatch? _owned;
    private volatile bool _isRunning;
    private volatile string[] _inputProblems = [];

    private WatchRunner(WatchSetup setup, Watcher watcher)
    {
        (_setup, Watcher) = (setup, watcher);
        _logger = setup.Loggers?.CreateLogger<WatchRunner>() ?? NullLogger<WatchRunner>.Instance;
        _openedAt = setup.Clock.GetUtcNow();
        _patience = new ChainPatience(setup.Interval, setup.Clock, chain => watcher.Progress.FirstOrDefault(p => p.Chain == chain)?.BlocksRead ?? 0, _logger);
        _freshness = new ListFreshness(setup.Limits, setup.Clock, _logger);
        if (setup.Sinks.Count > 0)
        {
            _outbox = AlertOutbox.Open(watcher.Log);
            try
            {
                _delivery = new AlertDelivery(_outbox, setup.Sinks, setup.Clock, setup.Loggers?.CreateLogger<AlertDelivery>());
            }
            catch
            {
                _outbox.Dispose();
                throw;
            }
        }

        _metrics = new WatchMetrics(() => Status);
    }

    /// <summary>What it runs. Watch and unwatch wallets through the runner, which keeps them when the files change.</summary>
    public Watcher Watcher { get; }

    /// <summary>What it may fall short of.</summary>
    public WatchLimits Limits => _setup.Limits;

    /// <summary>How it stands now. For any thread.</summary>
    public WatchStatus Status => new()
    {
        IsRunning = _isRunning,
        Chains = Chains(),
        Lists = _freshness.Of(Watcher.Request.Trace),
        Sinks = _delivery?.StatusOf(Watcher.Log.Head.Number) ?? [],
        Wallets = Watcher.Request.Trace.To.Count,
        InputProblems = _inputProblems,
    };

    /// <summary>Reads what is asked, and opens the state.</summary>
    /// <param name="setup">What it runs on.</param>
    /// <exception cref="ChainWatchException">A file is not as it must be, another process holds the state folder, or two sinks have one name.</exception>
    public static WatchRunner Open(WatchSetup setup)
    {
        Watcher watcher = Watcher.Open(setup.StateFolder, setup.Inputs.Read(), setup.Sources);
        try
        {
            return new WatchRunner(setup, watcher);
        }
        catch
        {
            watcher.Dispose();
            throw;
        }
    }

    /// <summary>Opens a watch as options say.</summary>
    /// <param name="options">The options.</param>
    /// <param name="with">What they do not tell; null: nothing.</param>
    /// <exception cref="ChainWatchException">An option is not as it must be; or as above.</exception>
    public static WatchRunner Open(ChainWatchOptions options, WatchSurroundings? with = null)
    {
        ConfiguredWatch watch = ConfiguredWatch.Open(options, with ?? new WatchSurroundings());
        try
        {
            WatchRunner runner = Open(watch.Setup);
            runner._owned = watch;
            return runner;
        }
        catch
        {
            watch.Dispose();
            throw;
        }
    }

    /// <summary>Watches until it is cancelled: the block in hand is finished, and what was not delivered stays in the outbox. One at a time.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _freshness.Warn(Watcher.Request.Trace);
        Task beside = Task.WhenAll(BesideAsync(_delivery?.RunAsync(stop.Token) ?? Task.CompletedTask, stop), BesideAsync(LookAtFilesAsync(stop.Token), stop));
        _isRunning = true;
        try
        {
            await foreach (Alert alert in Watcher.WatchAsync(_patience.WaitAsync, stop.Token).ConfigureAwait(false))
            {
                Tell(alert);
            }
        }
        finally
        {
            _isRunning = false;
            await stop.CancelAsync().ConfigureAwait(false);
            await beside.ConfigureAwait(false);
        }
    }

    /// <summary>Reads what there is by now, tells and delivers it, and returns.</summary>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What was told.</returns>
    /// <exception cref="ChainWatchException">A node does not answer, the disk is full, or a sink refused; what could be read is told and delivered all the same.</exception>
    public async Task<IReadOnlyList<Alert>> CatchUpAsync(CancellationToken cancellationToken)
    {
        _freshness.Warn(Watcher.Request.Trace);
        long before = Watcher.Log.Head.Number;
        IReadOnlyList<Alert> told;
        try
        {
            told = await Watcher.CatchUpAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (ChainWatchException)
        {
            // What the other chains brought stands in the log, and the next process would not tell it.
            foreach (LoggedAlert logged in AlertLog.Read(_setup.StateFolder).SkipWhile(l => l.Number <= before))
            {
                Tell(logged.Alert);
            }

            await (_delivery?.DrainAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
            throw;
        }

        foreach (Alert alert in told)
        {
            Tell(alert);
        }

        await (_delivery?.DrainAsync(cancellationToken) ?? Task.CompletedTask).ConfigureAwait(false);
        return _delivery?.Refused.Values.FirstOrDefault() is string refusal ? throw new AlertRefusedException(refusal) : told;
    }

    /// <summary>Watches more wallets, besides those of the files and for the life of this runner. For any thread.</summary>
    public void Watch(IReadOnlyCollection<Address> wallets) => Change(wallets, isWatched: true);

    /// <summary>Watches wallets no more, also where a file names them, for the life of this runner. For any thread.</summary>
    public void Unwatch(IReadOnlyCollection<Address> wallets) => Change(wallets, isWatched: false);

    /// <summary>Ends the waits that are under way: for whoever knows of a new block. For any thread.</summary>
    public void Wake() => _patience.Hurry();

    /// <inheritdoc/>
    public void Dispose()
    {
        _metrics.Dispose();
        _outbox?.Dispose();
        Watcher.Dispose();
        _owned?.Dispose();
    }

    /// <summary>Whether a meter is this runner's.</summary>
    internal bool Owns(System.Diagnostics.Metrics.Meter meter) => _metrics.Owns(meter);

    // What runs beside the watch ends it where it fails.
    private static async Task BesideAsync(Task task, CancellationTokenSource stop)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // The watch ends.
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private void Tell(Alert alert)
    {
        _metrics.Count(alert);
        _setup.Told?.Invoke(alert);
        _delivery?.Wake();
    }

    private void Change(IReadOnlyCollection<Address> wallets, bool isWatched)
    {
        lock (_lock)
        {
            _added.Note(wallets, isWatched);
            if (isWatched)
            {
                Watcher.Watch(wallets);
            }
            else
            {
                Watcher.Unwatch(wallets);
            }
        }

        _patience.Hurry();
    }

    private async Task LookAtFilesAsync(CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(_setup.Interval, _setup.Clock);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            TakeUpFiles();
            _freshness.Warn(Watcher.Request.Trace);
        }
    }

    private void TakeUpFiles()
    {
        if (_setup.Inputs.ReadAnew() is WatchRequest request)
        {
            lock (_lock)
            {
                Watcher.Change(_added.On(request));
            }

            Log.InputsTakenUp(_logger, request.Trace.To.Count);
            _patience.Hurry();
        }

        // Each is told once, as long as it is the same.
        string[] problems = [.. _setup.Inputs.Problems];
        foreach (string problem in problems.Except(_inputProblems))
        {
            Log.InputsKept(_logger, problem);
        }

        _inputProblems = problems;
    }

    private IReadOnlyList<ChainStatus> Chains()
    {
        DateTimeOffset now = _setup.Clock.GetUtcNow();
        IReadOnlyList<ChainProgress> progress = Watcher.Progress;
        (Chain? Chain, string Problem)[] problems = [.. _patience.Problems];
        // Nodes that have never answered are told by how many they are.
        IEnumerable<string?> nameless = problems.Where(p => p.Chain is null).Select(p => (string?)p.Problem).Concat(Enumerable.Repeat<string?>(null, _setup.Sources.Count));
        return
        [
            .. progress.Select(p => new ChainStatus
            {
                Chain = p.Chain,
                Height = p.Height < 0 ? null : p.Height,
                LagBlocks = Math.Max(0, p.Head.Height - p.Height),
                Lag = Since(p.Height >= p.Head.Height ? p.Head.Time : p.Height < 0 ? _openedAt : p.Time),
                BlocksRead = p.BlocksRead,
                Problem = problems.FirstOrDefault(x => x.Chain == p.Chain).Problem,
            }),
            .. nameless.Take(_setup.Sources.Count - progress.Count).Select(problem => new ChainStatus { Lag = Since(_openedAt), Problem = problem }),
        ];

        // Miners' clocks may be ahead.
        TimeSpan? Since(DateTimeOffset? then) => then is not DateTimeOffset time ? null : time > now ? TimeSpan.Zero : now - time;
    }
}
