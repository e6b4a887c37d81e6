using ChainWatch.TestNodes.Http;

namespace ChainWatch.Rpc.Tests;

public sealed class CircuitBreakerTests
{
    private static readonly RpcOptions Quick = TestEndpoint.Options with { RetriesMax = 0, BreakerMinimumThroughput = 3, BreakerFailureRatio = 1 };

    [Fact]
    public async Task Breaker_TooManyFailures_HoldsRequestsBackAndRecovers()
    {
        bool broken = true;
        await using TestEndpoint endpoint = new((request, _) => broken ? LoopbackAnswer.Text("", 500) : LoopbackAnswer.Text(AskedCall.Read(request).Single().Result("7")));
        using JsonRpcClient client = endpoint.Client(Quick);
        for (int i = 0; i < 3; i++)
        {
            (await client.FailureAsync()).Message.ShouldContain("HTTP 500");
        }

        RpcException held = await client.FailureAsync();
        held.Kind.ShouldBe(RpcErrorKind.Transient);
        held.Message.ShouldContain("requests are held back");
        held.Message.ShouldContain("HTTP 500");
        client.RequestCount.ShouldBe(3);

        broken = false;
        endpoint.Clock.Advance(Quick.BreakerBreak);
        (await client.TextAsync()).ShouldBe("7");
        client.RequestCount.ShouldBe(4);
        endpoint.Log.Lines.Select(l => l[..4]).ShouldBe(["1002", "1003"]);
    }

    [Fact]
    public async Task Breaker_OpenWhileRetrying_IsWaitedOut()
    {
        await using TestEndpoint endpoint = new((request, number) => number <= 3 ? LoopbackAnswer.Text("", 500) : LoopbackAnswer.Text(AskedCall.Read(request).Single().Result("7")));
        using JsonRpcClient client = endpoint.Client(Quick with { RetriesMax = 6 });
        (await client.TextAsync()).ShouldBe("7");
        client.RequestCount.ShouldBe(4);
        endpoint.Clock.Delays.Sum(d => d.TotalSeconds).ShouldBeGreaterThanOrEqualTo(Quick.BreakerBreak.TotalSeconds);
    }

    [Theory]
    [InlineData(429, "")]
    [InlineData(200, "no answer")]
    [InlineData(401, "")]
    [InlineData(400, "")]
    public async Task Breaker_EndpointAnswersAnything_StaysClosed(int status, string body)
    {
        await using TestEndpoint endpoint = new((_, _) => LoopbackAnswer.Text(body, status));
        using JsonRpcClient client = endpoint.Client(Quick);
        for (int i = 0; i < 6; i++)
        {
            await client.FailureAsync();
        }

        client.RequestCount.ShouldBe(6);
    }
}
