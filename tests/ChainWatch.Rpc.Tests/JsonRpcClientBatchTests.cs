using ChainWatch.TestNodes.Http;

namespace ChainWatch.Rpc.Tests;

public sealed class JsonRpcClientBatchTests
{
    [Fact]
    public async Task TryCallBatchAsync_AnswersInAnyOrder_ComeInTheOrderOfTheCalls()
    {
        await using TestEndpoint endpoint = Server((calls, _) => Batch(calls.Reverse().Select(c => c.Result(c.Params))));
        using JsonRpcClient client = endpoint.Client();
        (await AskAsync(client, 7)).ShouldBe(Enumerable.Range(0, 7).Select(i => $"[{i}]"));
        client.RequestCount.ShouldBe(1);
    }

    [Fact]
    public async Task TryCallBatchAsync_MoreThanABatchTakes_AreSplit()
    {
        await using TestEndpoint endpoint = Server((calls, _) => Batch(calls.Select(c => c.Result(c.Params))));
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { BatchSizeMax = 3 });
        (await AskAsync(client, 8)).ShouldBe(Enumerable.Range(0, 8).Select(i => $"[{i}]"));
        endpoint.Requests.Select(r => AskedCall.Read(r).Length).Order().ShouldBe([2, 3, 3]);
    }

    [Fact]
    public async Task TryCallBatchAsync_LastOneAlone_IsASingleCall()
    {
        await using TestEndpoint endpoint = Server((calls, single) => single ? calls[0].Result(calls[0].Params) : Batch(calls.Select(c => c.Result(c.Params))));
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { BatchSizeMax = 2 });
        (await AskAsync(client, 3)).ShouldBe(["[0]", "[1]", "[2]"]);
        endpoint.Requests.Count(AskedCall.IsBatch).ShouldBe(1);
    }

    [Fact]
    public async Task TryCallBatchAsync_None_AsksNothing()
    {
        await using TestEndpoint endpoint = Server((_, _) => "");
        using JsonRpcClient client = endpoint.Client();
        (await client.TryCallBatchAsync([])).ShouldBeEmpty();
        client.RequestCount.ShouldBe(0);
    }

    [Theory]
    [InlineData(200, """{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch too large"}}""")]
    [InlineData(200, """[{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"Batch requests are not supported"}}]""")]
    [InlineData(200, """{"jsonrpc":"2.0","id":null,"error":{"code":-32005,"message":"Batch size limit exceeded"}}""")]
    [InlineData(400, "")]
    [InlineData(405, "")]
    [InlineData(500, """{"error":{"code":31,"message":"Batch of more than 3 requests are not allowed on free tier"}}""")]
    public async Task TryCallBatchAsync_BatchRefused_SinglesFromThenOn(int status, string refusal)
    {
        await using TestEndpoint endpoint = new((request, _) => AskedCall.IsBatch(request)
            ? LoopbackAnswer.Text(refusal, status)
            : LoopbackAnswer.Text(AskedCall.Read(request).Select(c => c.Result(c.Params)).Single()));
        using JsonRpcClient client = endpoint.Client();
        (await AskAsync(client, 4)).ShouldBe(["[0]", "[1]", "[2]", "[3]"]);
        client.RequestCount.ShouldBe(5);
        endpoint.Clock.Delays.ShouldBeEmpty();

        (await AskAsync(client, 4)).ShouldBe(["[0]", "[1]", "[2]", "[3]"]);
        client.RequestCount.ShouldBe(9);
        endpoint.Requests.Count(AskedCall.IsBatch).ShouldBe(1);
        endpoint.Log.Lines.Count(l => l.StartsWith("1004", StringComparison.Ordinal)).ShouldBe(1);
    }

    [Fact]
    public async Task TryCallBatchAsync_RateLimitForAll_IsAskedAgainAsABatch()
    {
        int number = 0;
        await using TestEndpoint endpoint = Server((calls, _) => Interlocked.Increment(ref number) == 1
            ? """{"jsonrpc":"2.0","id":null,"error":{"code":-32005,"message":"rate limit exceeded"}}"""
            : Batch(calls.Select(c => c.Result(c.Params))));
        using JsonRpcClient client = endpoint.Client();
        (await AskAsync(client, 3)).ShouldBe(["[0]", "[1]", "[2]"]);
        endpoint.Requests.Count(AskedCall.IsBatch).ShouldBe(2);
    }

    [Fact]
    public async Task TryCallBatchAsync_SomeFailForNow_OnlyTheyAreAskedAgain()
    {
        int number = 0;
        await using TestEndpoint endpoint = Server((calls, _) => Interlocked.Increment(ref number) == 1
            ? Batch(calls.Select((c, i) => i % 2 == 0 ? c.Result(c.Params) : c.Error(429, "slow down")))
            : Batch(calls.Select(c => c.Result(c.Params))));
        using JsonRpcClient client = endpoint.Client();
        (await AskAsync(client, 5)).ShouldBe(Enumerable.Range(0, 5).Select(i => $"[{i}]"));
        AskedCall.Read(endpoint.Requests.Last()).Select(c => c.Params).ShouldBe(["[1]", "[3]"]);
        client.RequestCount.ShouldBe(2);
    }

    [Fact]
    public async Task TryCallBatchAsync_ErrorsThatAreStoodBy_ComeInTheAnswers()
    {
        await using TestEndpoint endpoint = Server((calls, _) => Batch(calls.Select((c, i) => i == 1 ? c.Error(-32000, "header not found") : c.Result("1"))));
        using JsonRpcClient client = endpoint.Client();
        RpcAnswer[] answers = await client.TryCallBatchAsync(Calls(3));
        answers.Select(a => a.Error?.Kind).ShouldBe([null, RpcErrorKind.BlockUnknown, null]);
        Array.ForEach(answers, a => a.Dispose());
        client.RequestCount.ShouldBe(1);
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("duplicate")]
    [InlineData("foreign")]
    [InlineData("without")]
    [InlineData("empty")]
    public async Task TryCallBatchAsync_IdsAreMixedUp_NothingWrongIsTakenAndItIsAskedAgain(string fault)
    {
        int number = 0;
        await using TestEndpoint endpoint = Server((calls, _) => Interlocked.Increment(ref number) > 1 ? Batch(calls.Select(c => c.Result(c.Params))) : Batch(fault switch
        {
            "missing" => calls.Skip(1).Select(c => c.Result(c.Params)),
            "duplicate" => calls.Select(c => (c with { Id = calls[0].Id }).Result("\"wrong\"")),
            "foreign" => [.. calls.Select(c => c.Result("\"wrong\"")), (calls[0] with { Id = 999 }).Result("1")],
            "without" => calls.Select(_ => """{"jsonrpc":"2.0","result":"wrong"}"""),
            _ => [],
        }));
        using JsonRpcClient client = endpoint.Client();
        (await AskAsync(client, 3)).ShouldBe(["[0]", "[1]", "[2]"]);
        client.RequestCount.ShouldBe(2);
    }

    [Fact]
    public async Task TryCallBatchAsync_AnswersMissingForEver_FailsAndSaysHowMany()
    {
        await using TestEndpoint endpoint = Server((calls, _) => Batch(calls.Skip(2).Select(c => c.Result(c.Params))));
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { RetriesMax = 1 });
        RpcException error = await Should.ThrowAsync<RpcException>(() => client.TryCallBatchAsync(Calls(3)));
        error.Kind.ShouldBe(RpcErrorKind.BadAnswer);
        error.Message.ShouldContain("2 answers of the batch are missing");
    }

    [Fact]
    public async Task TryCallBatchAsync_WrongResult_IsAskedAgainAlone()
    {
        int number = 0;
        await using TestEndpoint endpoint = Server((calls, _) => Interlocked.Increment(ref number) == 1 ? Batch(calls.Select(c => c.Result("[2]"))) : Batch(calls.Select(c => c.Result(c.Params))));
        using JsonRpcClient client = endpoint.Client();
        RpcAnswer[] answers = await client.TryCallBatchAsync(Calls(3), (i, result) => System.Text.Encoding.UTF8.GetString(result.Span) == $"[{i}]" ? null : "another's");
        answers.Select(a => a.Text()).ShouldBe(["[0]", "[1]", "[2]"]);
        AskedCall.Read(endpoint.Requests.Last()).Select(c => c.Params).ShouldBe(["[0]", "[1]"]);
        Array.ForEach(answers, a => a.Dispose());
    }

    [Fact]
    public async Task TryCallBatchAsync_NoRoomInTheAnswer_TheRestIsAskedOneByOne()
    {
        // geth fills the answer of a batch up to a limit, and says of the rest that they are too large.
        await using TestEndpoint endpoint = Server((calls, single) => single
            ? calls[0].Result(calls[0].Params)
            : Batch(calls.Select((c, i) => i < 2 ? c.Result(c.Params) : c.Error(-32003, "response too large"))));
        using JsonRpcClient client = endpoint.Client();
        (await AskAsync(client, 5)).ShouldBe(Enumerable.Range(0, 5).Select(i => $"[{i}]"));
        endpoint.Requests.Count(AskedCall.IsBatch).ShouldBe(1);
        client.RequestCount.ShouldBe(4);
    }

    [Fact]
    public async Task TryCallBatchAsync_AnswerLongerThanTheLimit_IsHalvedAndBatchesGoOn()
    {
        await using TestEndpoint endpoint = Server((calls, single) => single ? calls[0].Result(Wide(calls[0])) : Batch(calls.Select(c => c.Result(Wide(c)))));
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { ResponseBytesMax = 5000 });
        (await AskAsync(client, 8)).ShouldBe(Enumerable.Range(0, 8).Select(i => $"[[{i}],\"{new string('x', 1000)}\"]"));
        endpoint.Requests.Select(r => AskedCall.Read(r).Length).Order().ShouldBe([4, 4, 8]);
        endpoint.Log.Lines.ShouldNotContain(l => l.StartsWith("1004", StringComparison.Ordinal));

        static string Wide(AskedCall call) => $"[{call.Params},\"{new string('x', 1000)}\"]";
    }

    [Fact]
    public async Task TryCallBatchAsync_OneIsTooLargeEvenAlone_ComesWithItsError()
    {
        await using TestEndpoint endpoint = Server((calls, single) => single ? calls[0].Error(-32005, "query returned more than 10000 results") : Batch(calls.Select((c, i) => i == 1 ? c.Error(-32005, "query returned more than 10000 results") : c.Result("1"))));
        using JsonRpcClient client = endpoint.Client();
        RpcAnswer[] answers = await client.TryCallBatchAsync(Calls(3));
        answers.Select(a => a.Error?.Kind).ShouldBe([null, RpcErrorKind.RangeTooWide, null]);
        Array.ForEach(answers, a => a.Dispose());
        client.RequestCount.ShouldBe(2);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task TryCallBatchAsync_WantsAKey_Throws(bool byStatus)
    {
        await using TestEndpoint endpoint = new((request, _) => byStatus ? LoopbackAnswer.Text("", 401) : LoopbackAnswer.Text(Batch(AskedCall.Read(request).Select(c => c.Error(-32600, "Must be authenticated!")))));
        using JsonRpcClient client = endpoint.Client();
        (await Should.ThrowAsync<RpcException>(() => client.TryCallBatchAsync(Calls(3)))).Kind.ShouldBe(RpcErrorKind.Unauthorized);
        client.RequestCount.ShouldBe(1);
    }

    // Without the cancellation it would wait for ever; the limit makes that a failure.
    [Fact(Timeout = 60_000)]
    public async Task TryCallBatchAsync_OneChunkFailsForGood_TheOthersAreNotAskedForNothing()
    {
        await using TestEndpoint endpoint = new(async (request, _, stop) =>
        {
            AskedCall[] calls = AskedCall.Read(request);
            if (calls[0].Params != "[0]")
            {
                // Answered never: only a cancelled request ends.
                await Task.Delay(Timeout.Infinite, stop);
            }

            return LoopbackAnswer.Text("", 401);
        });
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { BatchSizeMax = 2 });
        (await Should.ThrowAsync<RpcException>(() => client.TryCallBatchAsync(Calls(6)))).Kind.ShouldBe(RpcErrorKind.Unauthorized);
    }

    private static TestEndpoint Server(Func<AskedCall[], bool, string> script) =>
        new((request, _) => LoopbackAnswer.Text(script(AskedCall.Read(request), !AskedCall.IsBatch(request))));

    private static string Batch(IEnumerable<string> answers) => $"[{string.Join(',', answers)}]";

    private static RpcCall[] Calls(int count) => [.. Enumerable.Range(0, count).Select(i => RpcCall.Of("test_call", $"{i}"))];

    private static async Task<string[]> AskAsync(JsonRpcClient client, int count)
    {
        RpcAnswer[] answers = await client.TryCallBatchAsync(Calls(count));
        string[] texts = [.. answers.Select(a => a.Text())];
        Array.ForEach(answers, a => a.Dispose());
        return texts;
    }
}
