using System.Globalization;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.Rpc.Tests;

public sealed class JsonRpcClientRetryTests
{
    private static readonly TimeSpan Base = new RpcOptions().DelayBase;

    public static TheoryData<string, RpcErrorKind> BadBodies => new()
    {
        { "{\"jsonrpc\":\"2.0\",\"id\":ID,\"resu", RpcErrorKind.BadAnswer },
        { "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":7} trailing", RpcErrorKind.BadAnswer },
        { "<html><body>502 Bad Gateway</body></html>", RpcErrorKind.BadAnswer },
        { "", RpcErrorKind.BadAnswer },
        { "7", RpcErrorKind.BadAnswer },
        { "[]", RpcErrorKind.BadAnswer },
        { "[{\"id\":ID,\"result\":7}]", RpcErrorKind.BadAnswer },
        { "{\"jsonrpc\":\"2.0\",\"id\":987654,\"result\":7}", RpcErrorKind.BadAnswer },
        { "{\"jsonrpc\":\"2.0\",\"id\":987654,\"error\":{\"code\":-32601,\"message\":\"Method not found\"}}", RpcErrorKind.BadAnswer },
        { "{\"jsonrpc\":\"2.0\",\"result\":7}", RpcErrorKind.BadAnswer },
        { "{\"jsonrpc\":\"2.0\",\"id\":ID}", RpcErrorKind.BadAnswer },
        { "{\"id\":ID,\"error\":{\"code\":-32005,\"message\":\"rate limit exceeded\"}}", RpcErrorKind.RateLimited },
        { "{\"id\":ID,\"error\":{\"code\":-32016,\"message\":\"over rate limit\"}}", RpcErrorKind.RateLimited },
        { "{\"id\":ID,\"error\":{\"code\":429,\"message\":\"Your app has exceeded its compute units per second capacity.\"}}", RpcErrorKind.RateLimited },
        { "{\"id\":null,\"error\":{\"code\":-32603,\"message\":\"Internal error\"}}", RpcErrorKind.Transient },
        { "{\"id\":ID,\"error\":\"upstream is gone\"}", RpcErrorKind.Transient },
    };

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task CallAsync_BadBodyUnderHttp200_IsAskedAgain(string body, RpcErrorKind _)
    {
        await using TestEndpoint endpoint = new((call, number) => number == 1 ? body.Replace("ID", $"{call.Id}", StringComparison.Ordinal) : call.Result("7"));
        using JsonRpcClient client = endpoint.Client();
        (await client.TextAsync()).ShouldBe("7");
        client.RequestCount.ShouldBe(2);
        endpoint.Clock.Delays.ShouldBe([Base]);
    }

