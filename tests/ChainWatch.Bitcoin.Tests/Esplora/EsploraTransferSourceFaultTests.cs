using ChainWatch.Sources;
using ChainWatch.TestNodes.Esplora;

namespace ChainWatch.Bitcoin.Tests.Esplora;

/// <summary>A fault that passes leaves the answer as it is; one that stays is an error or a gap, and never a smaller answer without a word.</summary>
public sealed class EsploraTransferSourceFaultTests
{
    private static readonly EsploraChain Busy = EsploraCase.Busy().Chain;
    private static readonly EsploraOutput OfMallory = EsploraOutput.To(ModelChain.Wallet(66), 4321);

    private static readonly Dictionary<string, Func<int?, EsploraFault>> Faults = new(StringComparer.Ordinal)
    {
        ["429"] = times => EsploraFault.TooManyRequests(times, 0),
        ["500"] = times => EsploraFault.ServerError(500, times),
        ["503"] = times => EsploraFault.ServerError(503, times),
        ["gateway page"] = EsploraFault.GatewayPageUnder200,
        ["empty body"] = EsploraFault.EmptyBody,
        ["cut connection"] = EsploraFault.CutConnection,
        ["truncated"] = EsploraFault.TruncatedJson,
        ["empty list"] = EsploraFault.EmptyList,
        ["dropped"] = EsploraFault.DroppedTransaction,
        ["repeated page"] = EsploraFault.RepeatedPage,
        ["another address"] = times => EsploraFault.AnotherAddress(EsploraCase.Carol, times),
        ["lagging"] = times => EsploraFault.LaggingAt(30, times),
        ["lagging page"] = times => EsploraFault.LaggingAt(30, times).On(EsploraKind.AddressChain),
        ["no previous output"] = times => EsploraFault.WrongPreviousOutput(null, times),
        ["wrong previous output"] = times => EsploraFault.WrongPreviousOutput(OfMallory, times),
    };

    public static TheoryData<string, int> Passing()
    {
        TheoryData<string, int> data = [];
        foreach (string fault in Faults.Keys)
        {
            foreach (int spared in new[] { 0, 1, 2 })
            {
                data.Add(fault, spared);
            }
        }

        return data;
    }

    public static TheoryData<string> Staying() => [.. Faults.Keys];

    [Theory]
    [MemberData(nameof(Passing))]
    public async Task AFaultThatPasses_LeavesTheAnswer(string name, int spared)
    {
        await using EsploraCase esplora = new(Busy);
        await esplora.Source.ProbeAsync();
        EsploraFault fault = esplora.Server.Inject(Faults[name](1).After(spared));
        (string rows, SourceCoverage coverage) = await esplora.ReadAsync(EsploraCase.Asking(EsploraCase.Alice));

        rows.ShouldBe(EsploraCase.Expected(Busy, EsploraCase.Asking(EsploraCase.Alice)));
        coverage.Gaps.ShouldBeEmpty();
        fault.Used.ShouldBe(1);
    }

