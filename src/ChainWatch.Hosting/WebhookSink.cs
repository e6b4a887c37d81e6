using System.Globalization;
using System.Net.Http.Headers;
using ChainWatch.Rpc;
using ChainWatch.Watching;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Polly;

namespace ChainWatch.Hosting;

/// <summary>
/// Posts alerts to a URL, signed (<see cref="WebhookSignature"/>). Any 2xx accepts one. A receiver that cannot be reached, is
/// slow, or answers 408, 425, 429 or 5xx is asked again until it accepts; any other answer, above all 410, is for good. Redirects
/// are not followed: they could lead alerts elsewhere. The URL's path and query are never printed: they often hold keys.
/// </summary>
public sealed class WebhookSink : IAlertSink
{
    private readonly HttpClient _http;
    private readonly RpcEndpoint _endpoint;
    private readonly WebhookOptions _options;
    private readonly TimeProvider _clock;
    private readonly ResiliencePipeline _pipeline;

    /// <summary>A sink. It does not dispose <paramref name="http"/>.</summary>
    /// <param name="http">A client without a time-out of its own, as <see cref="RpcHttp.Create"/> makes them.</param>
    /// <param name="endpoint">Whom to post to; a user and password, a token or headers go with every request.</param>
    /// <param name="options">Secret and patience.</param>
    /// <param name="clock">Time; null: the system's.</param>
    /// <param name="jitter">Numbers from 0 to 1 that spread the delays; null: random ones.</param>
    /// <param name="logger">Where to tell of failures; null: nowhere.</param>
    /// <exception cref="ChainWatchException">A header cannot be sent.</exception>
    public WebhookSink(HttpClient http, RpcEndpoint endpoint, WebhookOptions options, TimeProvider? clock = null, Func<double>? jitter = null, ILogger<WebhookSink>? logger = null)
    {
        (_http, _endpoint, _options, _clock) = (RpcHttp.RequireNoTimeout(http), endpoint, options, clock ?? TimeProvider.System);
        // A header that cannot be sent is told now, and not with the first alert.
        using HttpRequestMessage request = new();
        endpoint.Authorize(request);
        _pipeline = new WebhookPatience(endpoint.Name, options, _clock, jitter ?? Random.Shared.NextDouble, logger ?? NullLogger<WebhookSink>.Instance).Build();
    }

    /// <inheritdoc/>
    public string Name => _options.Name;

    /// <inheritdoc/>
    public async Task SendAsync(LoggedAlert alert, CancellationToken cancellationToken) => await _pipeline.ExecuteAsync(
        static async (s, token) => await s.Self.AttemptAsync(s.Alert, token).ConfigureAwait(false),
        (Self: this, Alert: alert),
        cancellationToken).ConfigureAwait(false);

    /// <summary>Name, scheme and host.</summary>
    public override string ToString() => $"{Name} ({_endpoint.Name})";

    private async ValueTask AttemptAsync(LoggedAlert alert, CancellationToken cancellationToken)
    {
        using HttpRequestMessage request = new(HttpMethod.Post, _endpoint.Uri)
        {
            Content = new ReadOnlyMemoryContent(alert.Json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        _endpoint.Authorize(request);
        string timestamp = _clock.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        request.Headers.Add(WebhookSignature.TimestampHeader, timestamp);
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Compute(_options.Secret.Span, timestamp, alert.Json.Span));
        request.Headers.Add(WebhookSignature.LineHeader, alert.Head.ToString());
        using HttpResponseMessage response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode)
        {
            throw OfStatus(response, alert);
        }
    }

    private ChainWatchException OfStatus(HttpResponseMessage response, LoggedAlert alert)
    {
        int status = (int)response.StatusCode;
        if (status is 408 or 425 or 429 or >= 500)
        {
            return new RpcException(status == 429 ? RpcErrorKind.RateLimited : RpcErrorKind.Transient, string.Create(CultureInfo.InvariantCulture, $"HTTP {status}"), retryAfter: RetryAfter(response));
        }

        string expected = status switch
        {
            410 => "the receiver is gone for good; expected another URL",
            401 or 403 => "expected a key or password that the receiver takes",
            >= 300 and < 400 => "it redirects, which is not followed; expected the URL that it leads to",
            404 => "expected the URL of a receiver, path and all",
            _ => "expected a receiver that takes the alert",
        };
        return new AlertRefusedException(string.Create(CultureInfo.InvariantCulture, $"{Name}: {_endpoint.Name}: HTTP {status} to line {alert.Number} of {AlertLog.FileName}: {expected}. It and what follows stay in the outbox until the next start"));
    }

    private TimeSpan? RetryAfter(HttpResponseMessage response)
    {
        TimeSpan? asked = response.Headers.RetryAfter switch
        {
            { Delta: TimeSpan delta } => delta,
            { Date: DateTimeOffset date } => date - _clock.GetUtcNow(),
            _ => null,
        };
        return asked is not TimeSpan wait || wait <= TimeSpan.Zero ? null : wait > _options.RetryAfterMax ? _options.RetryAfterMax : wait;
    }
}