    [Theory]
    [MemberData(nameof(BadBodies))]
    public async Task CallAsync_BadBodyForEver_FailsWithItsKind(string body, RpcErrorKind kind)
    {
        await using TestEndpoint endpoint = new((call, _) => body.Replace("ID", $"{call.Id}", StringComparison.Ordinal));
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { RetriesMax = 2 });
        RpcException error = await client.FailureAsync();
        error.Kind.ShouldBe(kind);
        error.IsTransient.ShouldBeTrue();
        client.RequestCount.ShouldBe(3);
    }

    [Fact]
    public async Task CallAsync_BytesThatAreNoUtf8_AreABadAnswer()
    {
        await using TestEndpoint endpoint = new((request, number) => number == 1
            ? new LoopbackAnswer([.. "{\"id\":1,\"error\":{\"message\":\""u8, 0xC3, 0x28, .. "\"}}"u8])
            : LoopbackAnswer.Text(AskedCall.Read(request).Single().Result("7")));
        using JsonRpcClient client = endpoint.Client();
        (await client.TextAsync()).ShouldBe("7");
    }

    [Fact]
    public async Task CallAsync_Html_MessageShowsItsBeginningAndWhatWasExpected()
    {
        await using TestEndpoint endpoint = new((_, _) => "<html>\n<body>welcome to a page that is long enough to be cut</body></html>");
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { RetriesMax = 0 });
        RpcException error = await client.FailureAsync();
        error.Message.ShouldContain("it begins '<html> <body>welcome");
        error.Message.ShouldContain("expected the URL of a JSON-RPC endpoint");
    }

    [Theory]
    [InlineData(500, RpcErrorKind.Transient)]
    [InlineData(502, RpcErrorKind.Transient)]
    [InlineData(503, RpcErrorKind.Transient)]
    [InlineData(408, RpcErrorKind.Transient)]
    [InlineData(429, RpcErrorKind.RateLimited)]
    public async Task CallAsync_StatusThatPasses_IsAskedAgainWithDoublingDelays(int status, RpcErrorKind kind)
    {
        await using TestEndpoint endpoint = new((request, number) => number <= 4 ? LoopbackAnswer.Text("", status) : LoopbackAnswer.Text(AskedCall.Read(request).Single().Result("7")));
        using JsonRpcClient client = endpoint.Client();
        (await client.TextAsync()).ShouldBe("7");
        endpoint.Clock.Delays.ShouldBe([Base, Base * 2, Base * 4, Base * 8]);
        endpoint.Log.Lines.Count(l => l.StartsWith("1001", StringComparison.Ordinal) && l.Contains(kind.ToString(), StringComparison.Ordinal)).ShouldBe(4);
    }

    [Fact]
    public async Task CallAsync_Delays_NeverGrowAboveTheirLimit()
    {
        await using TestEndpoint endpoint = new((_, _) => LoopbackAnswer.Text("", 500));
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { RetriesMax = 5, DelayMax = Base * 3 });
        (await client.FailureAsync()).Kind.ShouldBe(RpcErrorKind.Transient);
        endpoint.Clock.Delays.ShouldBe([Base, Base * 2, Base * 3, Base * 3, Base * 3]);
    }

    [Theory]
    [InlineData(400, RpcErrorKind.Fatal, "HTTP 400")]
    [InlineData(404, RpcErrorKind.Fatal, "expected the URL of a JSON-RPC endpoint, path and all")]
    [InlineData(302, RpcErrorKind.Fatal, "it redirects")]
    [InlineData(401, RpcErrorKind.Unauthorized, "expected a key or password")]
    [InlineData(403, RpcErrorKind.Unauthorized, "expected a key or password")]
    [InlineData(413, RpcErrorKind.RangeTooWide, "HTTP 413")]
    public async Task CallAsync_StatusThatStays_IsNotAskedAgain(int status, RpcErrorKind kind, string words)
    {
        await using TestEndpoint endpoint = new((_, _) => LoopbackAnswer.Text("", status));
        using JsonRpcClient client = endpoint.Client();
        RpcException error = await client.FailureAsync();
        error.Kind.ShouldBe(kind);
        error.Message.ShouldContain(words);
        client.RequestCount.ShouldBe(1);
        endpoint.Clock.Delays.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("7", 7)]
    [InlineData("0", 0.5)]
    [InlineData("100000", 120)]
    [InlineData("soon", 0.5)]
    public async Task CallAsync_RetryAfterInSeconds_IsWaitedForUpToTheLimit(string header, double seconds) =>
        (await DelayAfterAsync(_ => header)).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Theory]
    [InlineData(9, 9)]
    [InlineData(86400, 120)]
    [InlineData(-60, 0.5)]
    public async Task CallAsync_RetryAfterAsADate_IsWaitedForUpToTheLimit(int ahead, double seconds) =>
        (await DelayAfterAsync(clock => clock.GetUtcNow().AddSeconds(ahead).ToString("R", CultureInfo.InvariantCulture))).ShouldBe(TimeSpan.FromSeconds(seconds));

    [Fact]
    public async Task CallAsync_ConnectionCutInTheMiddleOfTheBody_IsAskedAgain()
    {
        await using TestEndpoint endpoint = new((request, number) =>
            LoopbackAnswer.Text(AskedCall.Read(request).Single().Result($"\"{new string('x', 100_000)}\"")) with { CutInTheMiddle = number <= 2 });
        using JsonRpcClient client = endpoint.Client();
        (await client.TextAsync()).Length.ShouldBe(100_002);
        client.RequestCount.ShouldBe(3);
    }

    [Fact]
    public async Task CallAsync_ConnectionAlwaysCut_SaysSo()
    {
        await using TestEndpoint endpoint = new((request, _) => LoopbackAnswer.Text(AskedCall.Read(request).Single().Result("\"xxxxxxxx\"")) with { CutInTheMiddle = true });
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { RetriesMax = 1 });
        RpcException error = await client.FailureAsync();
        error.Kind.ShouldBe(RpcErrorKind.Transient);
        error.Message.ShouldContain("cut in the middle");
    }

    [Fact]
    public async Task CallAsync_AnswerThatDrips_EndsAtTheTimeoutAndIsAskedAgain()
    {
        // The first request is answered a byte at a time, over ten minutes; its time-out runs out once the headers are there.
        await using TestEndpoint endpoint = new((request, number) =>
        {
            byte[] body = System.Text.Encoding.UTF8.GetBytes(AskedCall.Read(request).Single().Result("7"));
            return number == 1 ? new LoopbackAnswer(body) { Drip = TimeSpan.FromMinutes(1) } : new LoopbackAnswer(body);
        });
        FakeClock clock = new();
        int answers = 0;
        using HttpClient http = new(new AfterHeaders(() =>
        {
            if (Interlocked.Increment(ref answers) == 1)
            {
                clock.RunOut();
            }
        })) { Timeout = Timeout.InfiniteTimeSpan };
        using JsonRpcClient client = new(http, RpcEndpoint.Parse(endpoint.Uri.ToString()), TestEndpoint.Options, clock, () => 1);
        (await client.TextAsync()).ShouldBe("7");
        client.RequestCount.ShouldBe(2);
        clock.Delays.ShouldBe([Base]);
    }

    [Fact]
    public async Task CallAsync_NeverAnswered_SaysHowLongWasWaited()
    {
        FakeClock clock = new();
        await using TestEndpoint endpoint = new(async (_, _, stop) =>
        {
            clock.RunOut();
            await Task.Delay(Timeout.Infinite, stop);
            return LoopbackAnswer.Text("");
        }) { Clock = clock };
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { RetriesMax = 1 });
        RpcException error = await client.FailureAsync();
        error.Kind.ShouldBe(RpcErrorKind.Transient);
        error.Message.ShouldContain("no whole answer within 61 s");
        client.RequestCount.ShouldBe(2);
    }

    [Fact]
    public async Task CallAsync_ResultThatIsFoundWrong_IsAskedAgainAndThenRefused()
    {
        await using TestEndpoint endpoint = new((call, number) => call.Result($"{number}"));
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { RetriesMax = 2 });
        using RpcAnswer third = await client.CallAsync(Answers.Call, result => result.Span.SequenceEqual("3"u8) ? null : "its number is not 3");
        third.Text().ShouldBe("3");

        RpcException error = await Should.ThrowAsync<RpcException>(() => client.CallAsync(Answers.Call, _ => "its number is wrong"));
        error.Kind.ShouldBe(RpcErrorKind.BadAnswer);
        error.Message.ShouldEndWith("test_call: its number is wrong");
        client.RequestCount.ShouldBe(6);
    }

    private static async Task<TimeSpan> DelayAfterAsync(Func<FakeClock, string> header)
    {
        FakeClock clock = new();
        await using TestEndpoint endpoint = new((request, number) => number == 1
            ? LoopbackAnswer.Text("slow down", 429) with { Headers = new Dictionary<string, string> { ["Retry-After"] = header(clock) } }
            : LoopbackAnswer.Text(AskedCall.Read(request).Single().Result("7"))) { Clock = clock };
        using JsonRpcClient client = endpoint.Client();
        (await client.TextAsync()).ShouldBe("7");
        return clock.Delays.Single();
    }

    private sealed class AfterHeaders(Action then) : DelegatingHandler(RpcHttp.CreateHandler())
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            then();
            return response;
        }
    }
}
