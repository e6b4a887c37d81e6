using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace ChainWatch.Rpc;

/// <summary>
/// Sends HTTP requests and reads their answers, with <see cref="Patience"/> and a bound on the requests in flight. It wraps the reading of the answer, too, since rate limits
/// and broken answers come with HTTP 200.
/// </summary>
internal sealed class HttpTransport : IDisposable
{
    private const int BeginningLength = 40;
    private const int BeginningBytes = 4096;
    private readonly HttpClient _http;
    private readonly RpcOptions _options;
    private readonly TimeProvider _clock;
    private readonly SemaphoreSlim _slots;
    private readonly ResiliencePipeline _retries;
    private readonly ResiliencePipeline _guard;
    private readonly Sanitiser _sanitiser;
    private long _requests;
    private long _bytes;
    private volatile bool _wasReached;

    public HttpTransport(HttpClient http, RpcEndpoint endpoint, RpcOptions options, TimeProvider clock, Func<double> jitter, ILogger logger)
    {
        (_http, Endpoint, _options, _clock, Logger) = (http, endpoint, options, clock, logger);
        _slots = new SemaphoreSlim(options.Concurrency);
        _sanitiser = new Sanitiser(endpoint);
        Patience patience = new(endpoint, options, clock, jitter, logger);
        (_retries, _guard) = (patience.BuildRetries(), patience.BuildGuard());
    }

    public RpcEndpoint Endpoint { get; }

    public long RequestCount => Interlocked.Read(ref _requests);

    public long BytesReceived => Interlocked.Read(ref _bytes);

    public ILogger Logger { get; }

    /// <summary>Sends a request until its answer can be read.</summary>
    /// <param name="method">What is asked, for messages and measures.</param>
    /// <param name="make">Makes the request, anew for each attempt.</param>
    /// <param name="read">Reads the body; what it throws as a transient <see cref="RpcException"/> is asked again.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="RpcException">It failed for good.</exception>
    public Task<T> ExecuteAsync<T>(string method, Func<HttpRequestMessage> make, Func<PooledBody, T> read, CancellationToken cancellationToken) =>
        ExecuteAsync(method, token => AnswerAsync(method, make, read, token), cancellationToken);

