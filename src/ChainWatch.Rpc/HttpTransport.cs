using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace ChainWatch.Rpc;

/// <summary>
/// Sends HTTP requests and reads their answers, with everything that patience needs: the one retry layer, the circuit
/// breaker, the one time-out, the bound on requests in flight. It wraps the reading of the answer, too, since rate limits
/// and broken answers come with HTTP 200.
/// </summary>
internal sealed class HttpTransport : IDisposable
{
    private static readonly ResiliencePropertyKey<string> MethodKey = new("rpc.method");
    private readonly HttpClient _http;
    private readonly RpcOptions _options;
    private readonly TimeProvider _clock;
    private readonly Func<double> _jitter;
    private readonly ILogger _logger;
    private readonly SemaphoreSlim _slots;
    private readonly ResiliencePipeline _pipeline;
    private readonly Sanitiser _sanitiser;
    private long _requests;
    private long _bytes;
    private bool _wasReached;

    public HttpTransport(HttpClient http, RpcEndpoint endpoint, RpcOptions options, TimeProvider clock, Func<double> jitter, ILogger logger)
    {
        (_http, Endpoint, _options, _clock, _jitter, _logger) = (http, endpoint, options, clock, jitter, logger);
        _slots = new SemaphoreSlim(options.Concurrency);
        _sanitiser = new Sanitiser(endpoint);
        _pipeline = BuildPipeline();
    }

    public RpcEndpoint Endpoint { get; }

    public long RequestCount => Interlocked.Read(ref _requests);

    public long BytesReceived => Interlocked.Read(ref _bytes);

    public ILogger Logger => _logger;

