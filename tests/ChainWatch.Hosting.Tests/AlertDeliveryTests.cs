using ChainWatch.Rpc.Tests;

namespace ChainWatch.Hosting.Tests;

public sealed class AlertDeliveryTests
{
    [Fact]
    public async Task Drain_EverySink_GetsEveryAlertOnceAndInOrder_AcrossRestarts()
    {
        using Outbox outbox = new(4);
        ListSink one = new("one");
        ListSink flaky = new("flaky", (attempt, _) => attempt % 3 == 0 ? Task.CompletedTask : throw new InvalidOperationException("with a password"));
        for (int round = 0; round < 3; round++)
        {
            CollectedLog<AlertDelivery> log = new();
            await new AlertDelivery(outbox.Items, [one, flaky], new FakeClock(), log).DrainAsync(default);
            outbox.Items.AcceptedBy("one").ShouldBe(outbox.Log.Head);
            outbox.Items.AcceptedBy("flaky").ShouldBe(outbox.Log.Head);
            log.Lines.ShouldContain(l => l.Contains("InvalidOperationException", StringComparison.Ordinal));
            log.Lines.ShouldNotContain(l => l.Contains("password", StringComparison.Ordinal));
            outbox.Append();
            outbox.Restart();
        }

        long[] expected = [1, 2, 3, 4, 5, 6];
        one.Accepted.ShouldBe(expected);
        flaky.Accepted.ShouldBe(expected);
    }

    [Fact]
    public async Task Run_AlertsThatComeLater_AreDeliveredWhenItIsWoken()
    {
        using Outbox outbox = new(0);
        TaskCompletionSource second = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ListSink sink = new("sink", (attempt, _) =>
        {
            if (attempt == 2)
            {
                second.SetResult();
            }

            return Task.CompletedTask;
        });
        AlertDelivery delivery = new(outbox.Items, [sink], new FakeClock());
        using CancellationTokenSource stop = new();
        Task running = delivery.RunAsync(stop.Token);
        outbox.Append();
        delivery.Wake();
        outbox.Append();
        delivery.Wake();
        await second.Task;
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);

        // The second was handed over; whether that was written down before the end, the outbox tells.
        await new AlertDelivery(outbox.Items, [sink], new FakeClock()).DrainAsync(default);
        sink.Accepted.Distinct().ShouldBe([1, 2]);
        outbox.Items.AcceptedBy("sink").Number.ShouldBe(2);
    }

    [Fact]
    public async Task Webhook_ThatFailsHangsAndRateLimits_GetsEveryAlertInOrder_AndNoneTwiceAfterAcceptance()
    {
        using Outbox outbox = new(5);
        FakeClock clock = new();
        await using Receiver receiver = new(async (n, stop) =>
        {
            if (n == 4)
            {
                _ = Task.Run(clock.RunOut, CancellationToken.None);
                await Task.Delay(Timeout.Infinite, stop);
            }

            return (n % 4) switch
            {
                1 => Receiver.Answer(500),
                2 => Receiver.Answer(429, ("Retry-After", "3")),
                3 => Receiver.Answer(200),
                _ => Receiver.Answer(204),
            };
        }) { Clock = clock };
        await new AlertDelivery(outbox.Items, [receiver.Sink()], clock).DrainAsync(default);
        outbox.Restart();
        await new AlertDelivery(outbox.Items, [receiver.Sink()], clock).DrainAsync(default);

        // 500, 429, accepted; hangs, 500, 429, accepted; accepted; 500, 429, accepted; accepted.
        receiver.Lines.ShouldBe(["1", "1", "1", "2", "2", "2", "2", "3", "4", "4", "4", "5"]);
        outbox.Items.AcceptedBy("webhook").ShouldBe(outbox.Log.Head);
    }

    [Fact]
    public async Task Webhook_ThatIsGone_IsTold_HoldsUpNoOther_AndLosesNothing()
    {
        using Outbox outbox = new(3);
        CollectedLog<AlertDelivery> log = new();
        ListSink other = new("other");
        await using Receiver receiver = new(n => Receiver.Answer(n == 2 ? 410 : 200));
        AlertDelivery delivery = new(outbox.Items, [receiver.Sink(), other], receiver.Clock, log);
        await delivery.DrainAsync(default);

        delivery.Refused["webhook"].ShouldContain("HTTP 410 to line 2 of alerts.jsonl");
        log.Lines.ShouldHaveSingleItem().ShouldStartWith("4002 webhook: http://127.0.0.1:");
        receiver.Lines.ShouldBe(["1", "2"]);
        outbox.Items.AcceptedBy("webhook").Number.ShouldBe(1);

        outbox.Restart();
        await new AlertDelivery(outbox.Items, [receiver.Sink(), other], receiver.Clock, log).DrainAsync(default);
        receiver.Lines.ShouldBe(["1", "2", "2", "3"]);
        other.Accepted.ShouldBe([1, 2, 3]);
    }

    [Fact]
    public async Task Drain_OutboxThatCannotBeWritten_SendsNothingMoreUntilItCan()
    {
        using Outbox outbox = new(2);
        outbox.Items.Next("sink").ShouldNotBeNull();
        Directory.CreateDirectory(outbox.Blocked);
        FakeClock clock = new() { HoldsDelays = true };
        ListSink sink = new("sink");
        using CancellationTokenSource stop = new();
        Task draining = new AlertDelivery(outbox.Items, [sink], clock).DrainAsync(stop.Token);
        await clock.DelayHeld;
        sink.Accepted.ShouldBe([1]);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => draining);

        Directory.Delete(outbox.Blocked);
        await new AlertDelivery(outbox.Items, [sink], new FakeClock()).DrainAsync(default);
        sink.Accepted.ShouldBe([1, 2]);
    }

    [Fact]
    public void Sinks_OfOneName_AreRefused()
    {
        using Outbox outbox = new(0);
        Should.Throw<ChainWatchException>(() => new AlertDelivery(outbox.Items, [new ListSink("a"), new ListSink("a")])).Message.ShouldStartWith("two sinks are named 'a'");
    }
}