    /// <summary>Attempts something that is more than one request and its body, with the same patience.</summary>
    /// <param name="method">What is asked, for messages and measures.</param>
    /// <param name="attempt">One attempt; what it throws as a transient <see cref="RpcException"/> is attempted again.</param>
    /// <param name="cancellationToken">Ends it at once.</param>
    /// <exception cref="RpcException">It failed for good.</exception>
    public async Task<T> ExecuteAsync<T>(string method, Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        ResilienceContext context = ResilienceContextPool.Shared.Get(cancellationToken);
        context.Properties.Set(Patience.MethodKey, method);
        try
        {
            return await _retries.ExecuteAsync(
                static async (c, s) => await s.Self.AskAsync(s.Method, s.Attempt, c.CancellationToken).ConfigureAwait(false),
                context,
                (Self: this, Method: method, Attempt: attempt)).ConfigureAwait(false);
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

    /// <summary>The beginning of a body that is not what was expected, fit to print.</summary>
    public string BeginningOf(PooledBody body) =>
        _sanitiser.OneLine(System.Text.Encoding.UTF8.GetString(body.Memory.Span[..Math.Min(BeginningBytes, body.Length)]), BeginningLength);

    /// <summary>Sends one request and counts it; the body is still to be read.</summary>
    public async Task<HttpResponseMessage> SendAsync(string method, HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _requests);
        Telemetry.Requests.Add(1, new TagList { { "server.address", Endpoint.Uri.Host }, { "rpc.method", method } });
        return await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts the bytes of an answer that was read to its end.</summary>
    public void Count(string method, long bytes)
    {
        Interlocked.Add(ref _bytes, bytes);
        Telemetry.Bytes.Add(bytes, new TagList { { "server.address", Endpoint.Uri.Host }, { "rpc.method", method } });
        _wasReached = true;
    }

    /// <summary>How long the endpoint asks to wait, within what we wait at most; null where it does not ask.</summary>
    public TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        TimeSpan? asked = response.Headers.RetryAfter switch
        {
            { Delta: TimeSpan delta } => delta,
            { Date: DateTimeOffset date } => date - _clock.GetUtcNow(),
            _ => null,
        };
        return asked is not TimeSpan wait ? null : wait < TimeSpan.Zero ? TimeSpan.Zero : wait > _options.RetryAfterMax ? _options.RetryAfterMax : wait;
    }

    public void Dispose() => _slots.Dispose();

    // The slot is waited for before the time-out starts to run: a long queue of our own is not the endpoint's slowness. It is
    // given back before a retry waits.
    private async ValueTask<T> AskAsync<T>(string method, Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await _guard.ExecuteAsync(
                static async (s, token) => await s.Self.AttemptAsync(s.Method, s.Attempt, token).ConfigureAwait(false),
                (Self: this, Method: method, Attempt: attempt),
                cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutRejectedException e)
        {
            TagList tags = new() { { "server.address", Endpoint.Uri.Host }, { "rpc.method", method }, { "error.type", nameof(RpcErrorKind.Transient) } };
            Telemetry.Errors.Add(1, tags);
            throw Failure(RpcErrorKind.Transient, method, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"no whole answer within {_options.AttemptTimeout.TotalSeconds:0.###} s; the endpoint is slow, or the time-out short"), inner: e);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async ValueTask<T> AnswerAsync<T>(string method, Func<HttpRequestMessage> make, Func<PooledBody, T> read, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = make();
        Endpoint.Authorize(request);
        using HttpResponseMessage response = await SendAsync(method, request, cancellationToken).ConfigureAwait(false);
        using PooledBody? body = await PooledBody.ReadAsync(response.Content, _options.ResponseBytesMax, cancellationToken).ConfigureAwait(false);
        if (body is null)
        {
            throw Failure(RpcErrorKind.RangeTooWide, method, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"the answer has more than {_options.ResponseBytesMax} bytes; ask for less at once"));
        }

        Count(method, body.Length);
        return response.IsSuccessStatusCode ? read(body) : throw OfStatus(method, response, body);
    }

    private async ValueTask<T> AttemptAsync<T>(string method, Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        long start = _clock.GetTimestamp();
        TagList tags = new() { { "server.address", Endpoint.Uri.Host }, { "rpc.method", method } };
        using Activity? activity = Telemetry.Activities.StartActivity(method, ActivityKind.Client);
        activity?.SetTag("server.address", Endpoint.Uri.Host);
        activity?.SetTag("rpc.method", method);
        try
        {
            return await attempt(cancellationToken).ConfigureAwait(false);
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
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            // The handler's own time-out for connecting: nobody cancelled anything.
            throw Note(Failure(_wasReached ? RpcErrorKind.Transient : RpcErrorKind.Unreachable, method, "cannot be reached: no connection in time; is the host right, and open to us?", inner: e), tags, activity);
        }
        catch (OperationCanceledException)
        {
            // A time-out or the caller's wish: the one is a failure, the other is not; only the pipeline can tell them apart.
            activity?.SetStatus(ActivityStatusCode.Error, "cancelled");
            throw;
        }
        finally
        {
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
            RpcErrorKind.RateLimited => AnswerReader.RateLimitAdvice,
            RpcErrorKind.Fatal when status is >= 300 and < 400 => "; it redirects, which is not followed; expected the URL that it leads to",
            RpcErrorKind.Fatal when status == 404 => "; expected the URL of a JSON-RPC endpoint, path and all",
            _ => "",
        };
        // REST servers tell what is wrong in a line of plain text.
        string? words = message is not null ? _sanitiser.OneLine(message) : response.Content.Headers.ContentType?.MediaType == "text/plain" && body.Length > 0 ? BeginningOf(body) : null;
        string problem = $"HTTP {status}{(words is null ? "" : $": {words}")}{advice}";
        return new RpcException(kind, $"{Endpoint.Name}: {method}: {_sanitiser.OneLine(problem)}", code, RetryAfter(response)) { HttpStatus = status };
    }
}
