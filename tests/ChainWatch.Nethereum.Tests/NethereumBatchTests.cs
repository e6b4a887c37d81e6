using ChainWatch.Rpc;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.Nethereum.Tests;

/// <summary>Batches through a client of Nethereum: each call has its own answer, or is asked again.</summary>
public sealed class NethereumBatchTests
{
    private static readonly RpcCall[] Calls = [.. Enumerable.Range(0, 5).Select(i => RpcCall.Of("eth_getBlockByNumber", $"\"0x{i}\"", "false"))];

    [Fact]
    public async Task Answers_InAnyOrder_AreThoseOfTheirCalls_ErrorsAmongThem()
    {
        await using StubEndpoint endpoint = new((ids, _) => Batch(ids.Select((id, i) => i == 2 ? StubEndpoint.Error(id, -32000, "header not found") : StubEndpoint.Result(id, $"\"{i}\"")).Reverse()));
        using JsonRpcClient rpc = endpoint.Client();
        RpcAnswer[] answers = await rpc.TryCallBatchAsync(Calls);
        Texts(answers).ShouldBe(["\"0\"", "\"1\"", "BlockUnknown", "\"3\"", "\"4\""]);
        endpoint.Requests.ShouldBe(1);
    }

    [Fact]
    public async Task MissingAnswer_IsAskedAgainAlone()
    {
        int asked = 0;
        await using StubEndpoint endpoint = new((ids, request) =>
        {
            asked += ids.Length;
            return request == 1 ? Batch(ids.Skip(1).Select(id => StubEndpoint.Result(id, "1"))) : Batch(ids.Select(id => StubEndpoint.Result(id, "1")));
        });
        using JsonRpcClient rpc = endpoint.Client();
        Texts(await rpc.TryCallBatchAsync(Calls)).ShouldBe(["1", "1", "1", "1", "1"]);
        (endpoint.Requests, asked).ShouldBe((2, 6));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1000)]
    public async Task TwiceTheSameId_OrOneNotAsked_IsBelievedInNothing(int shift)
    {
        await using StubEndpoint endpoint = new((ids, request) => Batch(ids.Select((id, i) => StubEndpoint.Result(request == 1 && i == 1 ? ids[0] + shift : id, $"{request}"))));
        using JsonRpcClient rpc = endpoint.Client();
        Texts(await rpc.TryCallBatchAsync(Calls)).ShouldBe(["2", "2", "2", "2", "2"]);
    }

    // The words of one error for all are lost in Nethereum's client; each call by itself brings them to light.
    [Theory]
    [InlineData("""{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch requests are not supported"}}""")]
    [InlineData("""[{"jsonrpc":"2.0","id":null,"error":{"code":-32600,"message":"batch too large"}}]""")]
    [InlineData("[]")]
    public async Task RefusedBatch_GoesCallByCall(string refusal)
    {
        await using StubEndpoint endpoint = new((ids, _) => LoopbackAnswer.Text(ids.Length > 1 ? refusal : StubEndpoint.Result(ids[0], "1")));
        foreach (bool newtonsoft in new[] { true, false })
        {
            int before = endpoint.Requests;
            using JsonRpcClient rpc = endpoint.Client(Clients.Make(newtonsoft, endpoint.Uri));
            Texts(await rpc.TryCallBatchAsync(Calls)).ShouldBe(["1", "1", "1", "1", "1"]);
            Texts(await rpc.TryCallBatchAsync(Calls)).ShouldBe(["1", "1", "1", "1", "1"]);
            (endpoint.Requests - before).ShouldBe(11, "later calls are not tried as a batch");
        }
    }

    [Fact]
    public async Task TooLargeTogether_IsHalved()
    {
        await using StubEndpoint endpoint = new((ids, _) => ids.Length > 2 ? LoopbackAnswer.Text("", 413) : ids.Length == 1 ? One(ids[0]) : Batch(ids.Select(id => StubEndpoint.Result(id, "1"))));
        using JsonRpcClient rpc = endpoint.Client();
        Texts(await rpc.TryCallBatchAsync(Calls)).ShouldBe(["1", "1", "1", "1", "1"]);
        endpoint.Requests.ShouldBe(5, "5, then 3 and 2, then 2 and 1");
    }

    // Newtonsoft's reader tells a batch without its end as it tells one of another shape.
    [Theory]
    [InlineData(true, 2 + 5)]
    [InlineData(false, 2 + 1)]
    public async Task CutAnswer_IsAskedAgain(bool newtonsoft, int requests)
    {
        await using StubEndpoint endpoint = new((ids, request) =>
        {
            LoopbackAnswer whole = ids.Length == 1 ? One(ids[0]) : Batch(ids.Select(id => StubEndpoint.Result(id, "1")));
            return request switch { 1 => whole with { CutInTheMiddle = true }, 2 => whole with { Body = whole.Body[..(whole.Body.Length - 12)] }, _ => whole };
        });
        using JsonRpcClient rpc = endpoint.Client(Clients.Make(newtonsoft, endpoint.Uri));
        Texts(await rpc.TryCallBatchAsync(Calls)).ShouldBe(["1", "1", "1", "1", "1"]);
        endpoint.Requests.ShouldBe(requests);
    }

    private static LoopbackAnswer Batch(IEnumerable<string> answers) => LoopbackAnswer.Text($"[{string.Join(',', answers)}]");

    private static LoopbackAnswer One(long id) => LoopbackAnswer.Text(StubEndpoint.Result(id, "1"));

    private static string[] Texts(RpcAnswer[] answers) => [.. answers.Select(a => a.Error?.Kind.ToString() ?? System.Text.Encoding.UTF8.GetString(a.Result.Span))];
}
