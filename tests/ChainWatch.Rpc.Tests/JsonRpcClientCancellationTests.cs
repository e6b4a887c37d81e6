using ChainWatch.TestNodes.Http;

namespace ChainWatch.Rpc.Tests;

public sealed class JsonRpcClientCancellationTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task CallAsync_CancelledInFlight_EndsAndIsNotAskedAgain(bool headersCame)
    {
        using CancellationTokenSource stop = new();
        await using TestEndpoint endpoint = new(async (_, _, serverStop) =>
        {
            stop.CancelAfter(TimeSpan.FromMilliseconds(headersCame ? 50 : 0));
            await (headersCame ? Task.CompletedTask : Task.Delay(Timeout.Infinite, serverStop));
            return LoopbackAnswer.Text(new string(' ', 100)) with { Drip = TimeSpan.FromMinutes(1) };
        });
        using JsonRpcClient client = endpoint.Client();
        await Should.ThrowAsync<OperationCanceledException>(() => client.TextAsync(cancellationToken: stop.Token));
        client.RequestCount.ShouldBe(1);
    }

    [Fact]
    public async Task CallAsync_CancelledWhileWaitingForARetry_Ends()
    {
        FakeClock clock = new() { HoldsDelays = true };
        await using TestEndpoint endpoint = new((_, _) => LoopbackAnswer.Text("", 503)) { Clock = clock };
        using JsonRpcClient client = endpoint.Client();
        using CancellationTokenSource stop = new();
        Task<string> call = client.TextAsync(cancellationToken: stop.Token);
        await clock.DelayHeld;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        client.RequestCount.ShouldBe(1);
    }

    [Fact]
    public async Task CallAsync_WaitingForARetry_HoldsNoSlot()
    {
        FakeClock clock = new() { HoldsDelays = true };
        await using TestEndpoint endpoint = new((request, number) => number == 1 ? LoopbackAnswer.Text("", 503) : LoopbackAnswer.Text(AskedCall.Read(request).Single().Result("7"))) { Clock = clock };
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { Concurrency = 1 });
        using CancellationTokenSource stop = new();
        Task<string> first = client.TextAsync(cancellationToken: stop.Token);
        await clock.DelayHeld;
        (await client.TextAsync()).ShouldBe("7");
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => first);
    }

    [Fact]
    public async Task CallAsync_CancelledWhileWaitingForASlot_EndsWithoutARequest()
    {
        TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource go = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using TestEndpoint endpoint = new(async (request, _, serverStop) =>
        {
            asked.TrySetResult();
            await go.Task.WaitAsync(serverStop);
            return LoopbackAnswer.Text(AskedCall.Read(request).Single().Result("7"));
        });
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { Concurrency = 1 });
        Task<string> first = client.TextAsync();
        await asked.Task;
        using CancellationTokenSource stop = new();
        Task<string> second = client.TextAsync(cancellationToken: stop.Token);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => second);
        go.SetResult();
        (await first).ShouldBe("7");
        (await client.TextAsync()).ShouldBe("7");
        client.RequestCount.ShouldBe(2);
    }

    [Fact]
    public async Task CallAsync_CancelledBefore_AsksNothing()
    {
        await using TestEndpoint endpoint = new((call, _) => call.Result("7"));
        using JsonRpcClient client = endpoint.Client();
        await Should.ThrowAsync<OperationCanceledException>(() => client.TextAsync(cancellationToken: new CancellationToken(true)));
        await Should.ThrowAsync<OperationCanceledException>(() => client.TryCallBatchAsync([Answers.Call, Answers.Call], cancellationToken: new CancellationToken(true)));
        client.RequestCount.ShouldBe(0);
    }
}
