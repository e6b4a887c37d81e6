using ChainWatch.Collecting;
using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Sources;
using ChainWatch.Tests.Tracing;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Collecting;

public class CollectorTests
{
    private static readonly Asset Coin = Asset.Native(Chain.Ethereum);

    [Fact]
    public async Task Blocks_OfTheState_AreNotFetchedAgain()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        FakeChain chain = Line("SABW");
        string first = await AskAsync(chain, folder.Path, CollectWay.Blocks);
        int queries = chain.Queries.Count;

        (await AskAsync(chain, folder.Path, CollectWay.Blocks)).ShouldBe(first);
        chain.Queries.Count.ShouldBe(queries);
        chain.Extend(chain.LastBlock + 2, [Pay('W', 'X', chain.LastBlock + 1)]);
        (await AskAsync(chain, folder.Path, CollectWay.Blocks)).ShouldContain("X:4");
        chain.Queries.Skip(queries).ShouldHaveSingleItem().Blocks.ShouldBe(new BlockWindow(chain.LastBlock - 1, chain.LastBlock));
    }

    [Theory]
    [InlineData(CollectWay.Blocks)]
    [InlineData(CollectWay.Addresses)]
    public async Task EndpointSwitchedOff_AnswersFromTheState(CollectWay way)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        FakeChain chain = Line("SABW");
        string first = await AskAsync(chain, folder.Path, way);
        chain.IsOn = false;
        List<string> notices = [];

        (await AskAsync(chain, folder.Path, way, notices)).ShouldBe(first);
        notices.ShouldHaveSingleItem().ShouldContain("as fetched 2023-03-23 00:00Z");
    }

    [Fact]
    public async Task EndpointSwitchedOff_WithoutWhatIsNeeded_IsAnError()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        FakeChain chain = Line("SABW");
        await new Collector(chain, new CollectOptions { StateFolder = folder.Path }).CollectAsync(Ask(hops: 3) with { Window = new TraceWindow(100, 101) });
        chain.IsOn = false;

        ChainWatchException error = await Should.ThrowAsync<ChainWatchException>(() => AskAsync(chain, folder.Path, CollectWay.Blocks));
        error.Message.ShouldContain("does not hold the blocks");
        (await Should.ThrowAsync<ChainWatchException>(() => AskAsync(chain, null, CollectWay.Blocks))).Message.ShouldContain("cannot be reached");
    }

    [Theory]
    [InlineData(CollectWay.Blocks)]
    [InlineData(CollectWay.Addresses)]
    public async Task CutAtAnyByte_TheStateIsGoneOnWith(CollectWay way)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        FakeChain chain = Line("SABW");
        string whole = await AskAsync(chain, folder.Path, way);
        byte[] state = await File.ReadAllBytesAsync(Path.Combine(folder.Path, "collected.cwl"));
        Random random = new(7);
        int fetchedLess = 0;
        int all = chain.Queries.Count;
        for (int i = 0; i < 60; i++)
        {
            await File.WriteAllBytesAsync(Path.Combine(folder.Path, "collected.cwl"), state[..random.Next(state.Length)]);
            int before = chain.Queries.Count;

            (await AskAsync(chain, folder.Path, way)).ShouldBe(whole);
            fetchedLess += chain.Queries.Count - before < all ? 1 : 0;
        }

        fetchedLess.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task ChangedState_IsAnError()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        FakeChain chain = Line("SABW");
        await AskAsync(chain, folder.Path, CollectWay.Blocks);
        string file = Path.Combine(folder.Path, "collected.cwl");
        byte[] state = await File.ReadAllBytesAsync(file);
        for (int at = 0; at < state.Length; at += 17)
        {
            byte[] changed = [.. state];
            changed[at] ^= 0x20;
            await File.WriteAllBytesAsync(file, changed);
            // A changed length can look like a record that a kill cut off: what follows is then fetched again.
            try
            {
                (await AskAsync(chain, folder.Path, CollectWay.Blocks)).ShouldBe(await AskAsync(chain, null, CollectWay.Blocks));
            }
            catch (ChainWatchException e)
            {
                e.Message.ShouldContain("collected.cwl: the state is damaged at byte");
            }
        }
    }

    [Theory]
    [InlineData(CollectWay.Blocks)]
    [InlineData(CollectWay.Addresses)]
    public async Task ReorganisedWhileItIsRead_IsReadAgain(CollectWay way)
    {
        for (int moment = 0; moment < 3; moment++)
        {
            FakeChain chain = Line("SABW");
            int at = moment;
            chain.BeforeQuery = number =>
            {
                if (number == at)
                {
                    chain.BeforeQuery = null;
                    // B pays X instead of W.
                    chain.Reorganise(3, [Pay('B', 'X', 104)]);
                }
            };
            List<string> notices = [];

            string answer = await AskAsync(chain, null, way, notices);
            answer.ShouldContain("X:3");
            answer.ShouldNotContain("W:");
            notices.ShouldContain(n => n.Contains("reorganised", StringComparison.Ordinal));
        }
    }

    [Theory]
    [InlineData(CollectWay.Blocks)]
    [InlineData(CollectWay.Addresses)]
    public async Task ReorganisedAfterwards_WhatChangedIsReadAgain(CollectWay way)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        FakeChain chain = Line("SABW");
        (await AskAsync(chain, folder.Path, way)).ShouldContain("W:3");
        chain.Reorganise(3, [Pay('B', 'X', 104)]);

        string answer = await AskAsync(chain, folder.Path, way);
        answer.ShouldContain("X:3");
        answer.ShouldNotContain("W:");
    }

    [Fact]
    public async Task ReorganisedAgainAndAgain_IsAGap()
    {
        FakeChain chain = Line("SABW");
        chain.BeforeQuery = _ => chain.Reorganise(7, []);

        (await new Collector(chain).CollectAsync(Ask())).Coverage.Gaps.ShouldContain(g => g.Kind == GapKind.Reorganised);
    }

    [Fact]
    public async Task UnreadableBlock_IsAGap_AndIsTriedAgainNextTime()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        FakeChain chain = Line("SABW");
        chain.Unreadable.Add(102);
        (await AskAsync(chain, folder.Path, CollectWay.Blocks)).ShouldContain("block 102 cannot be read");
        chain.Unreadable.Clear();

        string answer = await AskAsync(chain, folder.Path, CollectWay.Blocks);
        answer.ShouldContain("W:3");
        answer.ShouldNotContain("102 cannot");
    }

    [Fact]
    public async Task ByBlocks_NobodyIsAskedAboutAnAddress()
    {
        FakeChain chain = Line("SABW");
        TransferGraph graph = await new Collector(chain, new CollectOptions { AddressQueries = false }).CollectAsync(Ask());

        chain.AskedAbout.ShouldBeEmpty();
        graph.Coverage.Sources.Single().Endpoint!.AddressesAsked.ShouldBe(0);
        ReadWindow window = graph.Coverage.Sources.Single().Windows.ShouldHaveSingleItem();
        (window.First, window.Last).ShouldBe((100, chain.LastBlock));
    }

    [Fact]
    public async Task NoAddressQueries_OfAnExplorer_IsAnError()
    {
        FakeChain chain = new([], 100, 105) { AnswersByBlocks = false };

        (await Should.ThrowAsync<ChainWatchException>(() => new Collector(chain, new CollectOptions { AddressQueries = false }).CollectAsync(Ask())))
            .Message.ShouldContain("--no-address-queries");
        chain.AskedAbout.ShouldBeEmpty();
    }

    [Fact]
    public async Task Stops_AreReachedAndNotFetched()
    {
        FakeChain chain = Line("SAEBW");
        TraceRequest request = Ask() with { Stops = new StopRule { Lists = [new StopList("test", [new StopLabel(Story.At('E'), StopCategory.Exchange, "an exchange", "test")])] } };
        TransferGraph graph = await new Collector(chain, new CollectOptions { Way = CollectWay.Addresses }).CollectAsync(request);

        chain.AskedAbout.Select(Story.NameOf).Order().ShouldBe(["A", "S"]);
        Story.Rows(Tracer.Trace(graph, request)).ShouldContain("E:2(service:exchange)");
        graph.Coverage.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task OpaqueStop_WithoutWallets_IsAGap()
    {
        FakeChain chain = Line("SAMBW");
        TraceRequest request = Ask() with { Stops = new StopRule { Lists = [new StopList("test", [new StopLabel(Story.At('M'), StopCategory.Mixer, "a mixer", "test")])] } };
        TransferGraph graph = await new Collector(chain, new CollectOptions { Way = CollectWay.Addresses }).CollectAsync(request);

        CoverageGap gap = graph.Coverage.Gaps.ShouldHaveSingleItem();
        gap.Kind.ShouldBe(GapKind.StopNotFetched);
        gap.Detail.ShouldContain("a mixer");
    }

    [Fact]
    public async Task ManyWalletsFewSeeds_FetchesFromTheSmallerSide()
    {
        // S pays 30 addresses; the wallet was paid once, by one of them.
        List<Transfer> transfers = [.. Enumerable.Range(1, 30).Select(i => Pay('S', (char)(i + 'a'), 101)), Pay((char)('a' + 7), 'W', 102)];
        FakeChain chain = new(transfers, 100, 110);
        TraceRequest request = Ask(hops: 2) with { To = [Story.At('W')] };
        TransferGraph graph = await new Collector(chain, new CollectOptions { Way = CollectWay.Addresses }).CollectAsync(request);

        chain.AskedAbout.Select(Story.NameOf).Order(StringComparer.Ordinal).ShouldBe(["S", "W"]);
        Tracer.Trace(graph, request).Findings.Single().Hops.ShouldBe(2);
    }

    [Fact]
    public async Task Budgets_AreGapsWhenReached()
    {
        async Task<CoverageGap> With(CollectBudget budget, CollectWay way) =>
            (await new Collector(Line("SABCDW"), new CollectOptions { Way = way, Budget = budget }).CollectAsync(Ask())).Coverage.Gaps.First(g => g.Kind == GapKind.LimitReached);

        (await With(new CollectBudget { Requests = 1 }, CollectWay.Blocks)).Detail.ShouldContain("1 requests");
        (await With(new CollectBudget { Transfers = 2 }, CollectWay.Blocks)).Detail.ShouldContain("2 transfers");
        CoverageGap addresses = await With(new CollectBudget { Addresses = 2 }, CollectWay.Addresses);
        addresses.Detail.ShouldContain("2 addresses: addresses 2 hops away");
        addresses.Count.ShouldBe(1);
        TransferGraph late = await new Collector(Line("SABCDW"), new CollectOptions { Elapsed = new Ticking().Next, Budget = new CollectBudget { Time = TimeSpan.FromMinutes(3) } }).CollectAsync(Ask());
        late.Coverage.Gaps.ShouldContain(g => g.Detail.Contains("limit of 3 minutes", StringComparison.Ordinal));
        late.Coverage.Gaps.ShouldContain(g => g.Kind == GapKind.MissingBlocks);
    }

    [Fact]
    public async Task Hub_IsNotFetched_AndNamed()
    {
        List<Transfer> transfers = [Pay('S', 'A', 100), Pay('S', 'H', 100), .. Enumerable.Range(0, 40).Select(i => Pay('H', (char)('a' + (i % 20)), 101)), Pay('A', 'B', 102)];
        TransferGraph graph = await new Collector(new FakeChain(transfers, 100, 110), new CollectOptions { Way = CollectWay.Addresses, Budget = new CollectBudget { TransfersPerAddress = 30 } }).CollectAsync(Ask());

        graph.Coverage.Gaps.ShouldHaveSingleItem().Detail.ShouldContain($"{Story.At('H')} has more than 30 transfers");
        Story.Rows(Tracer.Trace(graph, Ask())).ShouldContain("B:2");
    }

    [Fact]
    public async Task Dates_AreFoundByTheBlocksTimes_AndKept()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        FakeChain chain = Line("SABW");
        TraceRequest request = Ask() with { Window = new TraceWindow(FirstTime: FakeChain.Genesis.AddMinutes(102), LastTime: FakeChain.Genesis.AddMinutes(103.5)) };
        TransferGraph graph = await new Collector(chain, new CollectOptions { StateFolder = folder.Path }).CollectAsync(request);

        ReadWindow window = graph.Coverage.Sources.Single().Windows.Single();
        (window.First, window.Last).ShouldBe((102, 103));
        chain.IsOn = false;
        (await new Collector(chain, new CollectOptions { StateFolder = folder.Path }).CollectAsync(request)).Coverage.Sources.Single().Windows.ShouldBe([window]);
    }

    [Fact]
    public async Task WithoutABeginning_WhatTheEndpointDoesNotServeIsAGap()
    {
        (await new Collector(Line("SABW")).CollectAsync(Ask() with { Window = TraceWindow.All })).Coverage.Gaps
            .ShouldHaveSingleItem().Detail.ShouldBe("the endpoint serves ethereum from block 100 on: what was before is missing");
    }

    [Fact]
    public async Task WindowAfterTheHead_IsAnError() =>
        (await Should.ThrowAsync<ChainWatchException>(() => new Collector(Line("SABW")).CollectAsync(Ask() with { Window = new TraceWindow(FirstBlock: 5000) })))
            .Message.ShouldContain("it serves blocks 100 to 106");

    [Fact]
    public async Task StateOfAnotherChain_IsAnError()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        await AskAsync(Line("SABW"), folder.Path, CollectWay.Blocks);
        FakeChain other = new([], 0, 5, Chain.Evm(137));

        (await Should.ThrowAsync<ChainWatchException>(() => AskAsync(other, folder.Path, CollectWay.Blocks))).Message.ShouldContain("expected another folder");
    }

    [Fact]
    public async Task TwoCollectionsInOneFolder_IsAnError()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        FakeChain chain = Line("SABW");
        chain.BeforeQuery = _ =>
        {
            chain.BeforeQuery = null;
            Should.Throw<ChainWatchException>(() => AskAsync(Line("SABW"), folder.Path, CollectWay.Blocks).GetAwaiter().GetResult()).Message.ShouldContain("another process is collecting");
        };

        await AskAsync(chain, folder.Path, CollectWay.Blocks);
        chain.BeforeQuery.ShouldBeNull();
    }

    [Fact]
    public async Task Cancelled_WhatWasFetchedIsKept()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        FakeChain chain = Line("SABW");
        using CancellationTokenSource interrupted = new();
        chain.BeforeQuery = number =>
        {
            if (number == 2)
            {
                interrupted.Cancel();
            }
        };
        CollectOptions options = new() { StateFolder = folder.Path, Way = CollectWay.Blocks };

        await Should.ThrowAsync<OperationCanceledException>(() => new Collector(chain, options).CollectAsync(Ask(), null, interrupted.Token));
        int before = chain.Queries.Count;
        await new Collector(chain, options).CollectAsync(Ask());
        before.ShouldBe(2);
        chain.Queries[before].Blocks!.Value.First.ShouldBeGreaterThan(100);
    }

    [Fact]
    public async Task OtherEvmChain_IsTracedFromTheSameAddresses()
    {
        Chain polygon = Chain.Evm(137);
        Transfer transfer = new(new ChainPosition(polygon, 5, 0), Story.At('S').OnChain(polygon), Story.At('A').OnChain(polygon), Asset.Native(polygon), Amount.From(7), Tx(5), FakeChain.Genesis);
        TraceRequest request = Ask() with { Window = TraceWindow.All };
        TransferGraph graph = await new Collector(new FakeChain([transfer], 0, 9, polygon), new CollectOptions { Way = CollectWay.Addresses }).CollectAsync(request);

        Tracer.Trace(graph, request).Exposures.ShouldContain(e => e.Hops == 1 && e.Address.Chain == polygon);
    }

    internal static TraceRequest Ask(int hops = 5) => new()
    {
        From = [AddressList.Of("case", Story.At('S'))],
        MaxHops = hops,
        Window = new TraceWindow(FirstBlock: 100),
    };

    // Each pays the next, in a block of its own from 102 on; five blocks more.
    internal static FakeChain Line(string names) =>
        new([.. Enumerable.Range(1, names.Length - 1).Select(i => Pay(names[i - 1], names[i], 101 + i))], 100, 101 + names.Length + 1);

    private static Transfer Pay(char from, char to, long block) => new(
        new ChainPosition(Chain.Ethereum, block, 0), Story.At(from), Story.At(to), Coin, Amount.From(50), Tx(block), FakeChain.Genesis.AddMinutes(block));

    private static TxId Tx(long block) => TxId.Parse($"{block:x64}");

    private static async Task<string> AskAsync(FakeChain chain, string? folder, CollectWay way, List<string>? notices = null)
    {
        Listener listener = new(notices ?? []);
        TransferGraph graph = await new Collector(chain, new CollectOptions { StateFolder = folder, Way = way }).CollectAsync(Ask(), listener);
        TraceResult result = Tracer.Trace(graph, Ask());
        return $"{Story.Rows(result)}\n{string.Join('\n', graph.Coverage.Gaps.Select(g => g.Detail))}\n{string.Join('\n', graph.Coverage.Sources.SelectMany(s => s.Notes))}";
    }

    private sealed class Listener(List<string> notices) : IProgress<CollectProgress>
    {
        public void Report(CollectProgress value)
        {
            if (value.Notice is string notice)
            {
                notices.Add(notice);
            }
        }
    }

    private sealed class Ticking
    {
        private int _minutes;

        public TimeSpan Next() => TimeSpan.FromMinutes(_minutes++);
    }
}
