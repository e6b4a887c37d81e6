using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tracing;
using ChainWatch.Watching;

namespace ChainWatch.Console.Tests.Endpoints.Watching;

/// <summary>One watcher over two real nodes that mine meanwhile: every event is told, once, and what stands at the end is exact.</summary>
public sealed class WatchScenarioTests
{
    private const int Hops = 4;
    private const int DepthMax = 6;
    private const long Much = 100_000_000;
    private const long Minimum = 10_000;
    private static readonly string[] Wallets = ["wallet1", "wallet2", "wallet3", "wallet4", "late", .. Enumerable.Range(1, DepthMax).SelectMany(d => new[] { $"old{d}", $"new{d}" })];
    private static readonly string[] Others = ["listed", "second", "a", "b", "c"];

    [SkippableFact]
    public async Task TwoChains_ExposuresDustReorganisationsListChangesAndFailingNodes_AreToldOnceAndExactly()
    {
        using Files files = new();
        await using EthereumScene ethereum = await EthereumScene.StartAsync();
        await using BitcoinScene bitcoin = await BitcoinScene.StartAsync(files["node"], [.. Wallets, .. Others], "listed", "second");
        IScene[] scenes = [ethereum, bitcoin];
        WatchRequest request = Request(scenes, "listed");
        await using (WatchSession session = new(Watcher.Open(files["state"], request, [.. scenes.Select(s => s.OpenSource())])))
        {
            foreach (IScene scene in scenes)
            {
                await session.UntilAsync(scene.Chain, p => p.Height == p.Head.Height);
                await scene.PayAsync("second", "late", Much);
                await scene.MineAsync();
            }

            await HopByHopAsync(session, scenes);
            await CloserAndDustAsync(session, scenes);
            for (int depth = 1; depth <= DepthMax; depth++)
            {
                await ReorganiseAsync(session, scenes, depth);
            }

            await NodesComeAndGoAsync(session, ethereum, bitcoin);
            await AddToListAsync(session, scenes);
        }

        await RequireExactAsync(files, scenes, Request(scenes, "listed", "second"));
    }

    // The funds go from hand to hand, and each hand pays a wallet.
    private static async Task HopByHopAsync(WatchSession session, IScene[] scenes)
    {
        string[] hands = ["listed", "a", "b", "c"];
        for (int hop = 1; hop <= Hops; hop++)
        {
            int before = session.Told.Length;
            foreach (IScene scene in scenes)
            {
                await scene.PayAsync(hands[hop - 1], $"wallet{hop}", Much);
                if (hop < Hops)
                {
                    await scene.PayAsync(hands[hop - 1], hands[hop], 10 * (Hops - hop) * Much);
                }

                await scene.MineAsync();
            }

            Alert[] told = await session.NextAsync(before, scenes.Length);
            told.Select(a => (a.Reason, a.Hops, a.Path.Count, a.IsNote)).ShouldBe(scenes.Select(_ => (AlertReason.FirstWithin, hop, hop, false)));
            told.Select(a => a.Wallet).ShouldBe(scenes.Select(s => s.AddressOf($"wallet{hop}")), ignoreOrder: true);
        }
    }

    private static async Task CloserAndDustAsync(WatchSession session, IScene[] scenes)
    {
        int before = session.Told.Length;
        foreach (IScene scene in scenes)
        {
            await scene.PayAsync("a", "wallet4", Much);
            await scene.MineAsync();
        }

        (await session.NextAsync(before, scenes.Length)).ShouldAllBe(a => a.Reason == AlertReason.Closer && a.Hops == 2);

        // A flood of dust from one address, in three blocks: a note, however many wallets it comes to.
        before = session.Told.Length;
        foreach (IScene scene in scenes)
        {
            for (int i = 0; i < 60; i++)
            {
                await scene.PayAsync("b", i % 2 == 0 ? "wallet1" : "wallet2", 1_000);
                if (i % 20 == 19)
                {
                    await scene.MineAsync();
                }
            }

            await scene.PayAsync("listed", "wallet2", Much);
            await scene.MineAsync();
        }

        Alert[] told = await session.NextAsync(before, 2 * scenes.Length);
        told.Count(a => a.IsNote && a.Hops == 3).ShouldBe(scenes.Length);
        told.Count(a => a is { Reason: AlertReason.Closer, Hops: 1 }).ShouldBe(scenes.Length);
    }

