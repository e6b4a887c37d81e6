namespace ChainWatch.Rpc.Tests;

public sealed class RpcOptionsTests
{
    private static readonly TimeSpan TooLong = TimeSpan.FromDays(1) + TimeSpan.FromTicks(1);

    public static TheoryData<string, Func<RpcOptions>> Wrong => new()
    {
        { nameof(RpcOptions.Concurrency), () => new RpcOptions { Concurrency = 0 } },
        { nameof(RpcOptions.Concurrency), () => new RpcOptions { Concurrency = 257 } },
        { nameof(RpcOptions.BatchSizeMax), () => new RpcOptions { BatchSizeMax = 0 } },
        { nameof(RpcOptions.BatchSizeMax), () => new RpcOptions { BatchSizeMax = 1001 } },
        { nameof(RpcOptions.AttemptTimeout), () => new RpcOptions { AttemptTimeout = TimeSpan.FromMilliseconds(9) } },
        { nameof(RpcOptions.AttemptTimeout), () => new RpcOptions { AttemptTimeout = Timeout.InfiniteTimeSpan } },
        { nameof(RpcOptions.AttemptTimeout), () => new RpcOptions { AttemptTimeout = TooLong } },
        { nameof(RpcOptions.RetriesMax), () => new RpcOptions { RetriesMax = -1 } },
        { nameof(RpcOptions.RetriesMax), () => new RpcOptions { RetriesMax = 101 } },
        { nameof(RpcOptions.DelayBase), () => new RpcOptions { DelayBase = TimeSpan.Zero } },
        { nameof(RpcOptions.DelayMax), () => new RpcOptions { DelayMax = TooLong } },
        { nameof(RpcOptions.RetryAfterMax), () => new RpcOptions { RetryAfterMax = -TimeSpan.FromSeconds(1) } },
        { nameof(RpcOptions.BreakerFailureRatio), () => new RpcOptions { BreakerFailureRatio = 0 } },
        { nameof(RpcOptions.BreakerFailureRatio), () => new RpcOptions { BreakerFailureRatio = 1.01 } },
        { nameof(RpcOptions.BreakerFailureRatio), () => new RpcOptions { BreakerFailureRatio = double.NaN } },
        { nameof(RpcOptions.BreakerMinimumThroughput), () => new RpcOptions { BreakerMinimumThroughput = 1 } },
        { nameof(RpcOptions.BreakerSampling), () => new RpcOptions { BreakerSampling = TimeSpan.FromMilliseconds(499) } },
        { nameof(RpcOptions.BreakerBreak), () => new RpcOptions { BreakerBreak = TimeSpan.FromMilliseconds(499) } },
        { nameof(RpcOptions.ResponseBytesMax), () => new RpcOptions { ResponseBytesMax = 0 } },
        { nameof(RpcOptions.ResponseBytesMax), () => new RpcOptions { ResponseBytesMax = (1L << 30) + 1 } },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void Options_BeyondALimit_AreRefusedByName(string name, Func<RpcOptions> make)
    {
        string message = Should.Throw<ChainWatchException>(() => make()).Message;
        message.ShouldStartWith($"{name} ");
        message.ShouldContain("expected ");
    }

    [Fact]
    public async Task Options_AtTheirLimits_MakeAWorkingClient()
    {
        TimeSpan day = TimeSpan.FromDays(1);
        TimeSpan half = TimeSpan.FromMilliseconds(500);
        RpcOptions[] all =
        [
            new(),
            new()
            {
                Concurrency = 1, BatchSizeMax = 1, AttemptTimeout = day, RetriesMax = 0, DelayBase = TimeSpan.FromMilliseconds(1), DelayMax = TimeSpan.FromMilliseconds(1),
                RetryAfterMax = TimeSpan.FromMilliseconds(1), BreakerFailureRatio = 1, BreakerMinimumThroughput = 2, BreakerSampling = half, BreakerBreak = half, ResponseBytesMax = 1000,
            },
            new()
            {
                Concurrency = 256, BatchSizeMax = 1000, AttemptTimeout = day, RetriesMax = 100, DelayBase = day, DelayMax = day,
                RetryAfterMax = day, BreakerFailureRatio = 0.0001, BreakerMinimumThroughput = int.MaxValue, BreakerSampling = day, BreakerBreak = day, ResponseBytesMax = 1L << 30,
            },
        ];
        await using TestEndpoint endpoint = new((call, _) => call.Result("7"));
        using HttpClient http = RpcHttp.Create();
        foreach (RpcOptions options in all)
        {
            using JsonRpcClient client = new(http, RpcEndpoint.Parse(endpoint.Uri.ToString()), options);
            (await client.TextAsync()).ShouldBe("7");
        }

        // The shortest time-out is one the pipeline can be built with; whether an answer makes it is not asked.
        using JsonRpcClient shortest = new(http, RpcEndpoint.Parse(endpoint.Uri.ToString()), new RpcOptions { AttemptTimeout = TimeSpan.FromMilliseconds(10) });
        shortest.RequestCount.ShouldBe(0);
    }
}
