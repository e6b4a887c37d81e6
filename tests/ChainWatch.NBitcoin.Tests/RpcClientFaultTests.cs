using System.Text.Json.Nodes;
using ChainWatch.Bitcoin;
using ChainWatch.Rpc;
using ChainWatch.TestNodes.Http;
using NBitcoin;
using NBitcoin.RPC;

namespace ChainWatch.NBitcoin.Tests;

/// <summary>Endpoints that misbehave behind NBitcoin's RPCClient: asked again, or an error of one line; never taken for an answer.</summary>
public sealed class RpcClientFaultTests
{
    private const string Good = """{"result":"0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206","error":null,"id":ID}""";
    private static readonly RpcCall Call = RpcCall.Of("getblockhash", "0");

    [Fact]
    public async Task OneFaultOfEachKind_IsAskedAgain()
    {
        foreach (LoopbackAnswer fault in new[]
        {
            LoopbackAnswer.Text("", 200),
            LoopbackAnswer.Text("<html>busy</html>", 200),
            LoopbackAnswer.Text(Good[..40], 200),
            LoopbackAnswer.Text(Good.Replace("ID", "77"), 200),
            LoopbackAnswer.Text("""{"result":null,"error":"rate limit exceeded","id":1}""", 200),
            LoopbackAnswer.Text("""{"result":null,"error":{"code":-32005,"message":"slow down"},"id":1}""", 429),
            LoopbackAnswer.Text("[]", 200),
            LoopbackAnswer.Text("{}", 200),
            LoopbackAnswer.Text("<html>bad gateway</html>", 502) with { ContentType = "text/html" },
            LoopbackAnswer.Text("busy", 429) with { ContentType = "text/plain" },
            LoopbackAnswer.Text("busy", 429),
            LoopbackAnswer.Text("""{"result":null,"error":{"code":-28,"message":"Loading block index"},"id":1}""", 500),
            LoopbackAnswer.Text("""{"result":null,"error":{"code":-32603,"message":"too many requests, slow down"},"id":1}""", 200),
            LoopbackAnswer.Text(Good, 200) with { CutInTheMiddle = true },
        })
        {
            int asked = 0;
            await using LoopbackServer server = new((request, _) => Task.FromResult(asked++ == 0 ? fault : LoopbackAnswer.Text(Good.Replace("ID", $"{IdOf(request)}"), 200)));
            using JsonRpcClient client = ClientOf(server);
            using RpcAnswer answer = await client.CallAsync(Call);
            answer.Result.Length.ShouldBe(66);
            asked.ShouldBe(2, System.Text.Encoding.UTF8.GetString(fault.Body));
        }
    }

    [Theory]
    [InlineData("<html>secret-word</html>", 200, RpcErrorKind.BadAnswer, "the answer is no JSON-RPC (it begins '<html>***</html>')")]
    [InlineData("""{"result":null,"error":"no such wallet","id":1}""", 200, RpcErrorKind.Fatal, "no such wallet")]
    [InlineData("""{"result":null,"error":{"message":"no code"},"id":1}""", 200, RpcErrorKind.Fatal, "no code")]
    [InlineData("""{"result":"another's","error":null,"id":77}""", 200, RpcErrorKind.BadAnswer, "the answer has an id that was not asked with")]
    [InlineData("""{"result":null,"error":"not for you","id":1}""", 403, RpcErrorKind.Unauthorized, "HTTP 403: not for you; expected a key or password that the endpoint takes")]
    [InlineData("""{"result":null,"error":{"code":-32601,"message":"Method not found"},"id":1}""", 500, RpcErrorKind.MethodUnsupported, "HTTP 500: Method not found")]
    [InlineData("""{"result":null,"error":{"code":-8,"message":"Block height out of range"},"id":1}""", 500, RpcErrorKind.BlockUnknown, "HTTP 500: Block height out of range")]
    [InlineData("no", 403, RpcErrorKind.Unauthorized, "HTTP 403")]
    [InlineData("no", 404, RpcErrorKind.Fatal, "HTTP 404; expected the URL of a JSON-RPC endpoint")]
    public async Task AFaultThatStays_IsAnErrorOfOneLine(string body, int status, RpcErrorKind kind, string words)
    {
        await using LoopbackServer server = new((_, _) => Task.FromResult(LoopbackAnswer.Text(body, status) with { ContentType = body.StartsWith('{') ? "application/json" : "text/html" }));
        using JsonRpcClient client = ClientOf(server);
        RpcException error = await Should.ThrowAsync<RpcException>(() => client.CallAsync(Call));

        error.Kind.ShouldBe(kind);
        error.Message.ShouldStartWith($"http://127.0.0.1:{server.Endpoint.Port}: getblockhash: ");
        error.Message.ShouldContain(words);
        error.Message.ShouldNotContain('\n');
        error.Message.ShouldNotContain("secret-word");
    }

