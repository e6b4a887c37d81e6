using ChainWatch.Lists;
using ChainWatch.Tests.Watching;
using ChainWatch.Watching;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace ChainWatch.Hosting.Tests.Watching;

public sealed class WatchRunnerTests : IDisposable
{
    private static readonly Address _between = WatchStage.Person(1);
    private static readonly Address _wallet = WatchStage.Person(9);
    private static readonly Address _late = WatchStage.Person(8);
    private readonly WatchStage _stage = new();

    public void Dispose() => _stage.Dispose();

    [Fact]
    public async Task Run_FundsComeNear_AreToldAndDelivered_AndNothingTwiceAfterARestart()
    {
        await _stage.WhileRunningAsync(async runner =>
        {
            await _stage.UntilAsync(() => runner.Status.Chains[0].Height == 0);
            runner.Status.IsRunning.ShouldBeTrue();
            _stage.Chain.Mine(_stage.Pay(WatchStage.Listed, _between), _stage.Pay(_between, _wallet));
            await _stage.UntilAsync(() => _stage.Sink.Accepted.Contains(1));
        });
        Alert alert = _stage.Told.ShouldHaveSingleItem();
        (alert.Hops, alert.Wallet, alert.List).ShouldBe((2, _wallet, "ofac-sdn"));

        await _stage.WhileRunningAsync(async runner =>
        {
            runner.Status.IsRunning.ShouldBeTrue();
            _stage.Chain.Mine(_stage.Pay(WatchStage.Listed, _wallet));
            await _stage.UntilAsync(() => _stage.Sink.Accepted.Contains(2));
        });
        _stage.Told.Select(a => a.Hops).ShouldBe([2, 1]);
        _stage.Sink.Accepted.ShouldBe([1, 2]);
        AlertLog.Verify(_stage["state"]).Head.Number.ShouldBe(2);
    }

    [Fact]
    public async Task WalletsFile_ChangedWhileItRuns_IsTakenUp_AndHistoryIsTold()
    {
        await _stage.WhileRunningAsync(async runner =>
        {
            _stage.Chain.Mine(_stage.Pay(WatchStage.Listed, _late));
            await _stage.UntilAsync(() => runner.Status.Chains[0].Height == 1);
            _stage.Write("wallets.txt", _wallet.ToString(), _late.ToString());
            await _stage.UntilAsync(() => _stage.Sink.Accepted.Contains(1));
            runner.Status.Wallets.ShouldBe(2);
        });
        Alert alert = _stage.Told.ShouldHaveSingleItem();
        (alert.Wallet, alert.IsRetroactive).ShouldBe((_late, true));
        _stage.Warnings.ShouldBeEmpty();
    }

    [Fact]
    public async Task WalletsFile_ThatBecomesBad_IsOneWarning_AndTheOldOneStaysInForce()
    {
        await _stage.WhileRunningAsync(async runner =>
        {
            await _stage.UntilAsync(() => runner.Status.Chains[0].Height == 0);
            _stage.Write("wallets.txt", _wallet.ToString(), "0x123");
            await _stage.UntilAsync(() => runner.Status.InputProblems.Count > 0);
            WatchHealth.Judge(runner.Status, runner.Limits).Status.ShouldBe(HealthStatus.Degraded);
            runner.Status.IsComplete.ShouldBeFalse();
            _stage.Chain.Mine(_stage.Pay(WatchStage.Listed, _wallet), _stage.Pay(WatchStage.Listed, _late));
            await _stage.UntilAsync(() => _stage.Sink.Accepted.Contains(1));
            File.Delete(_stage["wallets.txt"]);
            await _stage.UntilAsync(() => runner.Status.InputProblems.Any(p => p.Contains("there is no such file", StringComparison.Ordinal)));
            _stage.Write("wallets.txt", _wallet.ToString(), _late.ToString(), "# both");
            await _stage.UntilAsync(() => _stage.Sink.Accepted.Contains(2));
            runner.Status.IsComplete.ShouldBeTrue();
        });
        _stage.Told.Select(a => a.Wallet).ShouldBe([_wallet, _late]);
        _stage.Warnings.Count().ShouldBe(2);
        _stage.Warnings.First().ShouldStartWith($"4105 ChainWatch:Wallets: {_stage["wallets.txt"]}:2: address: ");
        _stage.Warnings.First().ShouldContain("what was read before stays in force");
    }

