using ChainWatch.Collecting;
using ChainWatch.Ethereum.Tests.Nodes;
using ChainWatch.Ethereum.Tests.Source;
using ChainWatch.Reporting;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Faults;
using ChainWatch.TestNodes.Ronin;
using ChainWatch.Tracing;

namespace ChainWatch.Ethereum.Tests.Collecting;

/// <summary>Collector and tracer say of the re-enacted theft what was made to happen, whichever way it is fetched and whatever goes wrong.</summary>
public sealed class RoninCollectionTests(RoninFixture fixture) : IClassFixture<RoninFixture>
{
    private RoninReenactment Play => fixture.Play;

    [SkippableTheory]
    [InlineData(CollectWay.Blocks)]
    [InlineData(CollectWay.Addresses)]
    public async Task EverybodyReached_IsWhoWasMadeToBe(CollectWay way)
    {
        using RoninCase ronin = new(Play);
        using NodeSource node = new(Play.Node.Endpoint);
        TraceResult result = await RoninCase.AnswerAsync(node.Source, way, ronin.Ask());

        RoninCase.Hops(result).ShouldBe(RoninCase.Hops(Play.ExpectedHops));
        Exposure forward = result.Exposures.Single(e => e.Address == Play.Cast.ForwardTarget);
        forward.Path[^1].IsInternal.ShouldBeTrue();
        forward.Path[^1].IsFromContract.ShouldBeTrue();
        result.Exposures.Single(e => e.Address == Play.Cast.Forwarder).IsContract.ShouldBeTrue();
        result.Exposures.Single(e => e.Address == Play.Cast.Wallet(1)).IsContract.ShouldBeFalse();
        Exposure sale = result.Exposures.Single(e => e.Address == Play.Cast.Named("sale recipient"));
        sale.Path[^1].IsConversion.ShouldBeTrue("the pool paid out before it was paid, in one transaction");
        sale.Path[^2].Asset.IsNative.ShouldBeFalse();
        result.Exposures.Single(e => e.Address == Play.Cast.Exchange).StopReason.ShouldBe("service:exchange");
    }

    [SkippableTheory]
    [InlineData(CollectWay.Blocks)]
    [InlineData(CollectWay.Addresses)]
    public async Task WatchedWallets_HaveTheirVerdicts(CollectWay way)
    {
        using RoninCase ronin = new(Play);
        using NodeSource node = new(Play.Node.Endpoint);
        Address[] wallets = [Play.Cast.Watched, Play.Cast.Wallet(5), Play.Cast.Wallet(6), .. Play.Unreached.Keys.Where(a => a != Play.Cast.Watched && a != Play.Cast.Wallet(6))];
        TraceResult result = await RoninCase.AnswerAsync(node.Source, way, ronin.Ask(wallets));

        Finding lead = result.Findings.Single(f => f.Wallet == Play.Cast.Watched);
        lead.Verdict.ShouldBe(Verdict.Incomplete);
        OpaqueStop mixer = lead.Lead!.Stops.ShouldHaveSingleItem();
        mixer.Address.ShouldBe(Play.Cast.Mixer);
        mixer.Label!.Name.ShouldBe("Tornado.Cash: 100 ETH");
        Amount.ToDecimalString(mixer.WentIn.Single().Units, 18).ShouldBe("100");
        Amount.ToDecimalString(mixer.CameOut.Single().Units, 18).ShouldBe("100");
        result.Findings.Single(f => f.Wallet == Play.Cast.Wallet(5)).Hops.ShouldBe(4);
        foreach (Address unreached in Play.Unreached.Keys.Where(a => a != Play.Cast.Watched))
        {
            result.Findings.Single(f => f.Wallet == unreached).Verdict.ShouldBe(Verdict.NoneFound, Play.Unreached[unreached]);
        }
    }

    [SkippableFact]
    public async Task BothWays_FindTheSame()
    {
        using RoninCase ronin = new(Play);
        using NodeSource node = new(Play.Node.Endpoint);
        TraceRequest request = ronin.Ask();

        Csv(await RoninCase.AnswerAsync(node.Source, CollectWay.Addresses, request)).ShouldBe(Csv(await RoninCase.AnswerAsync(node.Source, CollectWay.Blocks, request)));
    }

