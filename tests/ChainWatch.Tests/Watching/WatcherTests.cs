using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tests.Tracing;
using ChainWatch.Tracing;
using ChainWatch.Watching;
using Xunit.Abstractions;

namespace ChainWatch.Tests.Watching;

public sealed class WatcherTests(ITestOutputHelper output) : IDisposable
{
    private const int HistoriesByDefault = 60;
    // More are run where the variable asks for them: every block waits for the disk.
    private static readonly int Histories = int.TryParse(Environment.GetEnvironmentVariable("CHAINWATCH_WATCH_HISTORIES"), System.Globalization.CultureInfo.InvariantCulture, out int more) ? more : HistoriesByDefault;
    private static readonly Asset Ether = Asset.Native(Chain.Ethereum);
    private static readonly Address Listed = RandomCase.AddressAt(1);
    private static readonly Address Wallet = RandomCase.AddressAt(9);
    private readonly string _folder = Directory.CreateTempSubdirectory("chainwatch-watch").FullName;
    private int _tx;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task CatchUp_FundsComeNearStepByStep_TellsOnceAndWithThePath()
    {
        ScriptedChain chain = new(Chain.Ethereum);
        chain.Mine();
        using Watcher watcher = Open("state", Request(), chain);
        (await watcher.CatchUpAsync()).ShouldBeEmpty();
        chain.Mine(Pay(1, 2), Pay(2, 3));
        (await watcher.CatchUpAsync()).ShouldBeEmpty();
        chain.Mine(Pay(3, 9, 70));
        Alert first = (await watcher.CatchUpAsync()).ShouldHaveSingleItem();
        (first.Reason, first.Hops, first.State, first.Block.Height, first.Confirmations).ShouldBe((AlertReason.FirstWithin, 3, AlertState.Raised, 2, 1));
        first.Path.Select(s => s.From).ShouldBe([Listed, RandomCase.AddressAt(2), RandomCase.AddressAt(3)]);
        first.Block.Hash.ShouldBe("0x000000000002");
        chain.Mine(Pay(2, 9, 50));
        Alert closer = (await watcher.CatchUpAsync()).ShouldHaveSingleItem();
        (closer.Reason, closer.Hops).ShouldBe((AlertReason.Closer, 2));
        chain.Mine(Pay(3, 9, 99), Pay(3, 9, 100));
        Alert value = (await watcher.CatchUpAsync()).ShouldHaveSingleItem();
        (value.Reason, value.Path[^1].Value).ShouldBe((AlertReason.NewValue, Amount.From(100)));
        (await watcher.CatchUpAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task CatchUp_DustOfADesignatedAddress_IsAnAlertAtAnyAmountAndElsewhereANoteADay()
    {
        ScriptedChain chain = new(Chain.Ethereum);
        chain.Mine(Pay(1, 2));
        using Watcher watcher = Open("state", Request(), chain);
        (await watcher.CatchUpAsync()).ShouldBeEmpty();
        chain.Mine(Pay(2, 9, 1), Pay(2, 9, 2));
        chain.Mine(Pay(2, 9, 3));
        Alert note = (await watcher.CatchUpAsync()).ShouldHaveSingleItem();
        (note.IsNote, note.Hops, note.Path[^1].Value).ShouldBe((true, 2, Amount.From(1)));
        chain.Mine(Pay(1, 9, 4));
        Alert direct = (await watcher.CatchUpAsync()).ShouldHaveSingleItem();
        (direct.IsNote, direct.Reason, direct.Hops).ShouldBe((false, AlertReason.FirstWithin, 1));
        for (int i = 0; i < 150; i++)
        {
            chain.Mine(Pay(2, 9, 1));
        }

        // 153 blocks of ten minutes: one more day begins.
        (await watcher.CatchUpAsync()).ShouldHaveSingleItem().IsNote.ShouldBeTrue();
    }

    [Fact]
    public async Task CatchUp_AWalletPaysAListedAddress_IsToldAtOnce()
    {
        ScriptedChain chain = new(Chain.Ethereum);
        chain.Mine();
        using Watcher watcher = Open("state", Request(), chain);
        await watcher.CatchUpAsync();
        chain.Mine(Pay(9, 1, 1));
        Alert alert = (await watcher.CatchUpAsync()).ShouldHaveSingleItem();
        (alert.Direction, alert.Reason, alert.Hops).ShouldBe((Direction.Sent, AlertReason.PaidListed, 1));
    }

    [Fact]
    public async Task CatchUp_ReorganisationTakesThePathAway_WithdrawsAndTellsWhatTheOtherBranchBrings()
    {
        ScriptedChain chain = new(Chain.Ethereum);
        chain.Mine();
        using Watcher watcher = Open("state", Request(), chain);
        await watcher.CatchUpAsync();
        chain.Mine(Pay(1, 2));
        chain.Mine(Pay(2, 9));
        Alert raised = (await watcher.CatchUpAsync()).ShouldHaveSingleItem();
        Transfer[][] gone = chain.Reorganise(2);
        chain.Mine();
        chain.Mine(Pay(5, 9));
        Alert withdrawn = (await watcher.CatchUpAsync()).ShouldHaveSingleItem();
        (withdrawn.Id, withdrawn.State).ShouldBe((raised.Id, AlertState.Withdrawn));

        // The same transactions, later: the same event, which holds again.
        chain.Mine(gone[0]);
        chain.Mine(gone[1]);
        (await watcher.CatchUpAsync()).ShouldHaveSingleItem().Id.ShouldBe(raised.Id);
    }

    [Fact]
    public async Task CatchUp_ReorganisationThatBringsTheSameTransactions_TellsNothing()
    {
        ScriptedChain chain = new(Chain.Ethereum);
        chain.Mine();
        using Watcher watcher = Open("state", Request(), chain);
        await watcher.CatchUpAsync();
        chain.Mine(Pay(1, 2));
        chain.Mine(Pay(2, 9));
        await watcher.CatchUpAsync();
        Transfer[][] gone = chain.Reorganise(2);
        chain.Mine(gone[0]);
        chain.Mine(gone[1]);
        chain.Mine();
        (await watcher.CatchUpAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task CatchUp_Confirmations_DelayAndASwappedOutBlockIsNeverTold()
    {
        ScriptedChain chain = new(Chain.Ethereum);
        chain.Mine();
        using Watcher watcher = Open("state", Request() with { Confirmations = 3 }, chain);
        await watcher.CatchUpAsync();
        chain.Mine(Pay(1, 9));
        chain.Mine();
        (await watcher.CatchUpAsync()).ShouldBeEmpty();
        chain.Reorganise(2);
        chain.Mine();
        chain.Mine(Pay(1, 9));
        chain.Mine();
        (await watcher.CatchUpAsync()).ShouldBeEmpty();
        chain.Mine();
        Alert told = (await watcher.CatchUpAsync()).ShouldHaveSingleItem();
        (told.Block.Height, told.Confirmations).ShouldBe((2, 3));
    }

    [Fact]
    public async Task CatchUp_ANodeThatLags_TakesNothingBack()
    {
        ScriptedChain chain = new(Chain.Ethereum);
        chain.Mine();
        using Watcher watcher = Open("state", Request(), chain);
        await watcher.CatchUpAsync();
        chain.Mine(Pay(1, 9));
        chain.Mine();
        (await watcher.CatchUpAsync()).Count.ShouldBe(1);
        chain.Lag = 2;
        (await watcher.CatchUpAsync()).ShouldBeEmpty();
        chain.Lag = 0;
        (await watcher.CatchUpAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Watch_LateComers_AreAnsweredFromHistoryAtOnce()
    {
        ScriptedChain chain = new(Chain.Ethereum);
        chain.Mine(Pay(1, 2));
        chain.Mine(Pay(2, 4));
        using Watcher watcher = Open("state", Request() with { Since = 0 }, chain);
        (await watcher.CatchUpAsync()).ShouldBeEmpty();
        watcher.Watch([RandomCase.AddressAt(4), RandomCase.AddressAt(5)]);
        Alert alert = (await watcher.CatchUpAsync()).ShouldHaveSingleItem();
        (alert.IsRetroactive, alert.Hops, alert.Wallet, alert.Block.Hash).ShouldBe((true, 2, RandomCase.AddressAt(4), "0x000000000001"));
        watcher.Watch([RandomCase.AddressAt(4)]);
        (await watcher.CatchUpAsync()).ShouldBeEmpty();
        chain.Mine(Pay(1, 4));
        (await watcher.CatchUpAsync()).ShouldHaveSingleItem().Reason.ShouldBe(AlertReason.Closer);
    }

    [Fact]
    public async Task CatchUp_RandomHistoriesWithReorganisationsRestartsAndFaults_EndLikeAnUndisturbedWatcher()
    {
        (int standing, int withdrawals, int restarts, int faults) = (0, 0, 0, 0);
        for (int number = 0; number < Histories; number++)
        {
            Random random = new(number);
            ScriptedChain chain = new(Chain.Ethereum);
            chain.Mine();
            WatchRequest request = Request(random.Next(3) == 0 ? 6 : null) with { Since = 0, Confirmations = random.Next(1, 4) };
            request = request with { Trace = request.Trace with { To = [.. Enumerable.Range(4, 6).Select(RandomCase.AddressAt)] } };
            string folder = $"disturbed-{number}";
            Watcher watcher = Open(folder, request, chain);
            int highest = 0;
            for (int step = 0; step < 25; step++)
            {
                switch (random.Next(8))
                {
                    case 0 or 4 when chain.Height > 6:
                        Transfer[] gone = [.. chain.Reorganise(random.Next(1, 7)).SelectMany(b => b)];
                        chain.Mine(gone.Where(_ => random.Next(2) == 0));
                        break;
                    case 1:
                        watcher.Dispose();
                        watcher = Open(folder, request, chain);
                        restarts++;
                        break;
                    case 2:
                        chain.FailsAfter = random.Next(1, 6);
                        faults++;
                        break;
                    case 3:
                        chain.Lag = random.Next(3);
                        break;
                    default:
                        for (int i = random.Next(1, 4); i > 0; i--)
                        {
                            chain.Mine(Enumerable.Range(0, random.Next(6)).Select(_ => Pay(random.Next(5) == 0 ? 1 : random.Next(2, 8), random.Next(1, 10), random.Next(4) == 0 ? random.Next(5) : random.Next(10, 200))));
                        }

                        break;
                }

                highest = Math.Max(highest, chain.Height);
                await TryCatchUpAsync(watcher);
            }

            // A branch that wins is longer in the end: a shorter one looks like a node that lags.
            (chain.Lag, chain.FailsAfter) = (0, 0);
            while (chain.Height <= highest)
            {
                chain.Mine();
            }

            await watcher.CatchUpAsync();
            watcher.Dispose();
            using (Watcher undisturbed = Open($"undisturbed-{number}", request, chain))
            {
                await undisturbed.CatchUpAsync();
            }

            Dictionary<string, Alert> expected = Standing($"undisturbed-{number}", out _);
            Dictionary<string, Alert> actual = Standing(folder, out int withdrawn);
            actual.Keys.Where(k => !actual[k].IsNote).ShouldBe(expected.Keys.Where(k => !expected[k].IsNote), ignoreOrder: true, $"history {number}");
            foreach ((string id, Alert alert) in actual.Where(a => !a.Value.IsNote))
            {
                (alert.Hops, alert.Reason).ShouldBe((expected[id].Hops, expected[id].Reason), $"history {number}");
            }

            AlertLog.Verify(Path.Combine(_folder, folder)).ShouldNotBeNull();
            standing += actual.Count;
            withdrawals += withdrawn;
        }

        output.WriteLine($"{Histories} histories, {restarts} restarts, {faults} faults: {standing} alerts stand, {withdrawals} were withdrawn");
        standing.ShouldBeGreaterThan(Histories);
        withdrawals.ShouldBeGreaterThan(Histories / 2);
    }

    private Dictionary<string, Alert> Standing(string folder, out int withdrawn)
    {
        Dictionary<string, Alert> standing = [];
        withdrawn = 0;
        foreach (LoggedAlert logged in AlertLog.Read(Path.Combine(_folder, folder)))
        {
            if (logged.Alert.State == AlertState.Raised)
            {
                standing.TryAdd(logged.Alert.Id, logged.Alert).ShouldBeTrue("an event was told twice");
            }
            else
            {
                standing.Remove(logged.Alert.Id).ShouldBeTrue("what was not told was withdrawn");
                withdrawn++;
            }
        }

        return standing;
    }

    private static async Task TryCatchUpAsync(Watcher watcher)
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

    private Watcher Open(string folder, WatchRequest request, params IChainSource[] sources) => Watcher.Open(Path.Combine(_folder, folder), request, sources);

    private static WatchRequest Request(int? maxDegree = null) => new()
    {
        Trace = new TraceRequest
        {
            From = [new AddressList("designated", new DateOnly(2026, 1, 1), [RandomCase.Designated("designated", Listed)])],
            To = [Wallet],
            MaxHops = 3,
            MinValues = new Dictionary<Asset, Amount> { [Ether] = Amount.From(5) },
            Stops = new StopRule { Lists = [new StopList("stops", [new StopLabel(RandomCase.AddressAt(7), StopCategory.Exchange, "stop", "test")])], MaxDegree = maxDegree },
        },
        AlertValues = new Dictionary<Asset, Amount> { [Ether] = Amount.From(100) },
    };

    // Every transfer is a transaction of its own, whatever block it gets into.
    private Transfer Pay(int from, int to, int value = 20)
    {
        byte[] tx = new byte[32];
        BitConverter.TryWriteBytes(tx, ++_tx);
        return new Transfer(new ChainPosition(Chain.Ethereum, 0, 0), RandomCase.AddressAt(from), RandomCase.AddressAt(to), Ether, Amount.From((ulong)value), TxId.FromBytes(tx));
    }
}
