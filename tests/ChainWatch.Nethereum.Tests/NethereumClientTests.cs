using System.Text.Json.Nodes;
using ChainWatch.Rpc;
using ChainWatch.TestNodes.Http;
using Nethereum.JsonRpc.Client;
using Stj = Nethereum.JsonRpc.SystemTextJsonRpcClient;

namespace ChainWatch.Nethereum.Tests;

/// <summary>One call through a client of Nethereum: what comes is passed on as it is, what fails becomes one of our errors.</summary>
public sealed class NethereumClientTests
{
    private static readonly RpcCall Call = RpcCall.Of("eth_getBlockByNumber", "\"0x1\"", "false");

    [Theory]
    [InlineData("null")]
    [InlineData("\"0xabc\"")]
    [InlineData("true")]
    [InlineData("18446744073709551616")]
    [InlineData("""{"a":[1,-2,[],{}],"empty":null,"text":"é \"quoted\" \\ \n 漢字","n":1234567890123456789}""")]
    [InlineData("""[{"address":"0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2","removed":false},[]]""")]
    public async Task Result_IsPassedOnAsItIs(string json)
    {
        await using StubEndpoint endpoint = new((ids, _) => LoopbackAnswer.Text(StubEndpoint.Result(ids[0], json)));
        foreach (IClient client in new IClient[] { new RpcClient(endpoint.Uri), new Stj.RpcClient(endpoint.Uri) })
        {
            using JsonRpcClient rpc = endpoint.Client(client);
            using RpcAnswer answer = await rpc.CallAsync(Call);
            JsonNode.DeepEquals(JsonNode.Parse(answer.Result.Span), JsonNode.Parse(json)).ShouldBeTrue(client.GetType().FullName);
        }
    }

    [Theory]
    [InlineData(-32005, "query returned more than 10000 results", RpcErrorKind.RangeTooWide)]
    [InlineData(-32601, "the method trace_block does not exist/is not available", RpcErrorKind.MethodUnsupported)]
    [InlineData(-32000, "header not found", RpcErrorKind.BlockUnknown)]
    public async Task Error_UnderHttp200_KeepsCodeAndWords(int code, string words, RpcErrorKind kind)
    {
        await using StubEndpoint endpoint = new((ids, _) => LoopbackAnswer.Text(StubEndpoint.Error(ids[0], code, words)));
        using JsonRpcClient rpc = endpoint.Client();
        using RpcAnswer answer = await rpc.TryCallAsync(Call);
        (answer.Error!.Kind, answer.Error.Code).ShouldBe((kind, code));
        answer.Error.Message.ShouldBe($"{endpoint.Endpoint}: eth_getBlockByNumber: {words} (error {code})");
        endpoint.Requests.ShouldBe(1);
    }

    // What an endpoint says in data alone decides, too.
    [Fact]
    public async Task Error_WithWordsInData_IsJudgedByThem()
    {
        await using StubEndpoint endpoint = new((ids, _) => LoopbackAnswer.Text($$$"""{"jsonrpc":"2.0","id":{{{ids[0]}}},"error":{"code":-32602,"message":"invalid params","data":"block range is too wide"}}"""));
        foreach (IClient client in new IClient[] { new RpcClient(endpoint.Uri), new Stj.RpcClient(endpoint.Uri) })
        {
            using JsonRpcClient rpc = endpoint.Client(client);
            using RpcAnswer answer = await rpc.TryCallAsync(Call);
            answer.Error!.Kind.ShouldBe(RpcErrorKind.RangeTooWide, client.GetType().FullName);
        }
    }

    [Theory]
    [InlineData(429, RpcErrorKind.RateLimited, 4)]
    [InlineData(503, RpcErrorKind.Transient, 4)]
    [InlineData(413, RpcErrorKind.RangeTooWide, 1)]
    [InlineData(404, RpcErrorKind.Fatal, 1)]
    public async Task Status_IsJudgedAsOverHttp(int status, RpcErrorKind kind, int requests)
    {
        await using StubEndpoint endpoint = new((_, _) => LoopbackAnswer.Text("", status));
        using JsonRpcClient rpc = endpoint.Client();
        RpcException error = await Should.ThrowAsync<RpcException>(() => rpc.CallAsync(Call));
        (error.Kind, error.HttpStatus, endpoint.Requests).ShouldBe((kind, status, requests));
        error.ToString().ShouldNotContain("0123456789abcdef");
    }

    [Fact]
    public async Task Unauthorized_SaysWhatIsExpected()
    {
        await using StubEndpoint endpoint = new((_, _) => LoopbackAnswer.Text("", 401));
        using JsonRpcClient rpc = endpoint.Client();
        (await Should.ThrowAsync<RpcException>(() => rpc.CallAsync(Call))).Message.ShouldBe($"{endpoint.Endpoint}: eth_getBlockByNumber: HTTP 401; expected a key or password that the endpoint takes");
    }

