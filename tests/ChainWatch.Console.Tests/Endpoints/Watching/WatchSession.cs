using System.Diagnostics;
using ChainWatch.Watching;

namespace ChainWatch.Console.Tests.Endpoints.Watching;

/// <summary>A watcher that runs, and all that it told.</summary>
internal sealed class WatchSession : IAsyncDisposable
{
    // A test that hangs is to fail; nothing is measured by it.
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);
    private readonly CancellationTokenSource _ending = new();
    private readonly List<Alert> _told = [];
    private readonly HashSet<Chain> _failing = [];
    private readonly Task _running;

    public WatchSession(Watcher watcher)
    {
        Watcher = watcher;
        _running = RunAsync();
    }

    public Watcher Watcher { get; }

    public Alert[] Told
    {
        get
        {
            lock (_told)
            {
                return [.. _told];
            }
        }
    }

    /// <summary>Waits until as many alerts were told since a moment as are expected, and one chain or all have caught up; and tells them.</summary>
    public async Task<Alert[]> NextAsync(int since, int count)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (Told.Length < since + count)
        {
            (waited.Elapsed < Limit && !_running.IsCompleted).ShouldBeTrue($"expected {count} alerts, and there are {Told.Length - since}: {string.Join("; ", Told[since..].Select(Text))}{_running.Exception?.Message}");
            await Task.Delay(10);
        }

        return Told[since..];
    }

    /// <summary>Waits until a height was taken in on a chain, and what it brought was told.</summary>
    public async Task UntilAsync(Chain chain, Func<ChainProgress, bool> isReached)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (Watcher.Progress.FirstOrDefault(p => p.Chain == chain) is not { } progress || !isReached(progress))
        {
            (waited.Elapsed < Limit && !_running.IsCompleted).ShouldBeTrue($"{chain}: {_running.Exception?.Message}");
            await Task.Delay(10);
        }
    }

    /// <summary>Waits until a chain fails, or does no more.</summary>
    public async Task UntilFailingAsync(Chain chain, bool isFailing)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (IsFailing(chain) != isFailing)
        {
            (waited.Elapsed < Limit && !_running.IsCompleted).ShouldBeTrue($"{chain}: {_running.Exception?.Message}");
            await Task.Delay(10);
        }
    }

    public static string Text(Alert alert) => $"{alert.State} {alert.Reason} {alert.Direction} {alert.Hops} {alert.Wallet} {(alert.IsNote ? "note" : "")}{(alert.IsRetroactive ? "retroactive" : "")}{alert.Cause}";

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Watcher.Dispose();
        _ending.Dispose();
    }

    private bool IsFailing(Chain chain)
    {
        lock (_failing)
        {
            return _failing.Contains(chain);
        }
    }

    private async Task RunAsync()
    {
        await foreach (Alert alert in Watcher.WatchAsync(WaitAsync, _ending.Token))
        {
            lock (_told)
            {
                _told.Add(alert);
            }
        }
    }

    private async Task WaitAsync(WatchPause pause, CancellationToken token)
    {
        if (pause.Chain is Chain chain)
        {
            lock (_failing)
            {
                _ = pause.Problem is null ? _failing.Remove(chain) : _failing.Add(chain);
            }
        }

        await Task.Delay(10, token);
    }
}
