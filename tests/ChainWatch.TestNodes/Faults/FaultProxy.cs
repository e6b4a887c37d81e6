using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.TestNodes.Faults;

/// <summary>
/// Stands in front of a node or an explorer and injects faults, in the order of their injection. Without a fault it passes
/// everything on as it is.
/// </summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private readonly Uri _upstream;
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private readonly RpcClient _node;
    private readonly LoopbackServer _server;
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private volatile Fault[] _faults = [];
    private int _requests;

    /// <summary>Starts in front of an endpoint.</summary>
    public FaultProxy(Uri upstream)
    {
        _upstream = upstream;
        _node = new RpcClient(upstream);
        _server = new LoopbackServer(AnswerAsync);
    }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint => _server.Endpoint;

    /// <summary>HTTP requests that came.</summary>
    public int Requests => _requests;

    /// <summary>Calls that came, by method (for an explorer, by action).</summary>
    public IReadOnlyDictionary<string, int> Calls => _counts;

    /// <summary>How often a method was called.</summary>
    public int CallsOf(string method) => _counts.GetValueOrDefault(method);

    /// <summary>Adds a fault.</summary>
    /// <returns>The fault, which knows how often it struck.</returns>
    public Fault Inject(Fault fault)
    {
        _faults = [.. _faults, fault];
        return fault;
    }

    /// <summary>Takes all faults away and counts from zero.</summary>
    public void Clear()
    {
        _faults = [];
        _counts.Clear();
        _requests = 0;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
        _node.Dispose();
    }

    private async Task<LoopbackAnswer> AnswerAsync(LoopbackRequest request, CancellationToken stop)
    {
        Interlocked.Increment(ref _requests);
        Fault[] faults = _faults;
        JsonNode? body = request.Body.Length > 0 ? JsonNode.Parse(request.Body) : null;
        JsonObject[] calls = body is JsonArray batch ? [.. batch.Select(c => c!.AsObject())] : body is JsonObject single ? [single] : [];
        string[] methods = calls.Length > 0 ? [.. calls.Select(c => (string)c["method"]!)] : [request.Query.GetValueOrDefault("action", "")];
        foreach (string method in methods)
        {
            _counts.AddOrUpdate(method, 1, (_, count) => count + 1);
        }

        foreach (Fault fault in faults.Where(f => f.InsteadOfRequest is not null && methods.Any(f.Matches)))
        {
            LoopbackAnswer? instead = null;
            if (fault.Strike(() => (instead = fault.InsteadOfRequest!(body is JsonArray)) is not null))
            {
                return instead!;
            }
        }

        bool untouched = body is null || faults.All(f => f.InsteadOfCall is null && f.Change is null);
        LoopbackAnswer answer = untouched ? await ForwardAsync(request, request.Body, stop) : await AnswerCallsAsync(request, body!, calls, faults, stop);
        foreach (Fault fault in faults.Where(f => f.Spoil is not null && methods.Any(f.Matches)))
        {
            LoopbackAnswer spoilt = answer;
            answer = fault.Strike(() => true) ? fault.Spoil!(spoilt) : answer;
        }

        return answer;
    }

    private async Task<LoopbackAnswer> AnswerCallsAsync(LoopbackRequest request, JsonNode body, JsonObject[] requests, Fault[] faults, CancellationToken stop)
    {
        long head = (long)RpcClient.Number(await _node.CallAsync("eth_blockNumber"));
        JsonArray answers = [];
        JsonArray onward = [];
        List<RpcCall> passed = [];
        foreach (RpcCall call in requests.Select(r => new RpcCall((string)r["method"]!, r, head)))
        {
            if (ErrorFor(call, faults) is JsonObject error)
            {
                answers.Add(new JsonObject { ["jsonrpc"] = "2.0", ["id"] = call.Request["id"]?.DeepClone(), ["error"] = error });
            }
            else
            {
                passed.Add(call);
                onward.Add(call.Request.DeepClone());
            }
        }

        if (passed.Count > 0)
        {
            LoopbackAnswer upstream = await ForwardAsync(request, System.Text.Encoding.UTF8.GetBytes(onward.ToJsonString()), stop);
            foreach (JsonNode? answer in JsonNode.Parse(upstream.Body)!.AsArray())
            {
                JsonObject copy = answer!.DeepClone().AsObject();
                RpcCall call = passed.First(c => JsonNode.DeepEquals(c.Request["id"], copy["id"]));
                await LagLatestAsync(call, copy, faults);
                ChangeAnswer(call, copy, faults);
                answers.Add(copy);
            }
        }

        return LoopbackAnswer.Text(body is JsonArray ? answers.ToJsonString() : answers[0]!.ToJsonString());
    }

    private static JsonObject? ErrorFor(RpcCall call, Fault[] faults)
    {
        JsonObject? error = null;
        return faults.Any(f => f.InsteadOfCall is not null && f.Matches(call.Method) && f.Strike(() => (error = f.InsteadOfCall(call)) is not null)) ? error : null;
    }

    private static void ChangeAnswer(RpcCall call, JsonObject answer, Fault[] faults)
    {
        foreach (Fault fault in faults.Where(f => f.Change is not null && f.Matches(call.Method)))
        {
            fault.Strike(() => fault.Change!(call, answer));
        }
    }

    // A lagging node has another "latest" block, and not none.
    private async Task LagLatestAsync(RpcCall call, JsonObject answer, Fault[] faults)
    {
        Fault? lag = faults.FirstOrDefault(f => f.LagBlocks > 0 && f.Matches(call.Method));
        bool latest = call.Parameter(0) is JsonValue tag && tag.TryGetValue(out string? text) && text == "latest";
        if (lag is not null && latest && call.Method is "eth_getBlockByNumber" or "eth_getBlockReceipts" && lag!.Strike(() => true))
        {
            JsonNode?[] parameters = [RpcClient.Quantity(call.Head - lag.LagBlocks), .. call.Request["params"]!.AsArray().Skip(1).Select(p => p?.DeepClone())];
            answer["result"] = await _node.CallAsync(call.Method, parameters);
        }
    }

    private async Task<LoopbackAnswer> ForwardAsync(LoopbackRequest request, byte[] body, CancellationToken stop)
    {
        using HttpRequestMessage onward = new(new HttpMethod(request.Method), new Uri(_upstream, request.Target));
        if (body.Length > 0)
        {
            onward.Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        }

        using HttpResponseMessage response = await _http.SendAsync(onward, stop);
        return new LoopbackAnswer(await response.Content.ReadAsByteArrayAsync(stop), (int)response.StatusCode);
    }
}
