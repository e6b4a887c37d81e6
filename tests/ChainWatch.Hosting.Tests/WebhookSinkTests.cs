using System.Net;
using System.Net.Sockets;
using ChainWatch.Rpc;
using ChainWatch.Rpc.Tests;
using ChainWatch.TestNodes.Http;
using ChainWatch.Watching;

namespace ChainWatch.Hosting.Tests;

public sealed class WebhookSinkTests
{
    [Fact]
    public async Task Send_PostsTheLogsJson_Signed()
    {
        using Outbox outbox = new(1);
        await using Receiver receiver = new(_ => Receiver.Answer(204));
        await receiver.Sink().SendAsync(outbox.Alerts[0], default);

        LoopbackRequest request = receiver.Requests.ShouldHaveSingleItem();
        request.Method.ShouldBe("POST");
        request.Target.ShouldBe(Receiver.Path);
        request.Body.ShouldBe(outbox.Alerts[0].Json.ToArray());
        Alert.FromJson(request.Body).Id.ShouldBe(outbox.Alerts[0].Alert.Id);
        request.Headers["Content-Type"].ShouldBe("application/json");
        request.Headers["Authorization"].ShouldBe($"Basic {Convert.ToBase64String("user:basic-password"u8)}");
        request.Headers["ChainWatch-Line"].ShouldBe(outbox.Log.Head.ToString());
        request.Headers["ChainWatch-Timestamp"].ShouldBe(receiver.Clock.GetUtcNow().ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        IsSigned(request, receiver.Clock.GetUtcNow()).ShouldBeTrue();
    }

    [Theory]
    [InlineData(408)]
    [InlineData(425)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(503)]
    [InlineData(599)]
    public async Task Send_AnswerOfTheMoment_IsSentAgainWithDoublingDelays_AndANewTimeStamp(int status)
    {
        using Outbox outbox = new(1);
        await using Receiver receiver = new(n => Receiver.Answer(n < 12 ? status : 200));
        await receiver.Sink().SendAsync(outbox.Alerts[0], default);

        receiver.Requests.Count.ShouldBe(12);
        receiver.Clock.Delays.Select(d => d.TotalSeconds).ShouldBe([1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300]);
        receiver.Requests.Select(r => r.Headers["ChainWatch-Timestamp"]).Distinct().Count().ShouldBe(12);
        receiver.Requests.ShouldAllBe(r => IsSigned(r, DateTimeOffset.FromUnixTimeSeconds(long.Parse(r.Headers["ChainWatch-Timestamp"], System.Globalization.CultureInfo.InvariantCulture))));
        receiver.Log.Lines.Count.ShouldBe(11);
        receiver.Log.Lines.First().ShouldStartWith("4001 webhook: http://127.0.0.1:");
        receiver.Log.Lines.First().ShouldContain($"HTTP {status}, attempt 1; sending again in 00:00:01");
    }

    [Fact]
    public async Task Send_RetryAfter_IsHonoured_UpToItsLimit()
    {
        using Outbox outbox = new(1);
        FakeClock clock = new();
        await using Receiver receiver = new(n => n switch
        {
            1 => Receiver.Answer(429, ("Retry-After", "17")),
            2 => Receiver.Answer(503, ("Retry-After", (clock.GetUtcNow() + TimeSpan.FromSeconds(40)).ToString("r"))),
            3 => Receiver.Answer(429, ("Retry-After", "86400")),
            4 => Receiver.Answer(429, ("Retry-After", "0")),
            _ => Receiver.Answer(200),
        }) { Clock = clock };
        await receiver.Sink().SendAsync(outbox.Alerts[0], default);

        clock.Delays.Select(d => d.TotalSeconds).ShouldBe([17, 40, 3600, 8]);
    }

    [Theory]
    [InlineData(410, "the receiver is gone for good; expected another URL")]
    [InlineData(400, "expected a receiver that takes the alert")]
    [InlineData(401, "expected a key or password that the receiver takes")]
    [InlineData(404, "expected the URL of a receiver, path and all")]
    [InlineData(307, "it redirects, which is not followed; expected the URL that it leads to")]
    public async Task Send_AnswerForGood_IsOneClearError(int status, string expected)
    {
        using Outbox outbox = new(1);
        await using Receiver receiver = new(_ => Receiver.Answer(status, ("Location", "http://127.0.0.1:1/")));
        AlertRefusedException e = await Should.ThrowAsync<AlertRefusedException>(() => receiver.Sink().SendAsync(outbox.Alerts[0], default));

        e.Message.ShouldMatch($@"^webhook: http://127\.0\.0\.1:\d+: HTTP {status} to line 1 of alerts\.jsonl: {System.Text.RegularExpressions.Regex.Escape(expected)}\. It and what follows stay in the outbox until the next start$");
        receiver.Requests.Count.ShouldBe(1);
        receiver.Clock.Delays.ShouldBeEmpty();
    }

    [Fact]
    public async Task Send_ReceiverThatHangs_IsGivenUpInTime_AndAskedAgain()
    {
        using Outbox outbox = new(1);
        FakeClock clock = new();
        TaskCompletionSource hangs = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await using Receiver receiver = new(async (n, stop) =>
        {
            if (n == 1)
            {
                hangs.SetResult();
                await Task.Delay(Timeout.Infinite, stop);
            }

            return Receiver.Answer(200);
        }) { Clock = clock };
        Task sent = receiver.Sink().SendAsync(outbox.Alerts[0], default);
        await hangs.Task;
        clock.RunOut();
        await sent;

        receiver.Requests.Count.ShouldBe(2);
        receiver.Log.Lines.ShouldHaveSingleItem().ShouldContain("no answer in time, attempt 1");
    }

    [Fact]
    public async Task Send_ReceiverThatIsDown_IsAskedAgainUntilItIsThere()
    {
        using Outbox outbox = new(1);
        using TcpListener port = new(IPAddress.Loopback, 0);
        port.Start();
        int number = ((IPEndPoint)port.LocalEndpoint).Port;
        port.Stop();
        await using Receiver receiver = new(_ => Receiver.Answer(200));
        using CancellationTokenSource stop = new();
        Task sent = receiver.Sink(new Uri($"http://127.0.0.1:{number}/")).SendAsync(outbox.Alerts[0], stop.Token);
        while (receiver.Log.Lines.Count < 3)
        {
            await Task.Yield();
        }

        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => sent);
        receiver.Log.Lines.First().ShouldContain($"http://127.0.0.1:{number}: cannot be reached, attempt 1");
    }

