using System.Net.Http.Headers;
using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChainWatch.Rpc;

/// <summary>JSON over HTTP GET, with the same patience as <see cref="JsonRpcClient"/>: for explorers' APIs. Safe for many threads.</summary>
public sealed class RestClient : IDisposable
{
    private readonly HttpTransport _transport;

    /// <summary>A client. It does not dispose <paramref name="http"/>. Parameters as of <see cref="JsonRpcClient"/>.</summary>
    public RestClient(HttpClient http, RpcEndpoint endpoint, RpcOptions? options = null, TimeProvider? clock = null, Func<double>? jitter = null, ILogger<RestClient>? logger = null) =>
        _transport = new HttpTransport(RpcHttp.RequireNoTimeout(http), endpoint, options ?? new RpcOptions(), clock ?? TimeProvider.System, jitter ?? Random.Shared.NextDouble, logger ?? NullLogger<RestClient>.Instance);

    /// <summary>Whom it asks.</summary>
    public RpcEndpoint Endpoint => _transport.Endpoint;

    /// <summary>HTTP requests sent, retries included.</summary>
    public long RequestCount => _transport.RequestCount;

    /// <summary>Bytes of answers received.</summary>
    public long BytesReceived => _transport.BytesReceived;

    /// <summary>The value of a parameter in the endpoint's own URL; null where it has none.</summary>
    public string? FindParameter(string name) => Endpoint.Uri.Query.TrimStart('?').Split('&')
        .Where(p => p.StartsWith($"{name}=", StringComparison.OrdinalIgnoreCase)).Select(p => Uri.UnescapeDataString(p[(name.Length + 1)..])).FirstOrDefault();

    /// <summary>Gets a resource below the endpoint's URL. Parameters in that URL (a key, a chain) go with every request.</summary>
    /// <param name="what">What is asked, for messages: no secret.</param>
    /// <param name="pathAndQuery">The path below the endpoint's own, and the query: <c>/block/5</c>, <c>?module=account</c>.</param>
    /// <param name="check">Reads the body: an error to throw (a transient one is asked again), or null.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="RpcException">It failed for good.</exception>
    public Task<RpcAnswer> GetAsync(string what, string pathAndQuery, Func<ReadOnlyMemory<byte>, RpcException?>? check = null, CancellationToken cancellationToken = default)
    {
        Uri uri = Merge(pathAndQuery);
        return _transport.ExecuteAsync(
            what,
            () => new HttpRequestMessage(HttpMethod.Get, uri) { Headers = { { "Accept", "application/json" } } },
            body => check?.Invoke(body.Memory) is RpcException error ? throw error : new RpcAnswer(body, ..body.Length),
            cancellationToken);
    }

    /// <summary>Posts JSON to a resource below the endpoint's URL; the rest as of <see cref="GetAsync"/>.</summary>
    public Task<RpcAnswer> PostAsync(string what, string pathAndQuery, ReadOnlyMemory<byte> json, Func<ReadOnlyMemory<byte>, RpcException?>? check = null, CancellationToken cancellationToken = default)
    {
        Uri uri = Merge(pathAndQuery);
        return _transport.ExecuteAsync(
            what,
            () => new HttpRequestMessage(HttpMethod.Post, uri) { Content = new ReadOnlyMemoryContent(json) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } } },
            body => check?.Invoke(body.Memory) is RpcException error ? throw error : new RpcAnswer(body, ..body.Length),
            cancellationToken);
    }

    /// <summary>An error that names endpoint and what was asked, and no secret: for <c>check</c>.</summary>
    public RpcException Failure(RpcErrorKind kind, string what, string problem) => _transport.Failure(kind, what, problem);

    /// <inheritdoc/>
    public void Dispose() => _transport.Dispose();

    private Uri Merge(string pathAndQuery)
    {
        int question = pathAndQuery.IndexOf('?', StringComparison.Ordinal);
        string path = question < 0 ? pathAndQuery : pathAndQuery[..question];
        string query = question < 0 ? "" : pathAndQuery[(question + 1)..];
        UriBuilder uri = new(Endpoint.Uri);
        uri.Path = path.Length == 0 ? uri.Path : new StringBuilder(uri.Path.TrimEnd('/')).Append('/').Append(path.TrimStart('/')).ToString();
        uri.Query = string.Join('&', new[] { uri.Query.TrimStart('?'), query }.Where(q => q.Length > 0));
        return uri.Uri;
    }
}
