using ChainWatch.TestNodes.Http;

namespace ChainWatch.Rpc.Tests;

public sealed class RestClientTests
{
    [Theory]
    [InlineData("", "", "/")]
    [InlineData("api?apikey=QUERYKEY42", "?module=account", "/api?apikey=QUERYKEY42&module=account")]
    [InlineData("api?apikey=QUERYKEY42", "", "/api?apikey=QUERYKEY42")]
    [InlineData("api/", "/block/5", "/api/block/5")]
    [InlineData("api", "block/5?full=true", "/api/block/5?full=true")]
    public async Task GetAsync_Path_StandsBelowTheEndpointsOwn(string own, string asked, string expected)
    {
        await using TestEndpoint endpoint = new((_, _) => LoopbackAnswer.Text("[1]"));
        using RestClient client = endpoint.Rest(own);
        using RpcAnswer answer = await client.GetAsync("a thing", asked);
        answer.Text().ShouldBe("[1]");
        LoopbackRequest request = endpoint.Requests.Single();
        request.Method.ShouldBe("GET");
        request.Target.ShouldBe(expected);
        request.Headers["Accept"].ShouldBe("application/json");
        (client.RequestCount, client.BytesReceived).ShouldBe((1, 3));
    }

    [Fact]
    public async Task GetAsync_CheckFindsATransientError_IsAskedAgain()
    {
        await using TestEndpoint endpoint = new((_, number) => LoopbackAnswer.Text($"{number}"));
        using RestClient client = endpoint.Rest();
        using RpcAnswer answer = await client.GetAsync("a thing", "", body => body.Span[0] == (byte)'3' ? null : client.Failure(RpcErrorKind.RateLimited, "a thing", "not yet"));
        answer.Text().ShouldBe("3");
        endpoint.Clock.Delays.Count.ShouldBe(2);
    }

    [Fact]
    public async Task GetAsync_CheckFindsALastingError_IsThrownAtOnce()
    {
        await using TestEndpoint endpoint = new((_, _) => LoopbackAnswer.Text("{}"));
        using RestClient client = endpoint.Rest("api?apikey=QUERYKEY42");
        RpcException error = await Should.ThrowAsync<RpcException>(() => client.GetAsync("a thing", "", _ => client.Failure(RpcErrorKind.Fatal, "a thing", "wrong key QUERYKEY42")));
        error.Message.ShouldBe($"http://127.0.0.1:{endpoint.Uri.Port}: a thing: wrong key ***");
        client.RequestCount.ShouldBe(1);
    }

    [Fact]
    public async Task PostAsync_Json_IsSentAgainWithEachAttempt()
    {
        await using TestEndpoint endpoint = new((_, number) => LoopbackAnswer.Text("[]", number == 1 ? 503 : 200));
        using RestClient client = endpoint.Rest("api");
        using RpcAnswer answer = await client.PostAsync("a thing", "rpc", "{\"a\":1}"u8.ToArray());
        answer.Text().ShouldBe("[]");
        endpoint.Requests.Select(r => (r.Method, r.Target, System.Text.Encoding.UTF8.GetString(r.Body), r.Headers["Content-Type"]))
            .ShouldBe(Enumerable.Repeat(("POST", "/api/rpc", "{\"a\":1}", "application/json"), 2));
    }

    [Theory]
    [InlineData("api?chainid=1&apikey=a%20b", "APIKEY", "a b")]
    [InlineData("api?chainid=1", "apikey", null)]
    [InlineData("api", "apikey", null)]
    public void FindParameter_OfTheEndpointsUrl_IsItsValue(string own, string name, string? expected)
    {
        using HttpClient http = RpcHttp.Create();
        using RestClient client = new(http, RpcEndpoint.Parse($"http://127.0.0.1/{own}"));
        client.FindParameter(name).ShouldBe(expected);
    }
}