    [Theory]
    [MemberData(nameof(Staying))]
    public async Task AFaultThatStays_IsAnErrorOrAGap(string name)
    {
        foreach (int spared in new[] { 0, 3 })
        {
            await using EsploraCase esplora = new(Busy);
            await esplora.Source.ProbeAsync();
            EsploraFault fault = esplora.Server.Inject(Faults[name](null).After(spared));
            string whole = EsploraCase.Expected(Busy, EsploraCase.Asking(EsploraCase.Alice));
            try
            {
                (string rows, SourceCoverage coverage) = await esplora.ReadAsync(EsploraCase.Asking(EsploraCase.Alice));
                if (coverage.Gaps.Count == 0)
                {
                    rows.ShouldBe(whole);
                }
                else
                {
                    rows.Split('\n').ShouldBeSubsetOf(whole.Split('\n'));
                }
            }
            catch (ChainWatchException e)
            {
                e.Message.ShouldNotContain("\n");
            }

            fault.Used.ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public async Task APageRepeatedForEver_Ends_AndBothNumbersAreTold()
    {
        await using EsploraCase esplora = new(Busy);
        await esplora.Source.ProbeAsync();
        esplora.Server.Inject(EsploraFault.RepeatedPage());
        int all = Busy.Blocks.SelectMany(b => b.Transactions).Count(t => t.Outputs.Concat(t.Inputs.Select(i => i.Previous).OfType<EsploraOutput>()).Any(o => o.Address == EsploraCase.Alice.ToCanonicalString()));
        (_, SourceCoverage coverage) = await esplora.ReadAsync(EsploraCase.Asking(EsploraCase.Alice));

        CoverageGap gap = coverage.Gaps.ShouldHaveSingleItem();
        gap.Kind.ShouldBe(GapKind.UnverifiedAnswer);
        gap.Detail.ShouldBe($"{EsploraCase.Alice}: the endpoint counts {all} confirmed transactions and lists 25");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task AWrongPreviousOutputOfAPayer_IsFoundOut(bool verify)
    {
        await using EsploraCase esplora = new(Busy, options: new EsploraOptions { VerifyPreviousOutputs = verify });
        await esplora.Source.ProbeAsync();
        // Told everywhere that Bob pays what Alice or the miner pay.
        esplora.Server.Inject(EsploraFault.WrongPreviousOutput(EsploraOutput.To(EsploraCase.Bob, 4321)));
        TransferQuery query = EsploraCase.Asking(EsploraCase.Bob, TransferSide.From);
        (string rows, SourceCoverage coverage) = await esplora.ReadAsync(query);

        rows.ShouldBe(EsploraCase.Expected(Busy, query));
        coverage.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task AnInventedPayment_IsLeftOutAndTold()
    {
        // A lie about the first input of each page, before the address is asked that it names.
        await using EsploraCase esplora = new(Busy, options: new EsploraOptions { VerifyPreviousOutputs = false });
        await esplora.Source.ProbeAsync();
        Address mallory = ModelChain.Wallet(66);
        esplora.Server.Inject(EsploraFault.AnotherAddress(EsploraCase.Carol).On(EsploraKind.AddressChain));
        esplora.Server.Inject(EsploraFault.WrongPreviousOutput(OfMallory).On(EsploraKind.AddressChain));
        (string rows, SourceCoverage coverage) = await esplora.ReadAsync(EsploraCase.Asking(mallory));

        rows.ShouldBe(EsploraCase.Expected(Busy, EsploraCase.Asking(mallory)));
        coverage.Gaps.ShouldContain(g => g.Detail.StartsWith($"{mallory}: transactions in its history that neither pay it nor spend from it were left out", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(404)]
    [InlineData(422)]
    public async Task ARefusedHistory_IsAGapThatNamesTheAddress(int status)
    {
        await using EsploraCase esplora = new(Busy);
        await esplora.Source.ProbeAsync();
        esplora.Server.Inject(EsploraFault.ServerError(status).On(EsploraKind.AddressChain));
        (_, SourceCoverage coverage) = await esplora.ReadAsync(EsploraCase.Asking(EsploraCase.Alice));

        CoverageGap gap = coverage.Gaps.ShouldHaveSingleItem();
        gap.Detail.ShouldStartWith($"{EsploraCase.Alice}: its history was not read to the end: http://127.0.0.1");
        gap.Detail.ShouldContain($"HTTP {status}");
    }

    [Fact]
    public async Task ATipThatStaysBehind_IsAGap()
    {
        await using EsploraCase esplora = new(Busy);
        await esplora.Source.ProbeAsync();
        esplora.Server.Inject(EsploraFault.LaggingAt(30));
        (_, SourceCoverage coverage) = await esplora.ReadAsync(EsploraCase.Asking(EsploraCase.Alice));

        coverage.Gaps.ShouldContain(g => g.Detail == $"{EsploraCase.Alice}: the endpoint's newest block is 30, and blocks to 35 were asked for");
    }

    [Fact]
    public async Task AReorganisationAtAnyRequest_GivesTheOneChainOrTheOther()
    {
        ModelChain before = EsploraCase.Busy();
        ModelChain branch = EsploraCase.Busy(before.Fork(20));
        branch.Mine();
        TransferQuery query = EsploraCase.Asking(EsploraCase.Alice);
        string old = EsploraCase.Expected(before.Chain, query);
        string now = EsploraCase.Expected(branch.Chain, query);
        now.ShouldNotBe(old);
        HashSet<string> seen = [];
        for (int request = 0; request < 60; request++)
        {
            await using EsploraCase esplora = new(before.Chain);
            await esplora.Source.ProbeAsync();
            esplora.Server.Inject(EsploraFault.OtherChain(branch.Chain).After(request));
            (string rows, SourceCoverage coverage) = await esplora.ReadAsync(query);

            coverage.Gaps.ShouldBeEmpty();
            (rows == old || rows == now).ShouldBeTrue($"a mixture, where the chain changed after {request} requests");
            seen.Add(rows);
        }

        seen.ShouldContain(now);
    }

    [Fact]
    public async Task WrongBlocks_AreNotTaken()
    {
        foreach (string kind in new[] { EsploraKind.BlockHeader, EsploraKind.BlockTxIds, EsploraKind.BlockHeight })
        {
            await using EsploraCase esplora = new(Busy);
            await esplora.Source.ProbeAsync();
            esplora.Server.Inject(EsploraFault.DroppedTransaction().On(kind));
            esplora.Server.Inject(EsploraFault.EmptyList().On(kind));
            esplora.Server.Inject(EsploraFault.OtherChain(EsploraCase.Busy(new ModelChain(3)).Chain).On(kind));
            (string rows, SourceCoverage coverage) = await esplora.ReadAsync(EsploraCase.Asking(EsploraCase.Alice));

            rows.ShouldNotContain("1000");
            coverage.Gaps.ShouldNotBeEmpty(kind);
        }
    }
}