    [Fact]
    public async Task NothingListens_IsUnreachable()
    {
        StubEndpoint gone = new((_, _) => LoopbackAnswer.Text(""));
        await gone.DisposeAsync();
        using JsonRpcClient rpc = gone.Client();
        RpcException error = await Should.ThrowAsync<RpcException>(() => rpc.CallAsync(Call));
        error.Kind.ShouldBe(RpcErrorKind.Unreachable);
        error.Message.ShouldBe($"{gone.Endpoint}: eth_getBlockByNumber: cannot be reached: nothing answers there; is the node running, and the port right?");
        rpc.RequestCount.ShouldBe(2);
    }

    [Theory]
    [InlineData("<html>sign in</html>")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("""{"jsonrpc":"2.0","id":1,"result":"0x1""")]
    public async Task NoJsonRpc_IsABadAnswer(string body)
    {
        await using StubEndpoint endpoint = new((_, _) => LoopbackAnswer.Text(body));
        foreach (IClient client in new IClient[] { new RpcClient(endpoint.Uri), new Stj.RpcClient(endpoint.Uri) })
        {
            using JsonRpcClient rpc = endpoint.Client(client);
            RpcException error = await Should.ThrowAsync<RpcException>(() => rpc.CallAsync(Call));
            error.Kind.ShouldBe(RpcErrorKind.BadAnswer, client.GetType().FullName);
            error.Message.ShouldNotContain('\n');
        }
    }

    [Fact]
    public async Task AnotherId_IsNotTakenForAnAnswer()
    {
        await using StubEndpoint endpoint = new((ids, request) => LoopbackAnswer.Text(StubEndpoint.Result(request < 3 ? ids[0] + 1000 : ids[0], "\"0x1\"")));
        using JsonRpcClient rpc = endpoint.Client();
        using RpcAnswer answer = await rpc.CallAsync(Call);
        endpoint.Requests.ShouldBe(3);
    }

    // Calls nest up to 1,024 deep; the readers stop at 64 unless they are told otherwise.
    [Theory]
    [InlineData(true, "JsonSerializerSettings")]
    [InlineData(false, "JsonSerializerOptions")]
    public async Task DeepAnswer_IsReadByAClientThatMay_AndElseAnErrorThatSaysSo(bool newtonsoft, string setting)
    {
        string deep = string.Concat(Enumerable.Repeat("{\"calls\":[", 500)) + string.Concat(Enumerable.Repeat("]}", 500));
        await using StubEndpoint endpoint = new((ids, _) => LoopbackAnswer.Text(ids.Length == 1 ? StubEndpoint.Result(ids[0], deep) : $"[{string.Join(',', ids.Select(id => StubEndpoint.Result(id, deep)))}]"));
        using JsonRpcClient usual = endpoint.Client(Clients.Make(newtonsoft, endpoint.Uri));
        (await Should.ThrowAsync<ChainWatchException>(() => usual.TryCallAsync(Call))).Message.ShouldEndWith($"expected a client whose {setting} have a greater MaxDepth");
        (await Should.ThrowAsync<ChainWatchException>(() => usual.TryCallBatchAsync([Call, Call]))).Message.ShouldEndWith($"expected a client whose {setting} have a greater MaxDepth");
        endpoint.Requests.ShouldBe(2, "asking again would not help");
        using JsonRpcClient rpc = endpoint.Client(Clients.Make(newtonsoft, endpoint.Uri, deep: true));
        using RpcAnswer answer = await rpc.CallAsync(Call);
        System.Text.Encoding.UTF8.GetString(answer.Result.Span).ShouldBe(deep);
        (await rpc.TryCallBatchAsync([Call, Call])).ShouldAllBe(a => a.Result.Length == deep.Length);
        endpoint.Requests.ShouldBe(4);
    }