    [Fact]
    public async Task ListsFolder_ChangedWhileItRuns_IsTakenUp_AndHistoryIsTold()
    {
        WriteList("2026-01-01.1", WatchStage.Person(70));
        ChainWatchOptions options = _stage.Options();
        (options.ListsFolder, options.From) = (_stage["lists"], ["list:case"]);
        await _stage.WhileRunningAsync(
            async runner =>
            {
                _stage.Chain.Mine(_stage.Pay(_between, _wallet));
                await _stage.UntilAsync(() => runner.Status.Chains[0].Height == 1);
                WriteList("2026-01-01.2", WatchStage.Person(70), _between);
                await _stage.UntilAsync(() => _stage.Sink.Accepted.Contains(1));
                WriteList("2026-01-01.3", WatchStage.Person(70));
                await _stage.UntilAsync(() => _stage.Sink.Accepted.Contains(2));
            },
            options);
        _stage.Told.Select(a => (a.State, a.IsRetroactive, a.ListVersion)).ShouldBe([(AlertState.Raised, true, "2026-01-01.2"), (AlertState.Withdrawn, true, "2026-01-01.3")]);
    }

    [Fact]
    public async Task Node_ThatFails_IsToldOnce_IsAskedLaterAndLater_AndGoesOnWhereItWas()
    {
        await _stage.WhileRunningAsync(async runner =>
        {
            await _stage.UntilAsync(() => runner.Status.Chains[0].Height == 0);
            _stage.Chain.Problem = "scripted: is down";
            await _stage.UntilAsync(() => runner.Status.Chains[0].Problem is not null);
            int begun = _stage.Clock.Delays.Count;
            long asked = _stage.Chain.RequestCount;
            await _stage.UntilAsync(() => _stage.Chain.RequestCount >= asked + 6);
            _stage.Clock.Delays.Skip(begun - 1).Select(d => d.TotalSeconds).Distinct().Take(5).ShouldBe([5, 10, 20, 40, 60]);
            WatchHealth.Judge(runner.Status, runner.Limits).Description!.ShouldContain("ethereum: scripted: is down");
            _stage.Chain.Problem = null;
            _stage.Chain.Mine(_stage.Pay(WatchStage.Listed, _wallet));
            await _stage.UntilAsync(() => _stage.Sink.Accepted.Contains(1));
            await _stage.UntilAsync(() => runner.Status.Chains[0].Problem is null);
            _stage.Chain.Problem = "scripted: is down";
            await _stage.UntilAsync(() => runner.Status.Chains[0].Problem is not null);
        });
        _stage.Warnings.Select(l => l.TrimEnd()).ShouldBe(["4101 scripted: is down", "4101 scripted: is down"]);
        _stage.Log.Lines.ShouldContain(l => l.StartsWith("4102 ethereum: goes on", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Node_ThatIsDownAtTheStart_IsWaitedFor()
    {
        _stage.Chain.Problem = "scripted: is down";
        await _stage.WhileRunningAsync(async runner =>
        {
            await _stage.UntilAsync(() => runner.Status.Chains[0].Problem is not null);
            ChainStatus silent = runner.Status.Chains.ShouldHaveSingleItem();
            (silent.Chain, silent.Height).ShouldBe((null, null));
            await _stage.UntilAsync(() => WatchHealth.Judge(runner.Status, runner.Limits).Status == HealthStatus.Unhealthy);
            _stage.Chain.Problem = null;
            await _stage.UntilAsync(() => runner.Status.Chains[0].Height == 0);
            runner.Status.IsComplete.ShouldBeTrue();
        });
    }

    [Fact]
    public async Task Node_ThatFails_HoldsUpNoOther_AndSilenceShowsAsLag()
    {
        SharedChain bitcoin = new(new ScriptedChain(Chain.Bitcoin)) { Problem = "bitcoin: is down" };
        bitcoin.Mine();
        using WatchRunner runner = WatchRunner.Open(_stage.Options(), new WatchSurroundings { Sources = [bitcoin, _stage.Chain], Sinks = [_stage.Sink], Clock = _stage.Clock, Loggers = _stage.Loggers });
        using CancellationTokenSource stop = new();
        Task running = runner.RunAsync(stop.Token);
        await _stage.UntilAsync(() => runner.Status.Chains.Any(c => c.Problem is not null) && runner.Status.Chains[0].Height == 0);
        _stage.Chain.Mine(_stage.Pay(WatchStage.Listed, _wallet));
        await _stage.UntilAsync(() => _stage.Sink.Accepted.Contains(1));
        runner.Status.Chains.Select(c => (c.Chain, c.Problem)).ShouldBe([(Chain.Ethereum, null), (null, "bitcoin: is down")]);

        bitcoin.Problem = null;
        await _stage.UntilAsync(() => runner.Status.Chains.All(c => c.Chain is not null && c.Problem is null));
        _stage.Clock.Advance(WatchStage.BlockTime(1).AddMinutes(3) - _stage.Clock.GetUtcNow());
        (runner.Status.Chains.Single(c => c.Chain == Chain.Ethereum).Lag >= TimeSpan.FromMinutes(3)).ShouldBeTrue();
        WatchHealth.Judge(runner.Status, runner.Limits).Status.ShouldBe(HealthStatus.Degraded);
        _stage.Clock.Advance(TimeSpan.FromMinutes(8));
        WatchHealth.Judge(runner.Status, runner.Limits).Status.ShouldBe(HealthStatus.Unhealthy);
        await stop.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => running);
    }

    [Fact]
    public async Task Wallets_WatchedByCall_StayWatchedWhenTheFileChanges()
    {
        await _stage.WhileRunningAsync(async runner =>
        {
            _stage.Chain.Mine(_stage.Pay(WatchStage.Listed, _late));
            await _stage.UntilAsync(() => runner.Status.Chains[0].Height == 1);
            runner.Watch([_late]);
            runner.Unwatch([_wallet]);
            await _stage.UntilAsync(() => _stage.Sink.Accepted.Contains(1));
            _stage.Write("wallets.txt", _wallet.ToString(), WatchStage.Person(5).ToString());
            await _stage.UntilAsync(() => runner.Status.Wallets == 2);
            runner.Watcher.Request.Trace.To.ShouldBe([WatchStage.Person(5), _late], ignoreOrder: true);
        });
    }

    [Fact]
    public async Task List_ThatBecomesTooOldWhileItRuns_IsToldOnce_AndMakesAnswersIncomplete()
    {
        DateTimeOffset asOf = new(ListSet.Embedded["ofac-sdn"].AsOf, TimeOnly.MinValue, TimeSpan.Zero);
        await _stage.WhileRunningAsync(async runner =>
        {
            await _stage.UntilAsync(() => runner.Status.Chains[0].Height == 0);
            _stage.Clock.Advance(asOf.AddDays(7).AddHours(23) - _stage.Clock.GetUtcNow());
            await _stage.UntilAsync(() => _stage.Clock.GetUtcNow() > asOf.AddDays(7).AddHours(23).AddMinutes(1));
            (runner.Status.IsComplete, _stage.Warnings.Any()).ShouldBe((true, false));
            await _stage.UntilAsync(() => _stage.Warnings.Any(), TimeSpan.FromMinutes(10));
            runner.Status.IsComplete.ShouldBeFalse();
            await _stage.UntilAsync(() => _stage.Clock.GetUtcNow() > asOf.AddDays(9), TimeSpan.FromMinutes(10));
        });
        _stage.Warnings.ShouldHaveSingleItem().ShouldStartWith($"4103 incomplete: the list ofac-sdn is as of {asOf:yyyy-MM-dd}, more than 7 days ago");
    }

    [Fact]
    public async Task Run_WhatTheCallerThrows_EndsIt()
    {
        using WatchRunner runner = WatchRunner.Open(_stage.Options(), new WatchSurroundings { Sources = [_stage.Chain], Clock = _stage.Clock, Told = _ => throw new IOException("nobody reads") });
        Task running = runner.RunAsync(default);
        _stage.Chain.Mine(_stage.Pay(WatchStage.Listed, _wallet));
        await _stage.UntilAsync(() => running.IsCompleted);
        (await Should.ThrowAsync<IOException>(() => running)).Message.ShouldBe("nobody reads");
        runner.Status.IsRunning.ShouldBeFalse();
        WatchHealth.Judge(runner.Status, runner.Limits).Description!.ShouldStartWith("the watch does not run");
    }

    [Fact]
    public async Task CatchUp_ReadsTellsAndDelivers_AndReturns()
    {
        _stage.Chain.Mine(_stage.Pay(WatchStage.Listed, _wallet));
        ChainWatchOptions options = _stage.Options();
        options.Since = 0;
        using (WatchRunner runner = _stage.Open(options))
        {
            (await runner.CatchUpAsync(default)).ShouldHaveSingleItem().Hops.ShouldBe(1);
            _stage.Chain.Problem = "scripted: is down";
            (await Should.ThrowAsync<ChainWatchException>(() => runner.CatchUpAsync(default))).Message.ShouldBe("scripted: is down");
        }

        _stage.Sink.Accepted.ShouldBe([1]);
        _stage.Told.Count.ShouldBe(1);
    }

    [Fact]
    public async Task CatchUp_ASinkThatRefuses_IsAnError()
    {
        _stage.Chain.Mine(_stage.Pay(WatchStage.Listed, _wallet));
        ChainWatchOptions options = _stage.Options();
        options.Since = 0;
        ListSink gone = new("gone", (_, _) => throw new AlertRefusedException("gone: is gone"));
        using WatchRunner runner = WatchRunner.Open(options, new WatchSurroundings { Sources = [_stage.Chain], Sinks = [gone, _stage.Sink], Clock = _stage.Clock });
        (await Should.ThrowAsync<AlertRefusedException>(() => runner.CatchUpAsync(default))).Message.ShouldBe("gone: is gone");
        runner.Status.Sinks.Select(s => (s.Name, s.Backlog, s.Refusal)).ShouldBe([("gone", 1, "gone: is gone"), ("own", 0, null)]);
        WatchHealth.Judge(runner.Status with { IsRunning = true }, runner.Limits).Status.ShouldBe(HealthStatus.Unhealthy);
    }

    [Fact]
    public void Open_StateThatAnotherHolds_IsRefused()
    {
        using WatchRunner first = _stage.Open();
        Should.Throw<ChainWatchException>(() => _stage.Open()).Message.ShouldContain("alerts.jsonl");
    }

    private void WriteList(string version, params Address[] addresses) => ListFolder.Write(
        _stage["lists/case"],
        new ListDescription { Name = "case", Title = "A case", Version = version, AsOf = new DateOnly(2026, 1, 1), Sources = ["a test"], HowMade = "by hand" },
        [.. addresses.Select(a => (ListEntry)new Attribution
        {
            List = "case",
            Address = a,
            Authority = Authority.User,
            Document = new SourceDocument("given by the user", null, "", IssuerText.Yes),
            Role = Role.Theft,
            MaySeed = true,
            StatedOn = new DateOnly(2026, 1, 1),
        })]);
}
