using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tests.Tracing;
using ChainWatch.Tracing;
using ChainWatch.Watching;
using Xunit.Abstractions;

namespace ChainWatch.Tests.Watching;

/// <summary>Lists and wallets that change while a watcher runs.</summary>
public sealed class WatcherChangeTests(ITestOutputHelper output) : IDisposable
{
    private const int HistoriesByDefault = 60;
    private static readonly int Histories = int.TryParse(Environment.GetEnvironmentVariable("CHAINWATCH_WATCH_HISTORIES"), System.Globalization.CultureInfo.InvariantCulture, out int more) ? more : HistoriesByDefault;
    private static readonly Asset Ether = Asset.Native(Chain.Ethereum);
    private readonly string _folder = Directory.CreateTempSubdirectory("chainwatch-change").FullName;
    private int _tx;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Change_ANewEntry_IsToldOfHistoryAsRetroactiveAndOfNewBlocksAsUsual()
    {
        ScriptedChain chain = new(Chain.Ethereum);
        chain.Mine(Pay(2, 4));
        chain.Mine(Pay(4, 9), Pay(9, 2));
        WatchRequest request = Request([1], [9]);
        using Watcher watcher = Watcher.Open(_folder, request, [chain]);
        (await watcher.CatchUpAsync()).ShouldBeEmpty();
        watcher.Change(request with { Trace = request.Trace with { From = [List([1, 2])] } });
        IReadOnlyList<Alert> told = await watcher.CatchUpAsync();
        told.Select(a => (a.Direction, a.Reason, a.Hops, a.IsRetroactive, a.Block.Height)).ShouldBe(
            [(Direction.Received, AlertReason.FirstWithin, 2, true, 1L), (Direction.Sent, AlertReason.PaidListed, 1, true, 1L)]);
        chain.Mine(Pay(2, 9));
        Alert closer = (await watcher.CatchUpAsync()).ShouldHaveSingleItem();
        (closer.Reason, closer.Hops, closer.IsRetroactive).ShouldBe((AlertReason.Closer, 1, false));
    }

    [Fact]
    public async Task Change_AnEntryIsGone_WithdrawsWhatRestedOnItInTheNameOfTheNewVersion()
    {
        ScriptedChain chain = new(Chain.Ethereum);
        chain.Mine(Pay(1, 9), Pay(2, 8));
        WatchRequest request = Request([1, 2], [8, 9]);
        using Watcher watcher = Watcher.Open(_folder, request, [chain]);
        (await watcher.CatchUpAsync()).Count.ShouldBe(2);
        ListManifest manifest = new() { Name = "designated", Kind = ListKind.Designations, Version = "2", AsOf = new DateOnly(2026, 5, 1), Title = "", Sources = [], File = "", Sha256 = new string('a', 64), Count = 1, HowMade = "" };
        watcher.Change(request with { Trace = request.Trace with { From = [new AddressList("designated", manifest.AsOf, [RandomCase.Designated("designated", RandomCase.AddressAt(2))], manifest)] } });
        Alert withdrawn = (await watcher.CatchUpAsync()).ShouldHaveSingleItem();
        (withdrawn.State, withdrawn.Cause, withdrawn.Wallet, withdrawn.ListVersion, withdrawn.ListAsOf).ShouldBe((AlertState.Withdrawn, WithdrawalCause.ListChanged, RandomCase.AddressAt(9), "2", manifest.AsOf));
    }

    [Fact]
    public async Task Change_FewerHops_WithdrawsWhatIsFarther()
    {
        ScriptedChain chain = new(Chain.Ethereum);
        chain.Mine(Pay(1, 3), Pay(3, 9));
        WatchRequest request = Request([1], [9]);
        using Watcher watcher = Watcher.Open(_folder, request, [chain]);
        await watcher.CatchUpAsync();
        watcher.Change(request with { Trace = request.Trace with { MaxHops = 1 } });
        (await watcher.CatchUpAsync()).ShouldHaveSingleItem().Cause.ShouldBe(WithdrawalCause.RulesChanged);
    }

    [Fact]
    public async Task CatchUp_FundsGoOnToAListedAddress_TellsTheWalletsTheyCameFrom()
    {
        ScriptedChain chain = new(Chain.Ethereum);
        chain.Mine(Pay(9, 4), Pay(4, 5));
        using Watcher watcher = Watcher.Open(_folder, Request([1], [9]), [chain]);
        (await watcher.CatchUpAsync()).ShouldBeEmpty();
        chain.Mine(Pay(6, 1), Pay(5, 1));
        Alert alert = (await watcher.CatchUpAsync()).ShouldHaveSingleItem();
        (alert.Direction, alert.Reason, alert.Hops).ShouldBe((Direction.Sent, AlertReason.FirstWithin, 3));
        alert.Path.Select(s => s.From).ShouldBe([RandomCase.AddressAt(9), RandomCase.AddressAt(4), RandomCase.AddressAt(5)]);
        chain.Mine(Pay(5, 1), Pay(4, 1));
        (await watcher.CatchUpAsync()).ShouldHaveSingleItem().Reason.ShouldBe(AlertReason.Closer);
    }