    [Theory]
    [InlineData("7")]
    [InlineData("-9223372036854775808")]
    [InlineData("18446744073709551615")]
    [InlineData("-9223372036854775809")]
    [InlineData("25.50")]
    [InlineData("1e3")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639935")]
    public async Task Number_OfACall_ArrivesAsItIsWritten(string number)
    {
        string[] parameters = [number, $$"""{"of":[{{number}}]}"""];
        await using StubEndpoint endpoint = new((ids, _) => LoopbackAnswer.Text(StubEndpoint.Result(ids[0], "true")));
        foreach (string name in Clients.Names.Where(n => n != "WebSocket"))
        {
            (IClient client, IDisposable? owned) = Clients.Make(name, endpoint.Uri);
            using IDisposable? closing = owned;
            using JsonRpcClient rpc = endpoint.Client(client);
            using RpcAnswer answer = await rpc.CallAsync(RpcCall.Of("eth_feeHistory", parameters));
            JsonNode.Parse(endpoint.LastBody)!["params"]!.ToJsonString().ShouldBe($"[{string.Join(',', parameters)}]", name);
        }
    }

    [Fact]
    public async Task ParametersThatAreNoArray_AreAnErrorThatSaysSo()
    {
        ThrowingClient client = new(null);
        using JsonRpcClient rpc = client.AsJsonRpcClient(RpcEndpoint.Parse("http://node:8545/key"));
        (await Should.ThrowAsync<ChainWatchException>(() => rpc.TryCallAsync(new RpcCall("eth_call", "{}"u8.ToArray())))).Message.ShouldBe("http://node:8545: eth_call: the parameters are no list; expected a JSON array");
        client.Calls.ShouldBe(0);
    }

    // Made from a text, this client writes the types of its own context alone: numbers and filters are none of them.
    [Fact]
    public async Task ClientThatCannotWriteTheCall_IsNotTakenForAnEndpointThatCannot()
    {
        await using StubEndpoint endpoint = new((ids, _) => LoopbackAnswer.Text(StubEndpoint.Result(ids[0], "[]")));
        using JsonRpcClient rpc = endpoint.Client(new Stj.RpcClient(endpoint.Uri.ToString()));
        (await Should.ThrowAsync<ChainWatchException>(() => rpc.TryCallAsync(RpcCall.Of("eth_getLogs", """{"fromBlock":"0x1"}""")))).Message
            .ShouldBe($"{endpoint.Endpoint}: eth_getLogs: Nethereum's client cannot write the call's parameters; expected one whose serializer takes any type, not those of a JsonSerializerContext alone");
        endpoint.Requests.ShouldBe(0);
    }

    [Fact]
    public async Task TimeOutOfTheClientsOwn_IsAskedAgain()
    {
        ThrowingClient client = new(new RpcClientTimeoutException("Rpc timeout after 20000 milliseconds"));
        using JsonRpcClient rpc = client.AsJsonRpcClient(RpcEndpoint.Parse("http://node:8545/key"), new RpcOptions { RetriesMax = 2, DelayBase = TimeSpan.FromMilliseconds(1) });
        RpcException error = await Should.ThrowAsync<RpcException>(() => rpc.CallAsync(Call));
        (error.Kind, client.Calls).ShouldBe((RpcErrorKind.Transient, 3));
        error.Message.ShouldStartWith("http://node:8545: eth_getBlockByNumber: no whole answer before Nethereum's own time-out");
    }

    [Fact]
    public async Task ErrorThatAClientThrows_IsTheEndpointsError()
    {
        ThrowingClient client = new(new RpcResponseException(new RpcError(-32601, "method not found")));
        using JsonRpcClient rpc = client.AsJsonRpcClient(RpcEndpoint.Parse("http://node:8545"));
        using RpcAnswer answer = await rpc.TryCallAsync(Call);
        (answer.Error!.Kind, answer.Error.Code).ShouldBe((RpcErrorKind.MethodUnsupported, -32601));
    }

    [Fact]
    public async Task AnyOtherFailure_NamesItsKindAndNoSecret()
    {
        ThrowingClient client = new(new RpcClientUnknownException("Error", new ArgumentException("https://node/v3/0123456789abcdef")));
        using JsonRpcClient rpc = client.AsJsonRpcClient(RpcEndpoint.Parse("https://node/v3/0123456789abcdef"));
        RpcException error = await Should.ThrowAsync<RpcException>(() => rpc.CallAsync(Call));
        error.Message.ShouldBe("https://node: eth_getBlockByNumber: Nethereum's client failed with ArgumentException");
        client.Calls.ShouldBe(1);
    }

    // Nethereum's calls take no token: the wait ends all the same.
    [Fact]
    public async Task Cancelled_EndsAtOnce()
    {
        ThrowingClient client = new(null);
        using JsonRpcClient rpc = client.AsJsonRpcClient(RpcEndpoint.Parse("http://node:8545"));
        using CancellationTokenSource stop = new();
        Task<RpcAnswer> call = rpc.CallAsync(Call, null, stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        client.Calls.ShouldBe(1);
    }

    [Fact]
    public async Task WebSocketEndpoint_IsNamedAsWhatItIs()
    {
        ThrowingClient client = new(new RpcClientUnknownException("Error", new System.Net.WebSockets.WebSocketException("closed")));
        using JsonRpcClient rpc = client.AsJsonRpcClient(RpcEndpoint.ParseAnyScheme("ws://node:8546/v3/0123456789abcdef"), new RpcOptions { DelayBase = TimeSpan.FromMilliseconds(1) });
        RpcException error = await Should.ThrowAsync<RpcException>(() => rpc.CallAsync(Call));
        error.Message.ShouldBe("ws://node:8546: eth_getBlockByNumber: cannot be reached: nothing answers there; is the node running, and the port right?");
    }
}