    [Fact]
    public async Task Send_Cancelled_EndsAtOnce_AlsoInADelay()
    {
        using Outbox outbox = new(1);
        FakeClock clock = new() { HoldsDelays = true };
        await using Receiver receiver = new(_ => Receiver.Answer(500)) { Clock = clock };
        using CancellationTokenSource stop = new();
        Task sent = receiver.Sink().SendAsync(outbox.Alerts[0], stop.Token);
        await clock.DelayHeld;
        await stop.CancelAsync();

        await Should.ThrowAsync<OperationCanceledException>(() => sent);
        receiver.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Secrets_StandInNoLogNorError()
    {
        using Outbox outbox = new(1);
        await using Receiver receiver = new(n => n switch
        {
            1 => Receiver.Answer(500),
            2 => Receiver.Answer(500) with { CutInTheMiddle = true },
            3 => Receiver.Answer(200) with { Body = [], Headers = new Dictionary<string, string> { ["no header at all\r\nX y"] = "" } },
            _ => Receiver.Answer(403),
        });
        WebhookSink sink = receiver.Sink();
        Exception error = await Should.ThrowAsync<ChainWatchException>(() => sink.SendAsync(outbox.Alerts[0], default));

        string all = string.Join('\n', receiver.Log.Lines.Append(error.ToString()).Append(sink.ToString()).Append(new WebhookOptions { Secret = Receiver.Secret }.ToString()));
        foreach (string secret in new[] { System.Text.Encoding.UTF8.GetString(Receiver.Secret), "key-in-the-path", "query-token", "basic-password" })
        {
            all.ShouldNotContain(secret);
        }
    }

    [Fact]
    public void Options_OutOfRange_AreErrors()
    {
        Should.Throw<ChainWatchException>(() => new WebhookOptions { Secret = new byte[15] }).Message.ShouldBe("the webhook's secret has 15 bytes: expected at least 16");
        Should.Throw<ChainWatchException>(() => new WebhookOptions { Secret = new byte[16], Name = "" }).Message.ShouldContain("expected one");
        Should.Throw<ChainWatchException>(() => new WebhookOptions { Secret = new byte[16], DelayMax = TimeSpan.FromDays(2) }).Message.ShouldContain("DelayMax");
        using HttpClient impatient = new();
        Should.Throw<ArgumentException>(() => new WebhookSink(impatient, RpcEndpoint.Parse("http://127.0.0.1/"), new WebhookOptions { Secret = new byte[16] })).Message.ShouldContain("Timeout");
    }

    private static bool IsSigned(LoopbackRequest request, DateTimeOffset now) => WebhookSignature.IsValid(
        Receiver.Secret, request.Headers["ChainWatch-Timestamp"], request.Headers["ChainWatch-Signature"], request.Body, now, TimeSpan.FromMinutes(5));
}
