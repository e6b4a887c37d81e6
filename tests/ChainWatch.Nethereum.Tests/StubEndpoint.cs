using System.Text.Json;
using ChainWatch.Ethereum.Tests.Source;
using ChainWatch.Rpc;
using ChainWatch.TestNodes.Http;
using Nethereum.JsonRpc.Client;

namespace ChainWatch.Nethereum.Tests;

/// <summary>An endpoint that answers as a test wants, asked through a client of Nethereum.</summary>
internal sealed class StubEndpoint : IAsyncDisposable
{
    private readonly LoopbackServer _server;
    private int _requests;

    /// <param name="answer">The answer to the n-th request, n from 1, whose calls are given by id.</param>
    public StubEndpoint(Func<long[], int, LoopbackAnswer> answer) => _server = new LoopbackServer((request, _) =>
    {
        LastBody = request.Body;
        using JsonDocument document = JsonDocument.Parse(request.Body);
        JsonElement root = document.RootElement;
        long[] ids = root.ValueKind == JsonValueKind.Array ? [.. root.EnumerateArray().Select(c => c.GetProperty("id").GetInt64())] : [root.GetProperty("id").GetInt64()];
        return Task.FromResult(answer(ids, Interlocked.Increment(ref _requests)));
    });

    /// <summary>A key in the path, which no message may print.</summary>
    public Uri Uri => new(_server.Endpoint, "v3/0123456789abcdef");

    public int Requests => _requests;

    /// <summary>The last request's body, as it came.</summary>
    public byte[] LastBody { get; private set; } = [];

    public RpcEndpoint Endpoint => RpcEndpoint.Parse(Uri.ToString());

    public static string Result(long id, string json) => $$"""{"jsonrpc":"2.0","id":{{id}},"result":{{json}}}""";

    public static string Error(long id, int code, string message) => $$$"""{"jsonrpc":"2.0","id":{{{id}}},"error":{"code":{{{code}}},"message":"{{{message}}}"}}""";

    public JsonRpcClient Client(IClient? client = null, int retries = 3) => (client ?? new RpcClient(Uri)).AsJsonRpcClient(Endpoint, NodeSource.Limits(retries), jitter: () => 0);

    public ValueTask DisposeAsync() => _server.DisposeAsync();
}
