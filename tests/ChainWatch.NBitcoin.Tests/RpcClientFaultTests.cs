using ChainWatch.Bitcoin;
using ChainWatch.Rpc;
using ChainWatch.TestNodes.Http;
using NBitcoin;
using NBitcoin.RPC;

namespace ChainWatch.NBitcoin.Tests;

/// <summary>Endpoints that misbehave behind NBitcoin's RPCClient: asked again, or an error of one line; never taken for an answer.</summary>
public sealed class RpcClientFaultTests
{
    private const string Good = """{"result":"0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206","error":null,"id":1}""";
    private static readonly RpcCall Call = RpcCall.Of("getblockhash", "0");

    [Fact]
    public async Task OneFaultOfEachKind_IsAskedAgain()
    {
        foreach (LoopbackAnswer fault in new[]
        {
            LoopbackAnswer.Text("", 200),
            LoopbackAnswer.Text("<html>busy</html>", 200),
            LoopbackAnswer.Text(Good[..40], 200),
            LoopbackAnswer.Text("[]", 200),
            LoopbackAnswer.Text("{}", 200),
            LoopbackAnswer.Text("<html>bad gateway</html>", 502) with { ContentType = "text/html" },
            LoopbackAnswer.Text("busy", 429) with { ContentType = "text/plain" },
            LoopbackAnswer.Text("busy", 429),
            LoopbackAnswer.Text("""{"result":null,"error":{"code":-28,"message":"Loading block index"},"id":1}""", 500),
            LoopbackAnswer.Text("""{"result":null,"error":{"code":-32603,"message":"too many requests, slow down"},"id":1}""", 200),
            LoopbackAnswer.Text("""{"result":null,"error":{"message":"no code"},"id":1}""", 200),
            LoopbackAnswer.Text("""{"result":null,"error":{"code":"a word","message":"no number"},"id":1}""", 200),
            LoopbackAnswer.Text(Good, 200) with { CutInTheMiddle = true },
        })
        {
            int asked = 0;
            await using LoopbackServer server = new((_, _) => Task.FromResult(asked++ == 0 ? fault : LoopbackAnswer.Text(Good, 200)));
            using JsonRpcClient client = ClientOf(server);
            using RpcAnswer answer = await client.CallAsync(Call);
            answer.Result.Length.ShouldBe(66);
            asked.ShouldBe(2, System.Text.Encoding.UTF8.GetString(fault.Body));
        }
    }

    [Theory]
    [InlineData("<html>secret-word</html>", 200, RpcErrorKind.BadAnswer, "the answer is no JSON-RPC that NBitcoin can read")]
    [InlineData("""{"result":null,"error":{"code":-32601,"message":"Method not found"},"id":1}""", 500, RpcErrorKind.MethodUnsupported, "Method not found (error -32601)")]
    [InlineData("""{"result":null,"error":{"code":-8,"message":"Block height out of range"},"id":1}""", 500, RpcErrorKind.BlockUnknown, "Block height out of range (error -8)")]
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

    // NBitcoin itself asks a node that says 503 again and again.
    [Fact]
    public async Task ANodeThatIsBusyForEver_EndsWithTheTimeOut()
    {
        await using LoopbackServer server = new((_, _) => Task.FromResult(LoopbackAnswer.Text("busy", 503) with { ContentType = "text/plain" }));
        using JsonRpcClient client = ClientOf(server, new RpcOptions { RetriesMax = 0, AttemptTimeout = TimeSpan.FromMilliseconds(200) });
        RpcException error = await Should.ThrowAsync<RpcException>(() => client.CallAsync(Call));
        error.Message.ShouldContain("no whole answer within 0.2 s");
    }

    [Fact]
    public async Task SeveralCalls_AreNeverABatch_SoThatNoAnswerIsTakenForAnother()
    {
        int batches = 0;
        await using LoopbackServer server = new((request, _) =>
        {
            string body = System.Text.Encoding.UTF8.GetString(request.Body);
            batches += body.StartsWith('[') ? 1 : 0;
            string height = body.Split("\"params\":[")[1].Split(']')[0];
            return Task.FromResult(LoopbackAnswer.Text($$"""{"result":"block {{height}}","error":null,"id":1}"""));
        });
        using JsonRpcClient client = ClientOf(server);
        RpcAnswer[] answers = await client.TryCallBatchAsync([.. Enumerable.Range(0, 20).Select(i => RpcCall.Of("getblockhash", $"{i}"))]);

        answers.Select(a => System.Text.Encoding.UTF8.GetString(a.Result.Span)).ShouldBe(Enumerable.Range(0, 20).Select(i => $"\"block {i}\""));
        batches.ShouldBe(0);
    }

    private static JsonRpcClient ClientOf(LoopbackServer server, RpcOptions? limits = null) => new RPCClient("user:secret-word", server.Endpoint, Network.RegTest)
        .AsJsonRpcClient(limits ?? new RpcOptions { DelayBase = TimeSpan.FromMilliseconds(1), DelayMax = TimeSpan.FromMilliseconds(20), RetriesMax = 2 });
}