    [SkippableFact]
    public async Task ByAddresses_TheCoverageNamesWhoWasAsked()
    {
        using RoninCase ronin = new(Play);
        using NodeSource node = new(Play.Node.Endpoint);
        TraceResult result = await RoninCase.AnswerAsync(node.Source, CollectWay.Addresses, ronin.Ask(Play.Cast.Wallet(5)));

        EndpointRecord endpoint = result.Coverage.Sources.Single().Endpoint!;
        endpoint.ClientVersion!.ShouldStartWith("anvil/");
        endpoint.HeadHeight.ShouldBe(Play.LastBlock);
        endpoint.HeadHash.ShouldStartWith("0x");
        endpoint.AddressesAsked.ShouldBeGreaterThan(3);
        endpoint.AskedAt.ShouldBeGreaterThan(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    }

    public static TheoryData<string, CollectWay> TransientFaults()
    {
        TheoryData<string, CollectWay> faults = [];
        foreach (CollectWay way in new[] { CollectWay.Blocks, CollectWay.Addresses })
        {
            foreach (string fault in RoninFault.Names)
            {
                faults.Add(fault, way);
            }
        }

        return faults;
    }

    [SkippableTheory]
    [MemberData(nameof(TransientFaults))]
    public async Task TransientFault_ChangesNothing(string name, CollectWay way)
    {
        using RoninCase ronin = new(Play);
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        using NodeSource node = new(proxy.Endpoint);
        await node.Source.ProbeAsync();
        Fault fault = proxy.Inject(RoninFault.Of(name, times: 3));
        TraceResult result = await RoninCase.AnswerAsync(node.Source, way, ronin.Ask());

        RoninCase.Hops(result).ShouldBe(RoninCase.Hops(Play.ExpectedHops));
        result.Coverage.Gaps.Where(g => g.Kind != GapKind.StopNotFetched).ShouldBeEmpty();
        if (!(way == CollectWay.Blocks && name is "result limit" or "range limit" or "empty logs") && !(way == CollectWay.Addresses && name is "empty traces"))
        {
            fault.Used.ShouldBeGreaterThan(0, "the fault struck");
        }
    }

    public static TheoryData<string, CollectWay> PersistentFaults => new()
    {
        { "result limit", CollectWay.Addresses }, { "range limit", CollectWay.Addresses },
        { "partial logs", CollectWay.Blocks }, { "partial logs", CollectWay.Addresses }, { "empty logs", CollectWay.Addresses },
        { "empty receipts", CollectWay.Blocks }, { "empty traces", CollectWay.Blocks },
    };

    [SkippableTheory]
    [MemberData(nameof(PersistentFaults))]
    public async Task PersistentFault_ChangesNothingOrStandsInTheReport(string name, CollectWay way)
    {
        using RoninCase ronin = new(Play);
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        using NodeSource node = new(proxy.Endpoint, retries: 2);
        await node.Source.ProbeAsync();
        Fault fault = proxy.Inject(RoninFault.Of(name, times: null));
        TraceResult result = await RoninCase.AnswerAsync(node.Source, way, ronin.Ask());

        fault.Used.ShouldBeGreaterThan(0);
        if (RoninCase.Hops(result) != RoninCase.Hops(Play.ExpectedHops))
        {
            result.Coverage.IsComplete.ShouldBeFalse();
            result.Coverage.Gaps.ShouldContain(g => g.Kind == GapKind.UnverifiedAnswer || g.Kind == GapKind.MissingBlocks);
        }
    }

    [SkippableTheory]
    [InlineData(CollectWay.Blocks)]
    [InlineData(CollectWay.Addresses)]
    public async Task LaggingNode_IsNotTakenForAChainThatEndedEarlier(CollectWay way)
    {
        using RoninCase ronin = new(Play);
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        using NodeSource node = new(proxy.Endpoint, retries: 1);
        await node.Source.ProbeAsync();
        proxy.Inject(Fault.Lagging(30));
        TraceResult result = await RoninCase.AnswerAsync(node.Source, way, ronin.Ask());

        result.Coverage.IsComplete.ShouldBeFalse();
    }

    [SkippableTheory]
    [InlineData("500")]
    [InlineData("invalid JSON")]
    [InlineData("429")]
    public async Task EndpointThatNeverAnswers_IsAnErrorOfOneLine(string name)
    {
        using RoninCase ronin = new(Play);
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        proxy.Inject(RoninFault.Of(name, times: null));
        using NodeSource node = new(proxy.Endpoint, retries: 2);

        ChainWatchException error = await Should.ThrowAsync<ChainWatchException>(() => RoninCase.AnswerAsync(node.Source, CollectWay.Blocks, ronin.Ask()));
        error.Message.ShouldNotContain('\n');
        error.Message.ShouldContain(proxy.Endpoint.Authority);
    }

    private static string Csv(TraceResult result)
    {
        using StringWriter writer = new();
        Report.WriteCsv(result, writer);
        return writer.ToString();
    }
}
