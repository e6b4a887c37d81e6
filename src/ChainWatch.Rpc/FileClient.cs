using System.Globalization;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChainWatch.Rpc;

/// <summary>
/// Downloads one file over HTTP GET, whole or not at all, with the same patience as <see cref="JsonRpcClient"/>. Every attempt
/// starts at the URL again, since what it redirects to is often valid for minutes only. At most <see cref="RedirectsMax"/>
/// redirects are followed, to https alone; credentials and headers of the endpoint go to its own host alone. Plain http is taken
/// from this machine only (a loopback address), where nobody stands between.
/// </summary>
public sealed class FileClient : IDisposable
{
    /// <summary>The most redirects that are followed in one attempt.</summary>
    public const int RedirectsMax = 5;

    private readonly HttpTransport _transport;
    private readonly RpcOptions _options;
    private readonly string _userAgent;

    /// <summary>A client for one URL. It does not dispose <paramref name="http"/>, which must not follow redirects by itself.</summary>
    /// <param name="http">HTTP as of <see cref="RpcHttp.Create"/>.</param>
    /// <param name="endpoint">The file's URL.</param>
    /// <param name="userAgent">Who asks, as HTTP's <c>User-Agent</c>.</param>
    /// <param name="options">Limits; <see cref="RpcOptions.ResponseBytesMax"/> is the longest file. Null: the defaults.</param>
    /// <param name="clock">For delays and time-outs. Null: the system's.</param>
    /// <param name="jitter">Random numbers from 0 to 1 for the delays. Null: the system's.</param>
    /// <param name="logger">Where retries are told.</param>
    /// <exception cref="ChainWatchException">The URL is neither https nor of this machine.</exception>
    public FileClient(HttpClient http, RpcEndpoint endpoint, string userAgent, RpcOptions? options = null, TimeProvider? clock = null, Func<double>? jitter = null, ILogger<FileClient>? logger = null)
    {
        if (!IsTaken(endpoint.Uri, isFromThisMachine: true))
        {
            throw new ChainWatchException($"{endpoint.Name}: expected https://; plain http is taken from this machine alone");
        }

        (_options, _userAgent) = (options ?? new RpcOptions(), userAgent);
        _transport = new HttpTransport(RpcHttp.RequireNoTimeout(http), endpoint, _options, clock ?? TimeProvider.System, jitter ?? Random.Shared.NextDouble, logger ?? NullLogger<FileClient>.Instance);
    }

    /// <summary>Whom it asks.</summary>
    public RpcEndpoint Endpoint => _transport.Endpoint;

    /// <summary>HTTP requests sent, redirects and retries included.</summary>
    public long RequestCount => _transport.RequestCount;