    [Fact]
    public async Task Unwatch_ItsAlertsStandAndNoMoreCome()
    {
        ScriptedChain chain = new(Chain.Ethereum);
        chain.Mine(Pay(1, 9));
        using Watcher watcher = Watcher.Open(_folder, Request([1], [9]), [chain]);
        Alert told = (await watcher.CatchUpAsync()).ShouldHaveSingleItem();
        watcher.Unwatch([RandomCase.AddressAt(9)]);
        watcher.Request.Trace.To.ShouldBeEmpty();
        chain.Mine(Pay(1, 9, 150));
        (await watcher.CatchUpAsync()).ShouldBeEmpty();
        watcher.Log.StateOf(told.Id).ShouldBe(AlertState.Raised);
    }

    [Fact]
    public async Task Watch_OneChainFails_TheOtherGoesOn()
    {
        ScriptedChain ethereum = new(Chain.Ethereum);
        ScriptedChain broken = new(Chain.Bitcoin, "broken");
        ethereum.Mine(Pay(1, 9));
        broken.Mine();
        using Watcher watcher = Watcher.Open(_folder, Request([1], [9]), [broken, ethereum]);
        List<string> problems = [];
        using CancellationTokenSource ending = new();
        async Task WaitAsync(WatchPause pause, CancellationToken token)
        {
            broken.FailsAfter = 1;
            if (pause.Problem is not null)
            {
                problems.Add(pause.Problem.Message);
            }

            await Task.Delay(1, token);
        }

        await foreach (Alert alert in watcher.WatchAsync(WaitAsync, ending.Token))
        {
            alert.Wallet.ShouldBe(RandomCase.AddressAt(9));
            break;
        }

        watcher.Progress.Select(p => (p.Chain, p.Height, p.BlocksRead)).ShouldContain((Chain.Ethereum, 0L, 1L));
        Should.Throw<ChainWatchException>(() => watcher.CatchUpAsync()).Message.ShouldBe("broken: does not answer");
    }

    [Fact]
    public async Task Change_RandomHistoriesWithReorganisationsAndRestarts_WhatStandsIsWhatATraceFinds()
    {
        (int standing, int retroactive, int listChanged) = (0, 0, 0);
        for (int number = 0; number < Histories; number++)
        {
            Random random = new(number);
            ScriptedChain chain = new(Chain.Ethereum);
            chain.Mine();
            int[] Some(int from, int to, int atLeast) => [.. Enumerable.Range(from, to - from).Where(i => i < from + atLeast || random.Next(2) == 0)];
            WatchRequest request = Request(Some(1, 4, 1), Some(4, 10, 2)) with { Confirmations = random.Next(1, 4) };
            string folder = Path.Combine(_folder, $"{number}");
            Watcher watcher = Watcher.Open(folder, request, [chain]);
            int highest = 0;
            for (int step = 0; step < 25; step++)
            {
                switch (random.Next(9))
                {
                    case 0 when chain.Height > 6:
                        Transfer[] gone = [.. chain.Reorganise(random.Next(1, 7)).SelectMany(b => b)];
                        chain.Mine(gone.Where(_ => random.Next(2) == 0));
                        break;
                    case 1:
                        watcher.Dispose();
                        watcher = Watcher.Open(folder, request, [chain]);
                        break;
                    case 2:
                        chain.FailsAfter = random.Next(1, 6);
                        break;
                    case 3:
                        int[] seeds = Some(1, 4, 0);
                        request = request with { Trace = request.Trace with { From = [List(seeds.Length > 0 ? seeds : [random.Next(1, 4)])] } };
                        watcher.Change(request);
                        break;
                    case 4:
                        Address[] wallets = [.. Some(4, 10, 0).Select(RandomCase.AddressAt)];
                        bool isMore = random.Next(2) == 0;
                        (isMore ? watcher.Watch : (Action<IEnumerable<Address>>)watcher.Unwatch)(wallets);
                        request = watcher.Request;
                        break;
                    default:
                        for (int i = random.Next(1, 4); i > 0; i--)
                        {
                            chain.Mine(Enumerable.Range(0, random.Next(6)).Select(_ => Pay(random.Next(5) == 0 ? random.Next(1, 4) : random.Next(2, 8), random.Next(1, 10), random.Next(10, 200))));
                        }

                        break;
                }

                highest = Math.Max(highest, chain.Height);
                if (random.Next(3) > 0)
                {
                    try
                    {
                        await watcher.CatchUpAsync();
                    }
                    catch (ChainWatchException e)
                    {
                        (e.Message.Contains("does not answer", StringComparison.Ordinal) || e.Message.Contains("does not have", StringComparison.Ordinal)).ShouldBeTrue(e.Message);
                    }
                }
            }

            chain.FailsAfter = 0;
            for (int i = 0; i < 3 || chain.Height <= highest; i++)
            {
                chain.Mine();
            }

            await watcher.CatchUpAsync();
            watcher.Dispose();
            Alert[] alerts = [.. Standing(folder, out int withdrawnByList).Where(a => request.Trace.To.Contains(a.Wallet))];
            RequireEvidence(alerts, request, chain, number);
            RequireNearest(alerts, request, chain, number);
            standing += alerts.Length;
            retroactive += alerts.Count(a => a.IsRetroactive);
            listChanged += withdrawnByList;
        }

        output.WriteLine($"{Histories} histories: {standing} alerts stand, {retroactive} of them retroactive; {listChanged} were withdrawn since a list changed");
        (standing > Histories && retroactive > Histories / 2 && listChanged > Histories / 2).ShouldBeTrue();
    }

