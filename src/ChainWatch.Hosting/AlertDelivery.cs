using ChainWatch.Watching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;
using Polly.Retry;

namespace ChainWatch.Hosting;

/// <summary>
/// Takes alerts from the outbox to the sinks: each sink by itself, in the log's order, one at a time. A sink that fails is asked
/// again, with pauses from a second to five minutes; one that refuses gets nothing more before the next start, and holds up no other.
/// </summary>
public sealed class AlertDelivery
{
    private static readonly TimeSpan _pauseBase = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _pauseMax = TimeSpan.FromMinutes(5);
    private readonly AlertOutbox _outbox;
    private readonly SinkQueue[] _queues;
    private readonly ILogger _logger;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline _retries;

    /// <summary>A delivery. It disposes neither outbox nor sinks.</summary>
    /// <param name="outbox">What each sink has.</param>
    /// <param name="sinks">Where alerts go.</param>
    /// <param name="clock">Time; null: the system's.</param>
    /// <param name="logger">Where to tell of failures; null: nowhere.</param>
    /// <exception cref="ChainWatchException">Two sinks have one name.</exception>
    public AlertDelivery(AlertOutbox outbox, IEnumerable<IAlertSink> sinks, TimeProvider? clock = null, ILogger<AlertDelivery>? logger = null)
    {
        (_outbox, _clock, _logger) = (outbox, clock ?? TimeProvider.System, logger ?? NullLogger<AlertDelivery>.Instance);
        _queues = [.. sinks.Select(s => new SinkQueue(s))];
        if (_queues.GroupBy(q => q.Sink.Name, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            throw new ChainWatchException($"two sinks are named '{twice.Key}': expected a name for each, by which the outbox knows it");
        }

        _retries = new ResiliencePipelineBuilder { TimeProvider = _clock }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = int.MaxValue,
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is not (null or AlertRefusedException) && !arguments.Context.CancellationToken.IsCancellationRequested),
                BackoffType = DelayBackoffType.Exponential,
                Delay = _pauseBase,
                MaxDelay = _pauseMax,
                OnRetry = arguments =>
                {
                    // A foreign exception's message may hold anything.
                    Log.DeliveryFailed(_logger, arguments.Outcome.Exception is ChainWatchException told ? told.Message : arguments.Outcome.Exception!.GetType().Name, arguments.RetryDelay);
                    return default;
                },
            })
            .Build();
    }

    /// <summary>The sinks that refused, with the one-line reason, by name.</summary>
    public IReadOnlyDictionary<string, string> Refused =>
        _queues.Where(q => q.Refusal is not null).ToDictionary(q => q.Sink.Name, q => q.Refusal!, StringComparer.Ordinal);

    /// <summary>How far each sink has come.</summary>
    /// <param name="newest">The log's last line.</param>
    public IReadOnlyList<SinkStatus> StatusOf(long newest) =>
    [
        .. _queues.Select(q => new SinkStatus(
            q.Sink.Name,
            Math.Max(0, newest - _outbox.AcceptedBy(q.Sink.Name).Number),
            _clock.GetUtcNow() - q.OfferedAt,
            q.Refusal,
            _outbox.SkippedBy(q.Sink.Name).Count)),
    ];

    /// <summary>Says that the log has grown. Cheap, and for any thread.</summary>
    public void Wake() => Array.ForEach(_queues, q => q.Wake());

    /// <summary>Delivers what is in the log and what comes, until it is cancelled or every sink has refused.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task RunAsync(CancellationToken cancellationToken) => Task.WhenAll(_queues.Select(q => DeliverAsync(q, waits: true, cancellationToken)));

    /// <summary>Delivers what is in the log, and returns when every sink has it or has refused.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public Task DrainAsync(CancellationToken cancellationToken) => Task.WhenAll(_queues.Select(q => DeliverAsync(q, waits: false, cancellationToken)));

    private async Task DeliverAsync(SinkQueue queue, bool waits, CancellationToken cancellationToken)
    {
        // What holds one sink up holds up no other, nor the caller.
        await Task.Yield();
        try
        {
            while (queue.Refusal is null)
            {
                cancellationToken.ThrowIfCancellationRequested();
                LoggedAlert? alert = await _retries.ExecuteAsync(_ => ValueTask.FromResult(_outbox.Next(queue.Sink.Name)), cancellationToken).ConfigureAwait(false);
                if (alert is null)
                {
                    queue.OfferedAt = null;
                    if (!waits)
                    {
                        return;
                    }

                    await queue.WaitAsync(cancellationToken).ConfigureAwait(false);
                    continue;
                }

                queue.OfferedAt = _clock.GetUtcNow();
                await _retries.ExecuteAsync(async token => await queue.Sink.SendAsync(alert, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
                // Nothing more goes out before this is on the disk: after a kill at most one alert comes again.
                await _retries.ExecuteAsync(
                    _ =>
                    {
                        _outbox.Accept(queue.Sink.Name, alert);
                        return default;
                    },
                    cancellationToken).ConfigureAwait(false);
            }
        }
        catch (AlertRefusedException e)
        {
            queue.Refusal = e.Message;
            Log.SinkRefused(_logger, e.Message);
        }
    }
}
