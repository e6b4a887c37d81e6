using System.Collections.Concurrent;
using ChainWatch.Sources;
using ChainWatch.Watching;
using Microsoft.Extensions.Logging;

namespace ChainWatch.Hosting;

/// <summary>
/// How long each chain waits: the interval where nothing is new; where something fails the interval first, then twice as long each
/// time, up to a minute. A problem is told when it begins and when it is over, and not in between.
/// </summary>
internal sealed class ChainPatience(TimeSpan interval, TimeProvider clock, Func<Chain?, long> blocksRead, ILogger logger)
{
    private static readonly TimeSpan _delayMax = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<IChainSource, Trouble> _troubles = new(ReferenceEqualityComparer.Instance);
    private volatile TaskCompletionSource _hurry = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What fails by now, by the chain; null: of a chain that has not told its name.</summary>
    public IEnumerable<(Chain? Chain, string Problem)> Problems =>
        _troubles.Values.Where(t => blocksRead(t.Chain) == t.BlocksRead).Select(t => (t.Chain, t.Problem));

    /// <summary>Ends the waits that are under way.</summary>
    public void Hurry() => Interlocked.Exchange(ref _hurry, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>Waits as long as a chain should.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task WaitAsync(WatchPause pause, CancellationToken cancellationToken)
    {
        using PeriodicTimer timer = new(DelayOf(pause), clock);
        Task hurry = _hurry.Task;
        await Task.WhenAny(timer.WaitForNextTickAsync(cancellationToken).AsTask(), hurry).ConfigureAwait(false);
        cancellationToken.ThrowIfCancellationRequested();
    }

    private TimeSpan DelayOf(WatchPause pause)
    {
        _troubles.TryGetValue(pause.Source, out Trouble? before);
        if (pause.Problem is null)
        {
            if (_troubles.TryRemove(pause.Source, out _))
            {
                Log.ChainGoesOn(logger, pause.Chain?.Name ?? "the chain", before!.Problem);
            }

            return interval;
        }

        // Blocks that were read since say that it was over in between.
        long read = blocksRead(pause.Chain);
        bool isNew = before is null || before.BlocksRead != read;
        TimeSpan delay = isNew ? interval : new TimeSpan(Math.Max(interval.Ticks, Math.Min(2 * before!.Delay.Ticks, _delayMax.Ticks)));
        _troubles[pause.Source] = new Trouble(pause.Chain, pause.Problem.Message, delay, read);
        if (before?.Problem != pause.Problem.Message)
        {
            Log.ChainFails(logger, pause.Problem.Message);
        }

        return delay;
    }

    private sealed record Trouble(Chain? Chain, string Problem, TimeSpan Delay, long BlocksRead);
}
