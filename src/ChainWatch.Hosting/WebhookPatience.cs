using ChainWatch.Rpc;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;

namespace ChainWatch.Hosting;

/// <summary>When an alert is posted again: for ever, as long as the receiver may still take it.</summary>
internal sealed class WebhookPatience(string endpoint, WebhookOptions options, TimeProvider clock, Func<double> jitter, ILogger logger)
{
    // 2^30 times any base is beyond every delay.
    private const int DoublingsMax = 30;

    public ResiliencePipeline Build() => new ResiliencePipelineBuilder { TimeProvider = clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = int.MaxValue,
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception switch
            {
                RpcException e => e.IsTransient,
                HttpRequestException or IOException or TimeoutRejectedException => true,
                // The handler's own time-out for connecting: nobody cancelled anything.
                OperationCanceledException => !arguments.Context.CancellationToken.IsCancellationRequested,
                _ => false,
            }),
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(DelayOf(arguments.AttemptNumber, (arguments.Outcome.Exception as RpcException)?.RetryAfter)),
            OnRetry = arguments =>
            {
                Log.WebhookRetrying(logger, options.Name, endpoint, Describe(arguments.Outcome.Exception), arguments.AttemptNumber + 1, arguments.RetryDelay);
                return default;
            },
        })
        .AddTimeout(new TimeoutStrategyOptions { Timeout = options.AttemptTimeout })
        .Build();

    // Doubling, with up to half of it at random so that many senders do not come back at once; the receiver's own wish goes before.
    private TimeSpan DelayOf(int attempt, TimeSpan? wish)
    {
        double doubled = Math.Min(options.DelayBase.TotalSeconds * Math.Pow(2, Math.Min(attempt, DoublingsMax)), options.DelayMax.TotalSeconds);
        return wish ?? TimeSpan.FromSeconds(doubled * (0.5 + (0.5 * Math.Clamp(jitter(), 0, 1))));
    }

    // The exceptions' own messages may hold the whole URL.
    private static string Describe(Exception? error) => error switch
    {
        RpcException e => e.Message,
        TimeoutRejectedException or OperationCanceledException => "no answer in time",
        HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } => "the host's name is not known",
        HttpRequestException { HttpRequestError: HttpRequestError.SecureConnectionError } => "no TLS connection",
        HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } => "cannot be reached",
        _ => "the connection was cut, or the answer was no HTTP",
    };
}
