using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.Rpc.Tests.Client;

public sealed class JsonRpcClientTests : IAsyncDisposable
{
    private readonly HttpClient _http = RpcHttp.Create();
    private readonly HastyClock _clock = new();
    private readonly ScriptedEndpoint _endpoint = new();

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _endpoint.DisposeAsync();
    }

    [Fact]
    public async Task Call_GivesTheResultAsItCame()
    {
        using JsonRpcClient client = Client();
        using RpcAnswer answer = await client.CallAsync(RpcCall.Of("eth_x", "\"0x10\"", "true"));

        Text(answer).ShouldBe("\"eth_x[\\u00220x10\\u0022,true]\"");
        (client.RequestCount, client.BytesReceived > 20).ShouldBe((1, true));
        JsonNode sent = JsonNode.Parse(_endpoint.Requests.Single().Body)!;
        ((string?)sent["jsonrpc"]).ShouldBe("2.0");
        _endpoint.Requests.Single().Headers["Content-Type"].ShouldStartWith("application/json");
    }

    [Fact]
    public async Task Batch_AnswersStandInTheOrderOfTheCalls_WhateverTheirOrder()
    {
        _endpoint.Then(r => LoopbackAnswer.Text(new JsonArray([.. JsonNode.Parse(r.Body)!.AsArray().Reverse().Select(c => ScriptedEndpoint.Echo(c!))]).ToJsonString()), times: 2);
        using JsonRpcClient client = Client(new RpcOptions { BatchSizeMax = 5 });
        RpcAnswer[] answers = await client.TryCallBatchAsync([.. Enumerable.Range(0, 10).Select(i => RpcCall.Of($"m{i}"))]);

        answers.Select(Text).ShouldBe(Enumerable.Range(0, 10).Select(i => $"\"m{i}[]\""));
        _endpoint.Requests.Count.ShouldBe(2);
        Array.ForEach(answers, a => a.Dispose());
    }

    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch requests are not supported"}}""", 200)]
    [InlineData("""{"jsonrpc":"2.0","error":{"code":-32600,"message":"Invalid Request"}}""", 400)]
    public async Task BatchRefused_EachCallIsAskedByItself_AndSoAreLaterOnes(string refusal, int status)
    {
        _endpoint.Then(refusal, status);
        using JsonRpcClient client = Client();
        RpcCall[] calls = [RpcCall.Of("a"), RpcCall.Of("b"), RpcCall.Of("c")];
        (await client.TryCallBatchAsync(calls)).Select(Text).ShouldBe(["\"a[]\"", "\"b[]\"", "\"c[]\""]);
        (await client.TryCallBatchAsync(calls)).Select(Text).ShouldBe(["\"a[]\"", "\"b[]\"", "\"c[]\""]);

        _endpoint.Requests.Count.ShouldBe(1 + 3 + 3);
    }

    [Fact]
    public async Task BatchItemsThatFailForNow_AreAskedAgainAlone()
    {
        _endpoint.Then(r =>
        {
            JsonArray answers = [.. JsonNode.Parse(r.Body)!.AsArray().Select(c => ScriptedEndpoint.Echo(c!))];
            Fail(answers[1]!, -32005, "rate limit exceeded");
            Fail(answers[2]!, -32601, "the method c does not exist/is not available");
            answers.RemoveAt(3);
            return LoopbackAnswer.Text(answers.ToJsonString());
        });
        using JsonRpcClient client = Client();
        RpcAnswer[] answers = await client.TryCallBatchAsync([RpcCall.Of("a"), RpcCall.Of("b"), RpcCall.Of("c"), RpcCall.Of("d")]);

        (Text(answers[0]), Text(answers[1]), answers[2].Error!.Kind, Text(answers[3])).ShouldBe(("\"a[]\"", "\"b[]\"", RpcErrorKind.MethodUnsupported, "\"d[]\""));
        JsonNode.Parse(_endpoint.Requests.Last().Body)!.AsArray().Select(c => (string)c!["method"]!).ShouldBe(["b", "d"]);
    }

    public static TheoryData<string> TransientFaults => new(["500", "502", "429", "rate limit", "rate limit -32016", "cut", "invalid", "html", "empty", "wrong id", "no result"]);

    [Theory]
    [MemberData(nameof(TransientFaults))]
    public async Task TransientFault_IsAskedAgain(string fault)
    {
        Inject(fault, 3);
        using JsonRpcClient client = Client();
        using RpcAnswer answer = await client.CallAsync(RpcCall.Of("m"));

        Text(answer).ShouldBe("\"m[]\"");
        client.RequestCount.ShouldBe(4);
        // Doubling, with the jitter at its middle: three quarters.
        _clock.Delays.Select(d => d.TotalSeconds).ShouldBe([0.375, 0.75, 1.5]);
    }

    [Theory]
    [MemberData(nameof(TransientFaults))]
    public async Task FaultThatStays_IsAnErrorAfterTheLastRetry(string fault)
    {
        Inject(fault, 10);
        using JsonRpcClient client = Client(new RpcOptions { RetriesMax = 2 });

        RpcException error = await Should.ThrowAsync<RpcException>(() => client.CallAsync(RpcCall.Of("m")));
        error.IsTransient.ShouldBeTrue();
        error.Message.ShouldStartWith($"http://127.0.0.1:{_endpoint.Url.Port}: m: ");
        error.Message.ShouldNotContain('\n');
        client.RequestCount.ShouldBe(3);
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("Thu, 01 Jan 2026 00:00:07 GMT", 7)]
    [InlineData("100000", 120)]
    public async Task RetryAfter_IsHonouredUpToItsLimit(string header, int seconds)
    {
        _endpoint.Then("", 429, ("Retry-After", header));
        HastyClock clock = new();
        using JsonRpcClient client = new(_http, RpcEndpoint.Parse(_endpoint.Url.ToString()), new RpcOptions { RetryAfterMax = TimeSpan.FromSeconds(50) }, clock, () => 0.5);
        using RpcAnswer answer = await client.CallAsync(RpcCall.Of("m"));

        clock.Delays.ShouldBe([TimeSpan.FromSeconds(Math.Min(50, seconds))]);
    }

    [Theory]
    [InlineData(-32005, "query returned more than 10000 results", RpcErrorKind.RangeTooWide)]
    [InlineData(-32601, "the method m does not exist/is not available", RpcErrorKind.MethodUnsupported)]
    [InlineData(-32000, "header not found", RpcErrorKind.BlockUnknown)]
    [InlineData(3, "execution reverted", RpcErrorKind.ExecutionError)]
    [InlineData(-32602, "invalid argument 0: hex string without 0x prefix", RpcErrorKind.Fatal)]
    public async Task ErrorThatStands_ComesBackAtOnce(int code, string message, RpcErrorKind kind)
    {
        _endpoint.ThenError(code, message, times: 2);
        using JsonRpcClient client = Client();
        using RpcAnswer answer = await client.TryCallAsync(RpcCall.Of("m"));

        (answer.Error!.Kind, answer.Error.Code, client.RequestCount).ShouldBe((kind, code, 1));
        (await Should.ThrowAsync<RpcException>(() => client.CallAsync(RpcCall.Of("m")))).Kind.ShouldBe(kind);
    }

    [Theory]
    [InlineData(401, "")]
    [InlineData(403, """{"error":{"code":-32000,"message":"invalid api key"}}""")]
    public async Task Unauthorized_IsAnErrorAtOnce(int status, string body)
    {
        _endpoint.Then(body, status);
        using JsonRpcClient client = Client();

        RpcException error = await Should.ThrowAsync<RpcException>(() => client.TryCallAsync(RpcCall.Of("m")));
        (error.Kind, client.RequestCount).ShouldBe((RpcErrorKind.Unauthorized, 1));
        error.Message.ShouldContain("expected a key or password that the endpoint takes");
    }

    [Fact]
    public async Task ResultThatIsRefused_IsAskedAgain_AndThenAnError()
    {
        using JsonRpcClient client = Client(new RpcOptions { RetriesMax = 3 });
        int asked = 0;
        using RpcAnswer answer = await client.CallAsync(RpcCall.Of("m"), _ => ++asked < 3 ? "some are missing" : null);
        asked.ShouldBe(3);

        RpcException error = await Should.ThrowAsync<RpcException>(() => client.CallAsync(RpcCall.Of("m"), _ => "some are missing"));
        error.Kind.ShouldBe(RpcErrorKind.BadAnswer);
        error.Message.ShouldEndWith(": m: some are missing");
    }

    [Fact]
    public async Task AnswerThatIsTooLong_IsAnError_AndNotMemory()
    {
        _endpoint.Then($"{{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":\"{new string('x', 5_000)}\"}}");
        using JsonRpcClient client = Client(new RpcOptions { ResponseBytesMax = 4_000 });

        (await client.TryCallAsync(RpcCall.Of("m"))).Error!.Kind.ShouldBe(RpcErrorKind.RangeTooWide);
    }

    [Fact]
    public async Task AnswerThatDrips_IsCutOffByTheTimeOut()
    {
        _endpoint.Then(r => ScriptedEndpoint.Echo(r) with { Drip = TimeSpan.FromSeconds(2) });
        using JsonRpcClient client = new(_http, RpcEndpoint.Parse(_endpoint.Url.ToString()), new RpcOptions { AttemptTimeout = TimeSpan.FromMilliseconds(300), DelayBase = TimeSpan.FromMilliseconds(1) });
        using RpcAnswer answer = await client.CallAsync(RpcCall.Of("m"));

        Text(answer).ShouldBe("\"m[]\"");
        client.RequestCount.ShouldBe(2);
    }

    [Fact]
    public async Task NothingThere_IsAskedOnceMore_AndThenOneLine()
    {
        using JsonRpcClient client = new(_http, RpcEndpoint.Parse("http://127.0.0.1:1"), null, _clock, () => 0.5);

        RpcException error = await Should.ThrowAsync<RpcException>(() => client.CallAsync(RpcCall.Of("m")));
        (error.Kind, client.RequestCount).ShouldBe((RpcErrorKind.Unreachable, 2));
        error.Message.ShouldBe("http://127.0.0.1:1: m: cannot be reached: nothing answers there; is the node running, and the port right?");
    }

    [Fact]
    public async Task Cancelled_EndsAtOnce_AlsoWhileItWaits()
    {
        await using ScriptedEndpoint slow = new() { Slowness = TimeSpan.FromMinutes(5) };
        using JsonRpcClient client = new(_http, RpcEndpoint.Parse(slow.Url.ToString()), new RpcOptions { Concurrency = 1 });
        using CancellationTokenSource stop = new();
        Task<RpcAnswer>[] calls = [client.CallAsync(RpcCall.Of("a"), null, stop.Token), client.CallAsync(RpcCall.Of("b"), null, stop.Token)];
        await stop.CancelAsync();

        foreach (Task<RpcAnswer> call in calls)
        {
            await Should.ThrowAsync<OperationCanceledException>(() => call.WaitAsync(TimeSpan.FromMinutes(1)));
        }
    }

    [Fact]
    public async Task RequestsInFlight_AreNeverMoreThanTheLimit()
    {
        await using ScriptedEndpoint slow = new() { Slowness = TimeSpan.FromMilliseconds(20) };
        using JsonRpcClient client = new(_http, RpcEndpoint.Parse(slow.Url.ToString()), new RpcOptions { Concurrency = 3 });
        await Task.WhenAll(Enumerable.Range(0, 30).Select(async i => (await client.CallAsync(RpcCall.Of($"m{i}"))).Dispose()));

        slow.MostInFlight.ShouldBeInRange(2, 3);
    }

    [Fact]
    public async Task Breaker_HoldsBackAndRecovers()
    {
        _endpoint.Then(_ => LoopbackAnswer.Text("", 503), times: 6);
        using JsonRpcClient client = Client(new RpcOptions { BreakerMinimumThroughput = 5, BreakerFailureRatio = 0.5, BreakerBreak = TimeSpan.FromMilliseconds(600), DelayBase = TimeSpan.FromMilliseconds(1), DelayMax = TimeSpan.FromMilliseconds(5), RetriesMax = 100 }, TimeProvider.System);
        using RpcAnswer answer = await client.CallAsync(RpcCall.Of("m"));

        Text(answer).ShouldBe("\"m[]\"");
        _endpoint.Requests.Count.ShouldBe(7, "while it was open, nothing was sent");
    }

    [Fact]
    public async Task Secrets_AreInNoMessage_AlsoWhereTheEndpointRepeatsThem()
    {
        UriBuilder url = new(_endpoint.Url) { UserName = "someuser", Password = "p%40ssword", Path = "/v3/0123456789abcdef", Query = "apikey=querysecret" };
        RpcEndpoint endpoint = RpcEndpoint.Parse(url.Uri.AbsoluteUri) with { Headers = new Dictionary<string, string> { ["x-api-key"] = "headersecret" } };
        using JsonRpcClient client = new(_http, endpoint, new RpcOptions { RetriesMax = 0 }, _clock);
        _endpoint.Then("""{"error":{"message":"bad key headersecret in /v3/0123456789abcdef?apikey=querysecret of someuser with p@ssword"}}""", 400);

        RpcException error = await Should.ThrowAsync<RpcException>(() => client.TryCallAsync(RpcCall.Of("m")));
        string all = $"{error} {endpoint} {error.InnerException}";
        foreach (string secret in new[] { "someuser", "p@ssword", "p%40ssword", "0123456789abcdef", "querysecret", "headersecret" })
        {
            all.ShouldNotContain(secret);
        }

        LoopbackRequest sent = _endpoint.Requests.Single();
        sent.Target.ShouldBe("/v3/0123456789abcdef?apikey=querysecret");
        sent.Headers["Authorization"].ShouldBe($"Basic {Convert.ToBase64String("someuser:p@ssword"u8)}");
        sent.Headers["x-api-key"].ShouldBe("headersecret");
    }

    [Fact]
    public async Task BearerToken_GoesInItsHeader()
    {
        using JsonRpcClient client = new(_http, RpcEndpoint.Parse(_endpoint.Url.ToString()) with { BearerToken = "abc" });
        (await client.CallAsync(RpcCall.Of("m"))).Dispose();

        _endpoint.Requests.Single().Headers["Authorization"].ShouldBe("Bearer abc");
    }

    [Fact]
    public async Task RequestsRetriesBytesAndTime_AreMeasured()
    {
        Dictionary<string, double> measured = [];
        List<string> activities = [];
        string host = _endpoint.Url.Host;
        using MeterListener meters = new() { InstrumentPublished = (i, l) => { if (i.Meter.Name == "ChainWatch.Rpc") { l.EnableMeasurementEvents(i); } } };
        void Take(string name, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        {
            if (tags.ToArray().Contains(new KeyValuePair<string, object?>("rpc.method", "measured")))
            {
                lock (measured)
                {
                    measured[name] = measured.GetValueOrDefault(name) + value;
                }
            }
        }

        meters.SetMeasurementEventCallback<long>((i, v, t, _) => Take(i.Name, v, t));
        meters.SetMeasurementEventCallback<double>((i, v, t, _) => Take(i.Name, 1, t));
        meters.Start();
        using ActivityListener listener = new() { ShouldListenTo = s => s.Name == "ChainWatch.Rpc", Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData, ActivityStopped = a => { lock (activities) { activities.Add(a.OperationName); } } };
        ActivitySource.AddActivityListener(listener);
        Inject("500", 1);
        using JsonRpcClient client = Client();
        (await client.CallAsync(RpcCall.Of("measured"))).Dispose();

        measured["chainwatch.rpc.requests"].ShouldBe(2);
        measured["chainwatch.rpc.retries"].ShouldBe(1);
        measured["chainwatch.rpc.errors"].ShouldBe(1);
        measured["chainwatch.rpc.duration"].ShouldBe(2);
        measured["chainwatch.rpc.bytes"].ShouldBe(client.BytesReceived);
        activities.Count(a => a == "measured").ShouldBe(2);
    }

    [Fact]
    public void HttpClientWithATimeOut_IsRefused()
    {
        using HttpClient http = new();
        Should.Throw<ArgumentException>(() => new JsonRpcClient(http, RpcEndpoint.Parse("http://127.0.0.1:1"))).Message.ShouldContain("AttemptTimeout is the one time-out");
    }

    private void Inject(string fault, int times)
    {
        _ = fault switch
        {
            "500" => _endpoint.Then(_ => LoopbackAnswer.Text("", 500), times),
            "502" => _endpoint.Then(_ => LoopbackAnswer.Text("<html>Bad Gateway</html>", 502), times),
            "429" => _endpoint.Then(_ => LoopbackAnswer.Text("", 429), times),
            "rate limit" => _endpoint.ThenError(-32005, "rate limit exceeded", times),
            "rate limit -32016" => _endpoint.ThenError(-32016, "over rate limit", times),
            "cut" => _endpoint.Then(r => ScriptedEndpoint.Echo(r) with { CutInTheMiddle = true }, times),
            "invalid" => _endpoint.Then(_ => LoopbackAnswer.Text("{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":["), times),
            "html" => _endpoint.Then(_ => LoopbackAnswer.Text("<html>welcome</html>"), times),
            "empty" => _endpoint.Then(_ => LoopbackAnswer.Text(""), times),
            "wrong id" => _endpoint.Then(_ => LoopbackAnswer.Text("{\"jsonrpc\":\"2.0\",\"id\":999999,\"result\":1}"), times),
            _ => _endpoint.Then(_ => LoopbackAnswer.Text("{\"jsonrpc\":\"2.0\",\"id\":1}"), times),
        };
    }

    private JsonRpcClient Client(RpcOptions? options = null, TimeProvider? clock = null) => new(_http, RpcEndpoint.Parse(_endpoint.Url.ToString()), options, clock ?? _clock, () => 0.5);

    private static void Fail(JsonNode answer, int code, string message)
    {
        answer.AsObject().Remove("result");
        answer["error"] = new JsonObject { ["code"] = code, ["message"] = message };
    }

    private static string Text(RpcAnswer answer) => System.Text.Encoding.UTF8.GetString(answer.Result.Span);
}
