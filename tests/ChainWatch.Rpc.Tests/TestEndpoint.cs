using System.Collections.Concurrent;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.Rpc.Tests;

/// <summary>A server with a script, and clients of it whose delays take no time.</summary>
internal sealed class TestEndpoint : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private readonly HttpClient _http = RpcHttp.Create();
    private int _count;

    /// <summary>A server that answers by the request and its number, counted from 1.</summary>
    public TestEndpoint(Func<LoopbackRequest, int, CancellationToken, Task<LoopbackAnswer>> script) =>
        _server = new LoopbackServer((request, stop) =>
        {
            Requests.Enqueue(request);
            return script(request, Interlocked.Increment(ref _count), stop);
        });

    public TestEndpoint(Func<LoopbackRequest, int, LoopbackAnswer> script) : this((request, number, _) => Task.FromResult(script(request, number)))
    {
    }

    /// <summary>A server that answers single calls by the call and the request's number.</summary>
    public TestEndpoint(Func<AskedCall, int, string> script) : this((request, number) => LoopbackAnswer.Text(script(AskedCall.Read(request).Single(), number)))
    {
    }

    public ConcurrentQueue<LoopbackRequest> Requests { get; } = new();

    public FakeClock Clock { get; init; } = new();

    public CollectedLog<JsonRpcClient> Log { get; } = new();

    public Uri Uri => _server.Endpoint;

    public HttpClient Http => _http;

    public static RpcOptions Options => new() { AttemptTimeout = FakeClock.AttemptTimeout };

    /// <summary>A client; delays are as long as they can get.</summary>
    public JsonRpcClient Client(RpcOptions? options = null, RpcEndpoint? endpoint = null) =>
        new(_http, endpoint ?? RpcEndpoint.Parse(Uri.ToString()), options ?? Options, Clock, () => 1, Log);

    public RestClient Rest(string pathAndQuery = "") => new(_http, RpcEndpoint.Parse(new Uri(Uri, pathAndQuery).ToString()), Options, Clock, () => 1);

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }
}
