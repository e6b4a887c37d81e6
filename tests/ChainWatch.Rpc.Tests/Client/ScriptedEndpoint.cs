using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.Rpc.Tests.Client;

/// <summary>An endpoint on loopback that answers as it is told: what is scripted first, then each call with its own method's name.</summary>
internal sealed class ScriptedEndpoint : IAsyncDisposable
{
    private readonly ConcurrentQueue<Func<LoopbackRequest, LoopbackAnswer>> _script = new();
    private readonly LoopbackServer _server;
    private int _inFlight;

    public ScriptedEndpoint() => _server = new LoopbackServer(AnswerAsync);

    public Uri Url => _server.Endpoint;

    public ConcurrentQueue<LoopbackRequest> Requests { get; } = new();

    public int MostInFlight { get; private set; }

    /// <summary>How long each answer takes.</summary>
    public TimeSpan Slowness { get; init; }

    /// <summary>Answers the next request so.</summary>
    public ScriptedEndpoint Then(Func<LoopbackRequest, LoopbackAnswer> answer, int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            _script.Enqueue(answer);
        }

        return this;
    }

    public ScriptedEndpoint Then(string body, int status = 200, params (string Name, string Value)[] headers) =>
        Then(_ => LoopbackAnswer.Text(body, status) with { Headers = headers.ToDictionary(h => h.Name, h => h.Value) });

    /// <summary>The error of a single call, with its id.</summary>
    public ScriptedEndpoint ThenError(int code, string message, int times = 1) =>
        Then(
            r => LoopbackAnswer.Text(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = JsonNode.Parse(r.Body)!["id"]!.DeepClone(), ["error"] = new JsonObject { ["code"] = code, ["message"] = message } }.ToJsonString()),
            times);

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    /// <summary>What a well-behaved endpoint says.</summary>
    public static LoopbackAnswer Echo(LoopbackRequest request)
    {
        JsonNode body = JsonNode.Parse(request.Body)!;
        return LoopbackAnswer.Text(body is JsonArray calls ? new JsonArray([.. calls.Select(c => Echo(c!))]).ToJsonString() : Echo(body).ToJsonString());
    }

    public static JsonObject Echo(JsonNode call) => new() { ["jsonrpc"] = "2.0", ["id"] = call["id"]!.DeepClone(), ["result"] = $"{(string)call["method"]!}{call["params"]!.ToJsonString()}" };

    private async Task<LoopbackAnswer> AnswerAsync(LoopbackRequest request, CancellationToken cancellationToken)
    {
        Requests.Enqueue(request);
        MostInFlight = Math.Max(MostInFlight, Interlocked.Increment(ref _inFlight));
        try
        {
            await Task.Delay(Slowness, cancellationToken);
            return _script.TryDequeue(out Func<LoopbackRequest, LoopbackAnswer>? answer) ? answer(request) : Echo(request);
        }
        finally
        {
            Interlocked.Decrement(ref _inFlight);
        }
    }
}
