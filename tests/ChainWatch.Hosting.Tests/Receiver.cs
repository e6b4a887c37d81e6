using System.Collections.Concurrent;
using ChainWatch.Rpc;
using ChainWatch.Rpc.Tests;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.Hosting.Tests;

/// <summary>A webhook's other end on a loopback port, with a script, and sinks whose delays take no time.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    public const string Path = "/hook/key-in-the-path?token=query-token";
    private readonly LoopbackServer _server;
    private readonly HttpClient _http = RpcHttp.Create();
    private int _count;

    /// <summary>A receiver that answers by the request's number, counted from 1.</summary>
    public Receiver(Func<int, CancellationToken, Task<LoopbackAnswer>> script) => _server = new LoopbackServer((request, stop) =>
    {
        Requests.Enqueue(request);
        return script(Interlocked.Increment(ref _count), stop);
    });

    public Receiver(Func<int, LoopbackAnswer> script) : this((number, _) => Task.FromResult(script(number)))
    {
    }

    public static byte[] Secret { get; } = "a secret of more than 16 bytes"u8.ToArray();

    public ConcurrentQueue<LoopbackRequest> Requests { get; } = new();

    public FakeClock Clock { get; init; } = new();

    public CollectedLog<WebhookSink> Log { get; } = new();

    /// <summary>The lines that arrived, in order, by their numbers.</summary>
    public IEnumerable<string> Lines => Requests.Select(r => r.Headers[WebhookSignature.LineHeader].Split(':')[0]);

    public WebhookSink Sink(Uri? at = null) => new(
        _http,
        RpcEndpoint.Parse(new UriBuilder(new Uri(at ?? _server.Endpoint, Path)) { UserName = "user", Password = "basic-password" }.ToString()),
        new WebhookOptions { Secret = Secret, AttemptTimeout = FakeClock.AttemptTimeout },
        Clock,
        () => 1,
        Log);

    public static LoopbackAnswer Answer(int status, params (string Name, string Value)[] headers) =>
        LoopbackAnswer.Text("words of the receiver", status) with { Headers = headers.ToDictionary(h => h.Name, h => h.Value) };

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _server.DisposeAsync();
    }
}