    [Fact]
    public async Task ARateLimit_SaysHowLongToWait()
    {
        await using LoopbackServer server = new((_, _) => Task.FromResult(LoopbackAnswer.Text("""{"result":null,"error":{"code":-32000,"message":"daily"},"id":1}""", 429) with { Headers = new Dictionary<string, string> { ["Retry-After"] = "7" } }));
        using JsonRpcClient client = ClientOf(server, new RpcOptions { RetriesMax = 0 });
        RpcException error = await Should.ThrowAsync<RpcException>(() => client.CallAsync(Call));
        (error.Kind, error.HttpStatus, error.RetryAfter).ShouldBe((RpcErrorKind.RateLimited, 429, TimeSpan.FromSeconds(7)));
        error.Message.ShouldContain("HTTP 429: daily");
    }

    // NBitcoin itself would ask for ever.
    [Fact]
    public async Task ANodeThatIsBusyForEver_IsAskedAsOftenAsTheLimitsSay()
    {
        int asked = 0;
        await using LoopbackServer server = new((_, _) =>
        {
            asked++;
            return Task.FromResult(LoopbackAnswer.Text("busy", 503) with { ContentType = "text/plain" });
        });
        using JsonRpcClient client = ClientOf(server);
        RpcException error = await Should.ThrowAsync<RpcException>(() => client.CallAsync(Call));
        (error.Kind, asked).ShouldBe((RpcErrorKind.Transient, 3));
        error.Message.ShouldContain("HTTP 503: busy");
    }

    [Fact]
    public async Task AnAnswerThatIsTooLarge_IsRefused()
    {
        await using LoopbackServer server = new((request, _) => Task.FromResult(LoopbackAnswer.Text($$"""{"result":"{{new string('a', 5000)}}","error":null,"id":{{IdOf(request)}}}""")));
        using JsonRpcClient client = ClientOf(server, new RpcOptions { ResponseBytesMax = 1000, RetriesMax = 0 });
        RpcException error = await Should.ThrowAsync<RpcException>(() => client.CallAsync(Call));
        error.Message.ShouldContain("the answer has more than 1000 bytes");
    }

    // NBitcoin itself would tell them apart by their order.
    [Fact]
    public async Task ABatchAnsweredInAnotherOrder_IsToldApartByIds()
    {
        int requests = 0;
        await using LoopbackServer server = new((request, _) =>
        {
            requests++;
            JsonArray calls = JsonNode.Parse(request.Body)!.AsArray();
            return Task.FromResult(LoopbackAnswer.Text($"[{string.Join(',', calls.Reverse().Select(c => $$"""{"result":"block {{c!["params"]![0]}}","error":null,"id":{{c["id"]}}}"""))}]"));
        });
        using JsonRpcClient client = ClientOf(server);
        RpcAnswer[] answers = await client.TryCallBatchAsync([.. Enumerable.Range(0, 20).Select(i => RpcCall.Of("getblockhash", $"{i}"))]);

        answers.Select(a => System.Text.Encoding.UTF8.GetString(a.Result.Span)).ShouldBe(Enumerable.Range(0, 20).Select(i => $"\"block {i}\""));
        requests.ShouldBe(1);
    }

    private static JsonRpcClient ClientOf(LoopbackServer server, RpcOptions? limits = null) => new RPCClient("user:secret-word", server.Endpoint, Network.RegTest)
        .AsJsonRpcClient(limits ?? new RpcOptions { DelayBase = TimeSpan.FromMilliseconds(1), DelayMax = TimeSpan.FromMilliseconds(20), RetriesMax = 2 });

    private static long IdOf(LoopbackRequest request) => JsonNode.Parse(request.Body)!["id"]!.GetValue<long>();
}
