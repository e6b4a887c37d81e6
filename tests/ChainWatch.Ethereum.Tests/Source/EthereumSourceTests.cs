using ChainWatch.Ethereum.Tests.Nodes;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Faults;
using ChainWatch.TestNodes.Ronin;

namespace ChainWatch.Ethereum.Tests.Source;

/// <summary>What the source says of the re-enacted theft is what was sent, by blocks, by addresses and by transactions.</summary>
public sealed class EthereumSourceTests(RoninFixture fixture) : IClassFixture<RoninFixture>
{
    private RoninReenactment Play => fixture.Play;

    private BlockWindow All => new(Play.FirstBlock, Play.LastBlock);

    [SkippableFact]
    public async Task Probe_TellsWhatTheNodeIs()
    {
        using NodeSource node = new(Play.Node.Endpoint);
        SourceProfile profile = await node.Source.ProbeAsync();

        profile.Chain.ShouldBe(Chain.Ethereum);
        profile.ClientVersion!.ShouldStartWith("anvil/");
        profile.Head.Height.ShouldBe(Play.LastBlock);
        profile.FirstBlock.ShouldBe(Play.FirstBlock - 1);
        profile.Capabilities.ShouldBe(["eth_getLogs", "eth_getBlockReceipts", "trace_block", "debug_traceBlockByNumber", "trace_filter", "ots_searchTransactionsAfter"]);
        profile.ByBlocks!.Gaps.ShouldBeEmpty();
        profile.ByAddresses!.Gaps.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task ByBlocks_IsWhatWasSent()
    {
        using NodeSource node = new(Play.Node.Endpoint);
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(node.Source, new TransferQuery { Blocks = All });

        kept.ShouldBe(Play.Expected);
        coverage.Gaps.ShouldBeEmpty();
        coverage.Rows.ShouldBe(RoninReenactment.BlockCount);
        coverage.Windows.Single().First.ShouldBe(Play.FirstBlock);
        coverage.Windows.Single().Last.ShouldBe(Play.LastBlock);
        coverage.Notes.ShouldContain(n => n.StartsWith("ERC-721", StringComparison.Ordinal));
        kept.Transfers.ShouldContain(t => t.Value.IsZero && !t.Asset.IsNative, "a token transfer of zero is told");
        kept.Contracts.ShouldContain(Play.Cast.Forwarder);
        kept.Contracts.ShouldContain(Play.Cast.Usdc);
        kept.Contracts.ShouldContain(Play.Vault);
        kept.Contracts.ShouldNotContain(Play.Cast.Wallet(1));
    }

    public static TheoryData<string> Capabilities => new(["eth_getBlockReceipts", "trace_block", "trace_filter", "ots_", "batches"]);

    [SkippableTheory]
    [MemberData(nameof(Capabilities))]
    public async Task WithoutACapability_ByBlocks_IsWhatWasSent(string missing)
    {
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        proxy.Inject(Without(missing));
        using NodeSource node = new(proxy.Endpoint);
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(node.Source, new TransferQuery { Blocks = All });

        kept.ShouldBe(Play.Expected);
        coverage.Gaps.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task WithoutTraces_InternalTransfersAreAGap_AndTheRestIsWhatWasSent()
    {
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        proxy.Inject(Fault.NoTraces());
        using NodeSource node = new(proxy.Endpoint);
        (Kept kept, _) = await Kept.OfAsync(node.Source, new TransferQuery { Blocks = All });
        SourceProfile profile = await node.Source.ProbeAsync();

        kept.ShouldBe(Play.Expected.Where(t => !t.IsInternal));
        profile.ByBlocks!.Kinds.ShouldBe(["coin", "token"]);
        CoverageGap gap = profile.ByBlocks.Gaps.ShouldHaveSingleItem();
        gap.Kind.ShouldBe(GapKind.MissingTransferKind);
        gap.Detail.ShouldContain("coin that contracts moved");
    }

    public static TheoryData<TransferSide, string> Sides => new()
    {
        { TransferSide.From, "" }, { TransferSide.To, "" }, { TransferSide.Both, "" },
        { TransferSide.From, "trace_filter" }, { TransferSide.Both, "trace_block" }, { TransferSide.Both, "batches" },
    };

    [SkippableTheory]
    [MemberData(nameof(Sides))]
    public async Task ByAddresses_IsWhatWasSent(TransferSide side, string missing)
    {
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        if (missing.Length > 0)
        {
            proxy.Inject(Without(missing));
        }

        using NodeSource node = new(proxy.Endpoint, new EthereumSourceOptions { LogRange = 37, TraceRange = 50 });
        foreach (Address[] asked in Everybody().Chunk(15))
        {
            (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(node.Source, new TransferQuery { Blocks = All, Addresses = asked, Side = side });

            kept.ShouldBe(Touching(asked, side));
            coverage.Gaps.ShouldBeEmpty();
        }
    }

    [SkippableFact]
    public async Task ByAddress_OneByOne_IsWhatWasSent()
    {
        using NodeSource node = new(Play.Node.Endpoint);
        foreach (Address address in Everybody())
        {
            (Kept kept, _) = await Kept.OfAsync(node.Source, new TransferQuery { Blocks = new BlockWindow(Play.FirstBlock + 10, Play.FirstBlock + 60), Addresses = [address], Side = TransferSide.Both });

            kept.ShouldBe(Touching([address], TransferSide.Both).Where(t => t.Position.Block >= Play.FirstBlock + 10 && t.Position.Block <= Play.FirstBlock + 60), address.ToString());
        }
    }

    [SkippableFact]
    public async Task ByAddresses_FoundBySearch_LacksWhatASelfdestructPaid_AndSaysSo()
    {
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        proxy.Inject(Without("trace_filter"));
        using NodeSource node = new(proxy.Endpoint);
        Address[] asked = [Play.Cast.Named("beneficiary"), Play.Cast.ForwardTarget];
        (Kept kept, _) = await Kept.OfAsync(node.Source, new TransferQuery { Blocks = All, Addresses = asked, Side = TransferSide.To });

        kept.ShouldBe(Touching(asked, TransferSide.To).Where(t => t.From != Play.Suicidal));
        (await node.Source.ProbeAsync()).ByAddresses!.Gaps.ShouldHaveSingleItem().Detail.ShouldContain("selfdestruct");
    }

    [SkippableFact]
    public async Task ByAddresses_WithoutSearch_CoinIsAGap()
    {
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        proxy.Inject(Fault.Unsupported("trace_filter", "ots_searchTransactionsAfter", "ots_searchTransactionsBefore"));
        using NodeSource node = new(proxy.Endpoint);
        (Kept kept, _) = await Kept.OfAsync(node.Source, new TransferQuery { Blocks = All, Addresses = [Play.Cast.Wallet(7)], Side = TransferSide.Both });
        SourceProfile profile = await node.Source.ProbeAsync();

        kept.ShouldBe(Touching([Play.Cast.Wallet(7)], TransferSide.Both).Where(t => !t.Asset.IsNative));
        profile.ByAddresses!.Kinds.ShouldBe(["token"]);
        profile.ByAddresses.Gaps.Count.ShouldBe(2);
    }

    [SkippableFact]
    public async Task ByTransactions_IsWhatWasSent()
    {
        using NodeSource node = new(Play.Node.Endpoint);
        TxId[] asked = [.. Play.Transactions.Select(t => t.Hash)];
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(node.Source, new TransferQuery { Transactions = asked });

        kept.ShouldBe(Play.Expected);
        coverage.Gaps.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task OtherChainId_IsAnotherChain()
    {
        _ = Play;
        await using RoninReenactment play = await RoninReenactment.StartAsync(31337);
        using NodeSource node = new(play.Node.Endpoint, new EthereumSourceOptions { WrappedCoins = [play.Cast.Weth] });
        (Kept kept, _) = await Kept.OfAsync(node.Source, new TransferQuery { Blocks = new BlockWindow(play.FirstBlock, play.LastBlock) });

        (await node.Source.ProbeAsync()).Chain.ShouldBe(Chain.Evm(31337));
        kept.ShouldBe(play.Expected);
    }

    private static Fault Without(string missing) => missing switch
    {
        "ots_" => Fault.Unsupported("ots_searchTransactionsAfter", "ots_searchTransactionsBefore"),
        "trace_block" => Fault.Unsupported("trace_block", "trace_transaction"),
        "batches" => Fault.NoBatches(),
        _ => Fault.Unsupported(missing),
    };

    private Address[] Everybody() => [.. Play.Expected.SelectMany(t => new[] { t.From, t.To }).Where(a => !a.IsZero && a != Play.Cast.Weth).Distinct().Order()];

    private IEnumerable<Transfer> Touching(Address[] asked, TransferSide side) =>
        Play.Expected.Where(t => (side.HasFlag(TransferSide.From) && asked.Contains(t.From)) || (side.HasFlag(TransferSide.To) && asked.Contains(t.To)));
}