    /// <summary>Sends a request until its answer can be read.</summary>
    /// <param name="method">What is asked, for messages and measures.</param>
    /// <param name="make">Makes the request, anew for each attempt.</param>
    /// <param name="read">Reads the body; what it throws as a transient <see cref="RpcException"/> is asked again.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="RpcException">It failed for good.</exception>
    public async Task<T> ExecuteAsync<T>(string method, Func<HttpRequestMessage> make, Func<PooledBody, T> read, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(MethodKey, method);
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (c, s) => await s.Self.AttemptAsync(s.Method, s.Make, s.Read, c.CancellationToken).ConfigureAwait(false),
                context,
                (Self: this, Method: method, Make: make, Read: read)).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException e)
        {
            throw Failure(RpcErrorKind.Transient, method, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"no whole answer within {_options.AttemptTimeout.TotalSeconds:0.###} s, {_options.RetriesMax + 1} times; the endpoint is slow, or the time-out short"), inner: e);
        }
        catch (BrokenCircuitException e)
        {
            throw Failure(RpcErrorKind.Transient, method, $"too many failures: requests are held back; the last was: {(e.InnerException is RpcException last ? last.Message : "a time-out")}", inner: e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>An error that names endpoint and method, and no secret.</summary>
    public RpcException Failure(RpcErrorKind kind, string method, string problem, int? code = null, TimeSpan? retryAfter = null, Exception? inner = null) =>
        new(kind, $"{Endpoint.Name}: {method}: {_sanitiser.OneLine(problem)}", code, retryAfter, inner);

    public void Dispose() => _slots.Dispose();

    private async ValueTask<T> AttemptAsync<T>(string method, Func<HttpRequestMessage> make, Func<PooledBody, T> read, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        long start = _clock.GetTimestamp();
        TagList tags = new() { { "server.address", Endpoint.Uri.Host }, { "rpc.method", method } };
        using Activity? activity = Telemetry.Activities.StartActivity(method, ActivityKind.Client);
        activity?.SetTag("server.address", Endpoint.Uri.Host);
        try
        {
            using HttpRequestMessage request = make();
            Endpoint.Authorize(request);
            Interlocked.Increment(ref _requests);
            Telemetry.Requests.Add(1, tags);
            using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            using PooledBody? body = await PooledBody.ReadAsync(response.Content, _options.ResponseBytesMax, cancellationToken).ConfigureAwait(false);
            if (body is null)
            {
                throw Failure(RpcErrorKind.RangeTooWide, method, $"the answer has more than {_options.ResponseBytesMax >> 20} MiB; ask for less at once");
            }

            Interlocked.Add(ref _bytes, body.Length);
            Telemetry.Bytes.Add(body.Length, tags);
            _wasReached = true;
            return response.IsSuccessStatusCode ? read(body) : throw OfStatus(method, response, body);
        }
        catch (HttpRequestException e)
        {
            throw Note(OfConnection(method, e), tags, activity);
        }
        catch (IOException e)
        {
            throw Note(Failure(RpcErrorKind.Transient, method, "the connection was cut in the middle of the answer", inner: e), tags, activity);
        }
        catch (RpcException e)
        {
            throw Note(e, tags, activity);
        }
        finally
        {
            _slots.Release();
            Telemetry.Duration.Record(_clock.GetElapsedTime(start).TotalSeconds, tags);
        }
    }

    private static RpcException Note(RpcException error, TagList tags, Activity? activity)
    {
        tags.Add("error.type", error.Kind.ToString());
        Telemetry.Errors.Add(1, tags);
        activity?.SetStatus(ActivityStatusCode.Error, error.Kind.ToString());
        return error;
    }

    private RpcException OfConnection(string method, HttpRequestException e)
    {
        string what = e.HttpRequestError switch
        {
            HttpRequestError.NameResolutionError => "the host's name is not known; expected a URL that can be reached",
            HttpRequestError.SecureConnectionError => "no TLS connection; expected a valid certificate, or http:// where the endpoint has none",
            HttpRequestError.ConnectionError => "cannot be reached: nothing answers there; is the node running, and the port right?",
            HttpRequestError.ResponseEnded => "the connection was cut in the middle of the answer",
            _ => "the answer was no HTTP, or was cut",
        };
        bool never = e.HttpRequestError is HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ConnectionError && !_wasReached;
        return Failure(never ? RpcErrorKind.Unreachable : RpcErrorKind.Transient, method, what, inner: e);
    }

    private RpcException OfStatus(string method, HttpResponseMessage response, PooledBody body)
    {
        int status = (int)response.StatusCode;
        (int? code, string? message) = Envelope.FindError(body.Memory.Span);
        RpcErrorKind kind = RpcErrorClassifier.Classify(status, code, message);
        string advice = kind switch
        {
            RpcErrorKind.Unauthorized => "; expected a key or password that the endpoint takes",
            RpcErrorKind.RateLimited => "; fewer requests at once, or a plan with more",
            RpcErrorKind.Fatal when status == 404 => "; expected the URL of a JSON-RPC endpoint, path and all",
            _ => "",
        };
        return Failure(kind, method, $"HTTP {status}{(message is null ? "" : $": {_sanitiser.OneLine(message)}")}{advice}", code, RetryAfter(response));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        TimeSpan? asked = response.Headers.RetryAfter switch
        {
            { Delta: TimeSpan delta } => delta,
            { Date: DateTimeOffset date } => date - _clock.GetUtcNow(),
            _ => null,
        };
        return asked is not TimeSpan wait ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > _options.RetryAfterMax ? _options.RetryAfterMax : wait;
    }

    private ResiliencePipeline BuildPipeline() => new ResiliencePipelineBuilder { TimeProvider = _clock }
        .AddRetry(new RetryStrategyOptions
        {
            MaxRetryAttempts = Math.Max(1, _options.RetriesMax),
            ShouldHandle = arguments => ValueTask.FromResult(_options.RetriesMax > 0 && arguments.Outcome.Exception switch
            {
                // What was never there is asked once more, not for a minute: mostly the URL is wrong.
                RpcException { Kind: RpcErrorKind.Unreachable } => arguments.AttemptNumber < 1,
                RpcException e => e.IsTransient,
                TimeoutRejectedException or BrokenCircuitException => true,
                _ => false,
            }),
            DelayGenerator = arguments => ValueTask.FromResult<TimeSpan?>(DelayOf(arguments.AttemptNumber, arguments.Outcome.Exception)),
            OnRetry = arguments =>
            {
                string method = arguments.Context.Properties.GetValue(MethodKey, "");
                Log.Retrying(_logger, Endpoint.Name, method, (arguments.Outcome.Exception as RpcException)?.Kind ?? RpcErrorKind.Transient, arguments.AttemptNumber + 1, arguments.RetryDelay);
                Telemetry.Retries.Add(1, new TagList { { "server.address", Endpoint.Uri.Host }, { "rpc.method", method } });
                return default;
            },
        })
        .AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            FailureRatio = _options.BreakerFailureRatio,
            MinimumThroughput = _options.BreakerMinimumThroughput,
            SamplingDuration = _options.BreakerSampling,
            BreakDuration = _options.BreakerBreak,
            // A rate limit or a broken answer is an answer: the endpoint is there.
            ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is RpcException { Kind: RpcErrorKind.Transient or RpcErrorKind.Unreachable } or TimeoutRejectedException),
            OnOpened = arguments =>
            {
                Log.BreakerOpened(_logger, Endpoint.Name, arguments.BreakDuration);
                return default;
            },
            OnClosed = _ =>
            {
                Log.BreakerClosed(_logger, Endpoint.Name);
                return default;
            },
        })
        .AddTimeout(new TimeoutStrategyOptions { Timeout = _options.AttemptTimeout })
        .Build();

    // Doubling, with up to half of it at random so that many clients do not come back at once; the endpoint's own wish goes before.
    private TimeSpan DelayOf(int attempt, Exception? error)
    {
        TimeSpan? wish = error switch
        {
            RpcException { RetryAfter: TimeSpan asked } => asked,
            BrokenCircuitException { RetryAfter: TimeSpan asked } => asked,
            BrokenCircuitException => _options.BreakerBreak,
            _ => null,
        };
        double doubled = Math.Min(_options.DelayBase.TotalSeconds * Math.Pow(2, attempt), _options.DelayMax.TotalSeconds);
        TimeSpan own = TimeSpan.FromSeconds(doubled * (0.5 + (0.5 * Math.Clamp(_jitter(), 0, 1))));
        return wish is TimeSpan w ? (error is BrokenCircuitException && own > w ? own : w) : own;
    }
}
