using ChainWatch.Collecting;
using ChainWatch.Ethereum;
using ChainWatch.Ethereum.Tests.Collecting;
using ChainWatch.Ethereum.Tests.Nodes;
using ChainWatch.Ethereum.Tests.Source;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Faults;
using ChainWatch.TestNodes.Ronin;
using ChainWatch.Tracing;
using Nethereum.JsonRpc.Client;

namespace ChainWatch.Nethereum.Tests;

/// <summary>Whatever goes wrong between Nethereum's client and the node: the same answer, a gap, or an error of one line.</summary>
public sealed class NethereumFaultTests(RoninFixture fixture) : IClassFixture<RoninFixture>
{
    private RoninReenactment Play => fixture.Play;

    public static TheoryData<string, CollectWay> Faults()
    {
        TheoryData<string, CollectWay> faults = [];
        foreach (string fault in RoninFault.Names)
        {
            faults.Add(fault, CollectWay.Blocks);
            faults.Add(fault, CollectWay.Addresses);
        }

        return faults;
    }

    [SkippableTheory]
    [MemberData(nameof(Faults))]
    public async Task TransientFault_ChangesNothing(string name, CollectWay way)
    {
        using RoninCase ronin = new(Play);
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        EthereumTransferSource source = SourceOver(proxy);
        await source.ProbeAsync();
        Fault fault = proxy.Inject(RoninFault.Of(name, times: 3));
        TraceResult result = await RoninCase.AnswerAsync(source, way, ronin.Ask());

        RoninCase.Hops(result).ShouldBe(RoninCase.Hops(Play.ExpectedHops));
        result.Coverage.Gaps.Where(g => g.Kind != GapKind.StopNotFetched).ShouldBeEmpty();
        if (!(way == CollectWay.Blocks && name is "result limit" or "range limit" or "empty logs") && !(way == CollectWay.Addresses && name is "empty traces"))
        {
            fault.Used.ShouldBeGreaterThan(0, "the fault struck");
        }
    }

    [SkippableTheory]
    [InlineData("result limit", CollectWay.Addresses)]
    [InlineData("range limit", CollectWay.Addresses)]
    [InlineData("partial logs", CollectWay.Blocks)]
    [InlineData("partial logs", CollectWay.Addresses)]
    [InlineData("empty logs", CollectWay.Addresses)]
    [InlineData("empty receipts", CollectWay.Blocks)]
    [InlineData("empty traces", CollectWay.Blocks)]
    public async Task PersistentFault_ChangesNothingOrStandsInTheReport(string name, CollectWay way)
    {
        using RoninCase ronin = new(Play);
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        EthereumTransferSource source = SourceOver(proxy, retries: 2);
        await source.ProbeAsync();
        Fault fault = proxy.Inject(RoninFault.Of(name, times: null));
        TraceResult result = await RoninCase.AnswerAsync(source, way, ronin.Ask());

        fault.Used.ShouldBeGreaterThan(0);
        if (RoninCase.Hops(result) != RoninCase.Hops(Play.ExpectedHops))
        {
            result.Coverage.Gaps.ShouldContain(g => g.Kind == GapKind.UnverifiedAnswer || g.Kind == GapKind.MissingBlocks);
        }
    }

    [SkippableTheory]
    [InlineData("no batches")]
    [InlineData("eth_getBlockReceipts")]
    [InlineData("trace_block")]
    [InlineData("trace_filter")]
    public async Task WithoutACapability_TheAnswerIsTheSame(string missing)
    {
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        Fault fault = proxy.Inject(missing == "no batches" ? Fault.NoBatches() : Fault.Unsupported(missing));
        EthereumTransferSource source = SourceOver(proxy);
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(source, new TransferQuery { Blocks = new BlockWindow(Play.FirstBlock, Play.LastBlock) });
        (Kept byHash, _) = await Kept.OfAsync(source, new TransferQuery { Transactions = [.. Play.Transactions.Select(t => t.Hash)] });

        kept.ShouldBe(Play.Expected);
        byHash.ShouldBe(Play.Expected);
        coverage.Gaps.ShouldBeEmpty();
        fault.Used.ShouldBeGreaterThan(0);
    }

    [SkippableTheory]
    [InlineData("500")]
    [InlineData("invalid JSON")]
    [InlineData("429")]
    [InlineData("cut")]
    public async Task EndpointThatNeverAnswers_IsAnErrorOfOneLine(string name)
    {
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        proxy.Inject(RoninFault.Of(name, times: null));

        ChainWatchException error = await Should.ThrowAsync<ChainWatchException>(() => SourceOver(proxy, retries: 2).ProbeAsync());
        error.Message.ShouldNotContain('\n');
        error.Message.ShouldContain(proxy.Endpoint.Authority);
    }

    private static EthereumTransferSource SourceOver(FaultProxy proxy, int retries = 6) =>
        new RpcClient(proxy.Endpoint).AsTransferSource(RpcEndpoint.Parse(proxy.Endpoint.ToString()), null, NodeSource.Limits(retries));
}
