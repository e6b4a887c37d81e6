using ChainWatch.TestNodes.Http;

namespace ChainWatch.Rpc.Tests;

public sealed class JsonRpcClientCallTests
{
    [Fact]
    public async Task CallAsync_Result_ComesAsItStands()
    {
        await using TestEndpoint endpoint = new((call, _) => call.Result("""{ "a" : [1, "ü"] }"""));
        using JsonRpcClient client = endpoint.Client();

        (await client.TextAsync()).ShouldBe("""{ "a" : [1, "ü"] }""");

        AskedCall asked = AskedCall.Read(endpoint.Requests.Single()).Single();
        asked.Method.ShouldBe("test_call");
        asked.Params.ShouldBe("""["0x10",true]""");
        LoopbackRequest request = endpoint.Requests.Single();
        request.Method.ShouldBe("POST");
        request.Headers["Content-Type"].ShouldBe("application/json");
        request.Headers.ContainsKey("Authorization").ShouldBeFalse();
        client.RequestCount.ShouldBe(1);
        client.BytesReceived.ShouldBe(System.Text.Encoding.UTF8.GetByteCount(asked.Result("""{ "a" : [1, "ü"] }""")));
    }

    [Fact]
    public async Task CallAsync_NullResult_IsNoError()
    {
        await using TestEndpoint endpoint = new((call, _) => call.Result("null"));
        using JsonRpcClient client = endpoint.Client();
        using RpcAnswer answer = await client.CallAsync(Answers.Call);
        answer.IsNull.ShouldBeTrue();
        answer.Text().ShouldBe("null");
    }

    [Theory]
    [InlineData("""{"result":7,"id":ID,"jsonrpc":"2.0","error":null}""")]
    [InlineData("""{"id":"ID","result":7,"jsonrpc":"2.0","more":{"result":8,"error":{"code":1}}}""")]
    [InlineData(" \n{\"result\":7,\"id\":ID}\n ")]
    public async Task CallAsync_ShapesOfAnswers_AreRead(string body)
    {
        await using TestEndpoint endpoint = new((call, _) => body.Replace("ID", $"{call.Id}", StringComparison.Ordinal));
        using JsonRpcClient client = endpoint.Client();
        (await client.TextAsync()).ShouldBe("7");
    }

    [Fact]
    public async Task Result_AfterDisposal_IsGone()
    {
        await using TestEndpoint endpoint = new((call, _) => call.Result("7"));
        using JsonRpcClient client = endpoint.Client();
        RpcAnswer answer = await client.CallAsync(Answers.Call);
        answer.Dispose();
        answer.Dispose();
        Should.Throw<ObjectDisposedException>(() => answer.Result);
        Should.Throw<ObjectDisposedException>(() => answer.IsNull);
    }

    [Fact]
    public async Task TryCallAsync_ErrorThatIsStoodBy_ComesInTheAnswer()
    {
        await using TestEndpoint endpoint = new((call, _) => call.Error(-32601, "the method test_call does not exist/is not available"));
        using JsonRpcClient client = endpoint.Client();
        using RpcAnswer answer = await client.TryCallAsync(Answers.Call);
        answer.Error!.Kind.ShouldBe(RpcErrorKind.MethodUnsupported);
        answer.Error.Code.ShouldBe(-32601);
        answer.Error.Message.ShouldBe($"{client.Endpoint.Name}: test_call: the method test_call does not exist/is not available (error -32601)");
        Should.Throw<RpcException>(() => answer.Result).ShouldBe(answer.Error);
        client.RequestCount.ShouldBe(1);
    }

    [Fact]
    public async Task TryCallAsync_WantsAKey_Throws()
    {
        await using TestEndpoint endpoint = new((call, _) => call.Error(-32600, "Must be authenticated!"));
        using JsonRpcClient client = endpoint.Client();
        (await Should.ThrowAsync<RpcException>(() => client.TryCallAsync(Answers.Call))).Kind.ShouldBe(RpcErrorKind.Unauthorized);
        client.RequestCount.ShouldBe(1);
    }

    [Theory]
    [InlineData("\"Nethermind.Trie.MissingTrieNodeException: Node A is missing\"", RpcErrorKind.BlockUnknown)]
    [InlineData("\"0x08c379a0\"", RpcErrorKind.Transient)]
    [InlineData("{\"rate\":1}", RpcErrorKind.Transient)]
    public async Task CallAsync_WhatIsTheMatterStandsInData_IsRead(string data, RpcErrorKind expected)
    {
        await using TestEndpoint endpoint = new((call, _) => $$$"""{"id":{{{call.Id}}},"error":{"data":{{{data}}},"code":-32603,"message":"Internal error"}}""");
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { RetriesMax = 0 });
        (await client.FailureAsync()).Kind.ShouldBe(expected);
    }

    [Fact]
    public async Task CallAsync_AnswerLongerThanTheLimit_IsToBeHalvedAndNotAskedAgain()
    {
        await using TestEndpoint endpoint = new((call, _) => call.Result($"\"{new string('x', 5000)}\""));
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { ResponseBytesMax = 4096 });
        RpcException error = await client.FailureAsync();
        error.Kind.ShouldBe(RpcErrorKind.RangeTooWide);
        error.Message.ShouldContain("4096 bytes");
        client.RequestCount.ShouldBe(1);
    }

    [Fact]
    public async Task CallAsync_AnswerLargerThanABuffer_IsWhole()
    {
        string text = new('x', 3_000_000);
        await using TestEndpoint endpoint = new((call, _) => call.Result($"\"{text}\""));
        using JsonRpcClient client = endpoint.Client();
        (await client.TextAsync()).ShouldBe($"\"{text}\"");
    }

    [Fact]
    public async Task CallAsync_ManyAtOnce_NeverMoreThanTheLimitInFlight()
    {
        const int limit = 3;
        int inFlight = 0;
        int most = 0;
        TaskCompletionSource full = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Lock counting = new();
        await using TestEndpoint endpoint = new(async (request, _, stop) =>
        {
            lock (counting)
            {
                most = Math.Max(most, ++inFlight);
                if (inFlight == limit)
                {
                    full.TrySetResult();
                }
            }

            // Nobody is answered before as many are here as may be.
            await full.Task.WaitAsync(stop);
            await Task.Yield();
            lock (counting)
            {
                inFlight--;
            }

            return LoopbackAnswer.Text(AskedCall.Read(request).Single().Result("1"));
        });
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { Concurrency = limit });
        await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => client.TextAsync()));
        most.ShouldBe(limit);
        client.RequestCount.ShouldBe(40);
    }

    [Fact]
    public async Task CallAsync_WaitingForASlot_IsNoTimeOfTheEndpoint()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestEndpoint endpoint = new(async (request, _, stop) =>
        {
            asked.TrySetResult();
            await go.Task.WaitAsync(stop);
            return LoopbackAnswer.Text(AskedCall.Read(request).Single().Result("1"));
        });
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { Concurrency = 1 });
        Task<string> first = client.TextAsync();
        await asked.Task;
        Task<string> second = client.TextAsync();
        endpoint.Clock.TimeoutsStarted.ShouldBe(1);
        go.SetResult();
        (await first).ShouldBe("1");
        (await second).ShouldBe("1");
    }

    [Fact]
    public void Constructor_HttpClientWithATimeoutOfItsOwn_IsRefused()
    {
        using HttpClient http = new();
        Should.Throw<ArgumentException>(() => new JsonRpcClient(http, RpcEndpoint.Parse("http://127.0.0.1")));
    }
}
