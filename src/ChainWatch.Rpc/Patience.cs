using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace ChainWatch.Rpc;

/// <summary>When a request is asked again, when requests are held back, and how long an answer may take.</summary>
internal sealed class Patience(RpcEndpoint endpoint, RpcOptions options, TimeProvider clock, Func<double> jitter, ILogger logger)
{
    /// <summary>Where the pipeline's context holds what is asked.</summary>
    public static readonly ResiliencePropertyKey<string> MethodKey = new("rpc.method");

    /// <summary>The one retry layer.</summary>
    public ResiliencePipeline BuildRetries() => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Math.Max(1, options.RetriesMax),
            ShouldHandle = arguments => ValueTask.FromResult(options.RetriesMax > 0 && arguments.Outcome.Exception switch
            {
                // What was never there is asked once more, not for a minute: mostly the URL is wrong.
                RpcException { Kind: RpcErrorKind.Unreachable } => arguments.AttemptNumber < 1,
                RpcException e => e.IsTransient,
                BrokenCircuitException => true,
                _ => false,
            }),
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(DelayOf(arguments.AttemptNumber, arguments.Outcome.Exception)),
            OnRetry = arguments =>
            {
                string method = arguments.Context.Properties.GetValue(MethodKey, "");
                Log.Retrying(logger, endpoint.Name, method, (arguments.Outcome.Exception as RpcException)?.Kind ?? RpcErrorKind.Transient, arguments.AttemptNumber + 1, arguments.RetryDelay);
                Telemetry.Retries.Add(1, new TagList { { "server.address", endpoint.Uri.Host }, { "rpc.method", method } });
                return default;
            },
        })
        .Build();

    /// <summary>The circuit breaker, shared by all calls, around the one time-out.</summary>
    public ResiliencePipeline BuildGuard() => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = options.BreakerFailureRatio,
            MinimumThroughput = options.BreakerMinimumThroughput,
            SamplingDuration = options.BreakerSampling,
            BreakDuration = options.BreakerBreak,
            // A rate limit or a broken answer is an answer: the endpoint is there.
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is RpcException { Kind: RpcErrorKind.Transient or RpcErrorKind.Unreachable } or TimeoutRejectedException),
            OnOpened = arguments =>
            {
                Log.BreakerOpened(logger, endpoint.Name, arguments.BreakDuration);
                return default;
            },
            OnClosed = _ =>
            {
                Log.BreakerClosed(logger, endpoint.Name);
                return default;
            },
        })
        .AddTimeout(new TimeoutStrategyOptions { Timeout = options.AttemptTimeout })
        .Build();

    // Doubling, with up to half of it at random so that many clients do not come back at once; the endpoint's own wish goes before.
    private TimeSpan DelayOf(int attempt, Exception? error)
    {
        TimeSpan? wish = error switch
        {
            RpcException { RetryAfter: TimeSpan asked } => asked,
            BrokenCircuitException { RetryAfter: TimeSpan asked } => asked,
            BrokenCircuitException => options.BreakerBreak,
            _ => null,
        };
        double doubled = Math.Min(options.DelayBase.TotalSeconds * Math.Pow(2, attempt), options.DelayMax.TotalSeconds);
        TimeSpan own = TimeSpan.FromSeconds(doubled * (0.5 + (0.5 * Math.Clamp(jitter(), 0, 1))));
        // "At once" would only be refused again.
        return wish is not TimeSpan w || w == TimeSpan.Zero || (error is BrokenCircuitException && own > w) ? own : w;
    }
}