    /// <summary>Downloads the file.</summary>
    /// <param name="what">What it is, for messages: no secret.</param>
    /// <param name="path">Where to put it; replaced where it exists, removed where the download fails.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RpcException">
    /// It failed for good: refused (<see cref="RpcErrorKind.Unauthorized"/>, a web firewall's challenge among it), not there, cut
    /// short, empty, too long, or redirected too often or to where it must not.
    /// </exception>
    /// <exception cref="ChainWatchException">The file cannot be written.</exception>
    public async Task<FileDownload> DownloadAsync(string what, string path, CancellationToken cancellationToken = default)
    {
        try
        {
            return await _transport.ExecuteAsync(what, token => AttemptAsync(what, path, token), cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            FileReceiver.Remove(path);
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private async ValueTask<FileDownload> AttemptAsync(string what, string path, CancellationToken cancellationToken)
    {
        Uri uri = Endpoint.Uri;
        List<string> hosts = [Endpoint.Name];
        for (int redirects = 0; ; redirects++)
        {
            // Which host it was that failed, where it is not the one that was asked for.
            string at = hosts.Count > 1 ? $"redirected to {hosts[^1]}: " : "";
            RpcException Failure(RpcErrorKind kind, string problem, TimeSpan? retryAfter = null, Exception? inner = null) =>
                new(kind, $"{Endpoint.Name}: {what}: {at}{problem}", retryAfter: retryAfter, inner: inner);

            using HttpRequestMessage request = RequestOf(uri);
            using HttpResponseMessage response = await SendAsync(what, request, Failure, cancellationToken).ConfigureAwait(false);
            if (FileRefusal.IsRedirect(response))
            {
                uri = Follow(uri, response, redirects, Failure);
                if (hosts[^1] != RpcEndpoint.NameOf(uri))
                {
                    hosts.Add(RpcEndpoint.NameOf(uri));
                }

                continue;
            }

            if (FileRefusal.Of(response) is { } refusal)
            {
                throw Failure(refusal.Kind, refusal.Problem, _transport.RetryAfter(response));
            }

            FileReceiver receiver = new(path, _options.ResponseBytesMax, (kind, problem, inner) => Failure(kind, problem, inner: inner));
            (long bytes, string sha256) = await receiver.ReceiveAsync(response.Content, cancellationToken).ConfigureAwait(false);
            _transport.Count(what, bytes);
            return new FileDownload(hosts, bytes, sha256);
        }
    }

    private HttpRequestMessage RequestOf(Uri uri)
    {
        HttpRequestMessage request = new(HttpMethod.Get, uri);
        request.Headers.TryAddWithoutValidation("User-Agent", _userAgent);
        request.Headers.TryAddWithoutValidation("Accept", "*/*");
        if (RpcEndpoint.NameOf(uri) == Endpoint.Name)
        {
            Endpoint.Authorize(request);
        }

        return request;
    }

    private async Task<HttpResponseMessage> SendAsync(string what, HttpRequestMessage request, Func<RpcErrorKind, string, TimeSpan?, Exception?, RpcException> failure, CancellationToken cancellationToken)
    {
        try
        {
            return await _transport.SendAsync(what, request, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException e)
        {
            (RpcErrorKind kind, string problem) = e.HttpRequestError switch
            {
                HttpRequestError.NameResolutionError => (RpcErrorKind.Unreachable, "the host's name is not known; expected a URL that can be reached"),
                HttpRequestError.SecureConnectionError => (RpcErrorKind.Unreachable, "no TLS connection; expected a valid certificate"),
                HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError => (RpcErrorKind.Unreachable, "cannot be reached: nothing answers there; is the URL right, and is there a way out to it?"),
                _ => (RpcErrorKind.Transient, "the connection was cut before an answer came, or the answer was no HTTP"),
            };
            throw failure(kind, problem, null, e);
        }
    }

    private static Uri Follow(Uri from, HttpResponseMessage response, int redirects, Func<RpcErrorKind, string, TimeSpan?, Exception?, RpcException> failure)
    {
        int status = (int)response.StatusCode;
        if (redirects == RedirectsMax)
        {
            throw failure(RpcErrorKind.Fatal, string.Create(CultureInfo.InvariantCulture, $"more than {RedirectsMax} redirects; expected a URL that leads to the file"), null, null);
        }

        if (response.Headers.Location is not Uri location || !Uri.TryCreate(from, location, out Uri? to) || to.Host.Length == 0)
        {
            throw failure(RpcErrorKind.Fatal, string.Create(CultureInfo.InvariantCulture, $"HTTP {status}, a redirect that leads nowhere; expected a place that it leads to"), null, null);
        }

        return IsTaken(to, from.IsLoopback)
            ? to
            : throw failure(RpcErrorKind.Fatal, string.Create(CultureInfo.InvariantCulture, $"HTTP {status}, a redirect to {RpcEndpoint.NameOf(to)}, which is not followed; expected one to https://"), null, null);
    }

    private static bool IsTaken(Uri uri, bool isFromThisMachine) =>
        uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback && isFromThisMachine);
}