    // A branch brings a wallet within reach; the one that wins does not, and brings another.
    private static async Task ReorganiseAsync(WatchSession session, IScene[] scenes, int depth)
    {
        int before = session.Told.Length;
        foreach (IScene scene in scenes)
        {
            await scene.PayAsync("listed", $"old{depth}", Much);
            for (int i = 0; i < depth; i++)
            {
                await scene.MineAsync();
            }
        }

        Alert[] raised = await session.NextAsync(before, scenes.Length);
        before = session.Told.Length;
        foreach (IScene scene in scenes)
        {
            await scene.ReorgAsync(depth, "listed", $"new{depth}", Much);
        }

        Alert[] told = await session.NextAsync(before, 2 * scenes.Length);
        told.Where(a => a.State == AlertState.Withdrawn).Select(a => (a.Id, a.Cause)).ShouldBe(raised.Select(a => (a.Id, (WithdrawalCause?)WithdrawalCause.Reorganised)), ignoreOrder: true);
        told.Where(a => a.State == AlertState.Raised).Select(a => a.Wallet).ShouldBe(scenes.Select(s => s.AddressOf($"new{depth}")), ignoreOrder: true);
    }

    private static async Task NodesComeAndGoAsync(WatchSession session, EthereumScene ethereum, BitcoinScene bitcoin)
    {
        foreach ((IScene stopped, IScene other) in new (IScene, IScene)[] { (bitcoin, ethereum), (ethereum, bitcoin) })
        {
            int before = session.Told.Length;
            await stopped.StopAsync();
            await session.UntilFailingAsync(stopped.Chain, isFailing: true);
            await other.PayAsync("listed", "wallet3", Much);
            await other.MineAsync();
            Alert[] told = await session.NextAsync(before, 1);
            (told[0].Wallet, told[0].Block.Height).ShouldBe((other.AddressOf("wallet3"), session.Watcher.Progress.Single(p => p.Chain == other.Chain).Height));
            await stopped.RestartAsync();
            await session.UntilFailingAsync(stopped.Chain, isFailing: false);
        }

        // A node that lags takes nothing back, and what it shows later is told later.
        int now = session.Told.Length;
        ethereum.Lag(3);
        await ethereum.PayAsync("listed", "wallet4", Much);
        await ethereum.MineAsync();
        await session.UntilAsync(Chain.Ethereum, p => p.Head.Height < p.Height);
        ethereum.Lag(0);
        (await session.NextAsync(now, 1)).ShouldHaveSingleItem().Hops.ShouldBe(1);
    }

    private static async Task AddToListAsync(WatchSession session, IScene[] scenes)
    {
        int before = session.Told.Length;
        session.Watcher.Change(Request(scenes, "listed", "second"));
        Alert[] told = await session.NextAsync(before, scenes.Length);
        told.ShouldAllBe(a => a.IsRetroactive && a.Hops == 1 && a.Reason == AlertReason.FirstWithin);
        told.Select(a => a.Wallet).ShouldBe(scenes.Select(s => s.AddressOf("late")), ignoreOrder: true);
    }

    // What stands is what a trace over all blocks finds, read from the nodes anew; and each event alternates.
    private static async Task RequireExactAsync(Files files, IScene[] scenes, WatchRequest request)
    {
        List<Alert> standing = [];
        foreach (Alert alert in AlertLog.Read(files["state"]).Select(l => l.Alert))
        {
            (standing.RemoveAll(a => a.Id == alert.Id) == (alert.State == AlertState.Raised ? 0 : 1)).ShouldBeTrue(WatchSession.Text(alert));
            if (alert.State == AlertState.Raised)
            {
                standing.Add(alert);
            }
        }

        using (Watcher anew = Watcher.Open(files["anew"], request with { Since = 0 }, [.. scenes.Select(s => s.OpenSource())]))
        {
            await anew.CatchUpAsync();
        }

        TraceResult result = Tracer.Trace(TransferGraph.Open(files[Path.Combine("anew", Watcher.GraphName)]), request.Trace with { Direction = Direction.Both });
        standing.Where(a => !a.IsNote).GroupBy(a => (a.Direction, a.Wallet)).Select(g => $"{g.Key.Direction} {g.Key.Wallet} {g.Min(a => a.Hops)}").Order(StringComparer.Ordinal)
            .ShouldBe(result.Exposures.Where(e => !e.IsSeed).Select(e => $"{e.Direction} {e.Address} {e.Hops}").Order(StringComparer.Ordinal));
        AlertLog.Verify(files["state"]).Standing.ShouldBe(standing.Count);
        TransferGraph.Verify(files[Path.Combine("state", Watcher.GraphName)]);
    }

    private static WatchRequest Request(IScene[] scenes, params string[] listed) => new()
    {
        Trace = new TraceRequest
        {
            From = [AddressList.Of("case", scenes.SelectMany(s => listed.Select(s.AddressOf)))],
            To = [.. scenes.SelectMany(s => Wallets.Select(s.AddressOf))],
            MaxHops = Hops,
            MinValues = scenes.ToDictionary(s => s.Coin, _ => Amount.From(Minimum)),
        },
    };
}