    // Every path begins on the list as it is now, and every transfer of it is of the chain as it is now.
    private static void RequireEvidence(Alert[] alerts, WatchRequest request, ScriptedChain chain, int number)
    {
        HashSet<TxId?> txs = [.. chain.Transfers.Select(t => t.Tx)];
        foreach (Alert alert in alerts)
        {
            alert.Path.ShouldAllBe(s => txs.Contains(s.Tx), $"history {number}");
            Address listed = alert.Direction == Direction.Received ? alert.Path[0].From : alert.Path[^1].To;
            request.Trace.From[0].Entries.Select(e => e.Address).ShouldContain(listed, $"history {number}");
            alert.Path.Count.ShouldBe(alert.Hops);
        }
    }

    // What stands says of each wallet how near it is, as a trace over the whole chain does.
    private static void RequireNearest(Alert[] alerts, WatchRequest request, ScriptedChain chain, int number)
    {
        TransferGraphBuilder builder = new();
        foreach (Transfer transfer in chain.Transfers)
        {
            builder.Add(transfer);
        }

        string[] expected = request.Trace.To.Count == 0 ? [] :
            [.. Tracer.Trace(builder.Build(), request.Trace with { Direction = Direction.Both }).Exposures.Where(e => !e.IsSeed).Select(e => $"{e.Direction} {e.Address} {e.Hops}").Order(StringComparer.Ordinal)];
        alerts.Where(a => !a.IsNote).GroupBy(a => (a.Direction, a.Wallet)).Select(g => $"{g.Key.Direction} {g.Key.Wallet} {g.Min(a => a.Hops)}").Order(StringComparer.Ordinal)
            .ToArray().ShouldBe(expected, $"history {number}");
    }

    private static List<Alert> Standing(string folder, out int withdrawnByList)
    {
        Dictionary<string, Alert> standing = [];
        withdrawnByList = 0;
        foreach (Alert alert in AlertLog.Read(folder).Select(l => l.Alert))
        {
            (alert.State == AlertState.Raised ? standing.TryAdd(alert.Id, alert) : standing.Remove(alert.Id)).ShouldBeTrue();
            withdrawnByList += alert.Cause == WithdrawalCause.ListChanged ? 1 : 0;
        }

        return [.. standing.Values];
    }

    private static AddressList List(int[] seeds) => new("designated", new DateOnly(2026, 1, 1), [.. seeds.Select(s => RandomCase.Designated("designated", RandomCase.AddressAt(s)))]);

    private static WatchRequest Request(int[] seeds, int[] wallets) => new()
    {
        Trace = new TraceRequest { From = [List(seeds)], To = [.. wallets.Select(RandomCase.AddressAt)], MaxHops = 3 },
        AlertValues = new Dictionary<Asset, Amount> { [Ether] = Amount.From(100) },
        Since = 0,
    };

    // Every transfer is a transaction of its own, whatever block it gets into.
    private Transfer Pay(int from, int to, int value = 20)
    {
        byte[] tx = new byte[32];
        BitConverter.TryWriteBytes(tx, ++_tx);
        return new Transfer(new ChainPosition(Chain.Ethereum, 0, 0), RandomCase.AddressAt(from), RandomCase.AddressAt(to), Ether, Amount.From((ulong)value), TxId.FromBytes(tx));
    }
}
