using ChainWatch.Collecting;
using ChainWatch.Ethereum.Tests.Collecting;
using ChainWatch.Ethereum.Tests.Nodes;
using ChainWatch.Ethereum.Tests.Source;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Explorer;
using ChainWatch.TestNodes.Ronin;
using ChainWatch.Tracing;

namespace ChainWatch.Ethereum.Tests.Etherscan;

/// <summary>What an explorer says of the re-enacted theft is what was sent, in both dialects.</summary>
public sealed class EtherscanSourceTests(RoninFixture fixture) : IClassFixture<RoninFixture>
{
    private RoninReenactment Play => fixture.Play;

    private BlockWindow All => new(Play.FirstBlock, Play.LastBlock);

    [SkippableTheory]
    [InlineData(ExplorerDialect.Etherscan, TransferSide.From)]
    [InlineData(ExplorerDialect.Etherscan, TransferSide.To)]
    [InlineData(ExplorerDialect.Etherscan, TransferSide.Both)]
    [InlineData(ExplorerDialect.Blockscout, TransferSide.Both)]
    public async Task ByAddress_IsWhatWasSent(ExplorerDialect dialect, TransferSide side)
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play, new ExplorerOptions { Dialect = dialect });
        using Explorer explorer = new(server, dialect);
        foreach (Address address in Everybody())
        {
            (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(explorer.Source, new TransferQuery { Blocks = All, Addresses = [address], Side = side });

            kept.ShouldBe(Touching(side, address), address.ToString());
            coverage.Gaps.ShouldBeEmpty();
        }
    }

    [SkippableFact]
    public async Task SeveralAddresses_TellWhatTheyPaidEachOtherOnce()
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play);
        using Explorer explorer = new(server);
        Address[] asked = [Play.Cast.Seed, Play.Cast.Wallet(1), Play.Cast.Wallet(7), Play.Cast.Named("twin")];
        (Kept kept, _) = await Kept.OfAsync(explorer.Source, new TransferQuery { Blocks = All, Addresses = asked, Side = TransferSide.Both });

        kept.ShouldBe(Play.Expected.Where(t => asked.Contains(t.From) || asked.Contains(t.To)));
    }

    [SkippableTheory]
    [InlineData(ExplorerDialect.Etherscan)]
    [InlineData(ExplorerDialect.Blockscout)]
    public async Task ByTransactions_IsWhatWasSent(ExplorerDialect dialect)
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play, new ExplorerOptions { Dialect = dialect });
        using Explorer explorer = new(server, dialect);
        TxId[] asked = [.. Play.Transactions.Where(t => t.Data.Length > 2 || !t.Succeeds).Select(t => t.Hash)];
        (Kept kept, _) = await Kept.OfAsync(explorer.Source, new TransferQuery { Transactions = asked });

        kept.ShouldBe(Play.Expected.Where(t => asked.Contains(t.Tx!.Value)));
    }

    [SkippableTheory]
    [InlineData(ExplorerDialect.Etherscan)]
    [InlineData(ExplorerDialect.Blockscout)]
    public async Task CollectedAndTraced_IsWhoWasMadeToBeReached(ExplorerDialect dialect)
    {
        using RoninCase ronin = new(Play);
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play, new ExplorerOptions { Dialect = dialect });
        using Explorer explorer = new(server, dialect);
        TraceResult result = await RoninCase.AnswerAsync(explorer.Source, CollectWay.Addresses, ronin.Ask());
        TraceResult wallet = await RoninCase.AnswerAsync(explorer.Source, CollectWay.Addresses, ronin.Ask(Play.Cast.Watched));

        RoninCase.Hops(result).ShouldBe(RoninCase.Hops(Play.ExpectedHops));
        result.Coverage.Sources.Single().Notes.ShouldContain("transfers are as the explorer tells them, and were not checked against blocks");
        wallet.Findings.Single().Verdict.ShouldBe(Verdict.Incomplete);
        wallet.Findings.Single().Lead!.Stops.Single().Address.ShouldBe(Play.Cast.Mixer);
    }

    [SkippableFact]
    public async Task FullAnswers_AreSplitByBlock()
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play, new ExplorerOptions { RowsMax = 4 });
        using Explorer explorer = new(server, options: new EtherscanOptions { RowsMax = 4 });
        foreach (Address address in new[] { Play.Cast.Seed, Play.Cast.Wallet(1), Play.Cast.Wallet(2), Play.Cast.Wallet(7) })
        {
            (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(explorer.Source, new TransferQuery { Blocks = All, Addresses = [address], Side = TransferSide.Both });

            kept.ShouldBe(Touching(TransferSide.Both, address), address.ToString());
            coverage.Gaps.ShouldBeEmpty();
        }

        server.Calls["txlist"].ShouldBeGreaterThan(6);
    }

    [SkippableFact]
    public async Task BlockWithMoreRowsThanAnAnswer_IsAGap()
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play, new ExplorerOptions { RowsMax = 2 });
        using Explorer explorer = new(server, options: new EtherscanOptions { RowsMax = 2 });
        // In this block the late target has three rows.
        (_, SourceCoverage coverage) = await Kept.OfAsync(explorer.Source, new TransferQuery { Blocks = All, Addresses = [Play.Cast.LateTarget], Side = TransferSide.Both });

        coverage.Gaps.ShouldContain(g => g.Kind == GapKind.LimitReached && g.Detail.Contains("more rows of one address", StringComparison.Ordinal));
    }

    [SkippableTheory]
    [InlineData(ExplorerDialect.Etherscan)]
    [InlineData(ExplorerDialect.Blockscout)]
    public async Task RateLimits_AreWaitedFor(ExplorerDialect dialect)
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play, new ExplorerOptions { Dialect = dialect });
        using Explorer explorer = new(server, dialect);
        await explorer.Source.ProbeAsync();
        server.LimitRate(4);
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(explorer.Source, new TransferQuery { Blocks = All, Addresses = [Play.Cast.Wallet(1)], Side = TransferSide.From });

        kept.ShouldBe(Touching(TransferSide.From, Play.Cast.Wallet(1)));
        coverage.Gaps.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("chainid=1&apikey=WRONGKEY", "expected a valid key")]
    [InlineData("chainid=1", "expected a valid key")]
    [InlineData("chainid=5&apikey=TESTKEY", "chainid")]
    [InlineData("chainid=abc&apikey=TESTKEY", "chainid")]
    public async Task WrongKeyOrChain_IsOneLineThatSaysWhatToDo(string query, string expected)
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play);
        using Explorer explorer = new(new Uri($"{server.Endpoint}?{query}"));

        ChainWatchException error = await Should.ThrowAsync<ChainWatchException>(() => explorer.Source.ProbeAsync());
        error.Message.ShouldContain(expected);
        error.Message.ShouldNotContain("WRONGKEY");
        error.Message.ShouldNotContain('\n');
    }

    [SkippableFact]
    public async Task ANodesUrl_IsToldSo()
    {
        using Explorer explorer = new(Play.Node.Endpoint, retries: 1);

        (await Should.ThrowAsync<ChainWatchException>(() => explorer.Source.ProbeAsync())).Message.ShouldNotContain('\n');
    }

    private Address[] Everybody() => [.. Play.Expected.SelectMany(t => new[] { t.From, t.To }).Where(a => !a.IsZero && a != Play.Cast.Weth).Distinct().Order()];

    private IEnumerable<Transfer> Touching(TransferSide side, Address asked) =>
        Play.Expected.Where(t => (side.HasFlag(TransferSide.From) && asked == t.From) || (side.HasFlag(TransferSide.To) && asked == t.To));

    private sealed class Explorer : IDisposable
    {
        private readonly HttpClient _http = RpcHttp.Create();
        private readonly RestClient _client;

        public Explorer(ExplorerServer server, ExplorerDialect dialect = ExplorerDialect.Etherscan, EtherscanOptions? options = null)
            : this(dialect == ExplorerDialect.Etherscan ? new Uri($"{server.Endpoint}?chainid=1&apikey=TESTKEY") : server.Endpoint, options)
        {
        }

        public Explorer(Uri endpoint, EtherscanOptions? options = null, int retries = 6)
        {
            _client = new RestClient(_http, RpcEndpoint.Parse(endpoint.ToString()), new RpcOptions { DelayBase = TimeSpan.FromMilliseconds(1), DelayMax = TimeSpan.FromMilliseconds(10), RetriesMax = retries });
            Source = new EtherscanTransferSource(_client, options);
        }

        public EtherscanTransferSource Source { get; }

        public void Dispose()
        {
            _client.Dispose();
            _http.Dispose();
        }
    }
}
