using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Esplora;

namespace ChainWatch.Bitcoin.Tests.Esplora;

public sealed class EsploraTransferSourceTests
{
    private static readonly EsploraChain Busy = EsploraCase.Busy().Chain;

    [Theory]
    [InlineData(EsploraDialect.Blockstream, TransferSide.Both, true)]
    [InlineData(EsploraDialect.Blockstream, TransferSide.From, true)]
    [InlineData(EsploraDialect.Blockstream, TransferSide.To, false)]
    [InlineData(EsploraDialect.MempoolSpace, TransferSide.Both, false)]
    [InlineData(EsploraDialect.MempoolSpace, TransferSide.From, true)]
    public async Task ByAddress_IsWhatIsInTheBlocks(EsploraDialect dialect, TransferSide side, bool verify)
    {
        await using EsploraCase esplora = new(Busy, dialect, new EsploraOptions { VerifyPreviousOutputs = verify });
        foreach (Address address in new[] { EsploraCase.Alice, EsploraCase.Bob, EsploraCase.Carol, EsploraCase.Miner })
        {
            TransferQuery query = EsploraCase.Asking(address, side);
            (string rows, SourceCoverage coverage) = await esplora.ReadAsync(query);

            rows.ShouldBe(EsploraCase.Expected(Busy, query));
            rows.Split('\n').Length.ShouldBeGreaterThan(2);
            coverage.Gaps.ShouldBeEmpty();
        }
    }

    [Fact]
    public async Task ByAddress_InAWindow_IsOfTheWindowAlone()
    {
        await using EsploraCase esplora = new(Busy);
        TransferQuery query = EsploraCase.Asking(EsploraCase.Alice, window: new BlockWindow(10, 12));
        (string rows, SourceCoverage coverage) = await esplora.ReadAsync(query);

        rows.ShouldBe(EsploraCase.Expected(Busy, query));
        coverage.Gaps.ShouldBeEmpty();
        esplora.Server.CallsOf(EsploraKind.BlockTxIds).ShouldBe(3);
    }

    [Fact]
    public async Task SeveralAddresses_TellATransactionOnce()
    {
        await using EsploraCase esplora = new(Busy);
        TransferQuery query = EsploraCase.Asking(EsploraCase.Alice) with { Addresses = [EsploraCase.Alice, EsploraCase.Bob, EsploraCase.Carol] };

        (await esplora.ReadAsync(query)).Rows.ShouldBe(EsploraCase.Expected(Busy, query));
    }

    [Fact]
    public async Task AnAddressWithoutHistory_IsAnEmptyAnswer()
    {
        await using EsploraCase esplora = new(Busy);
        (string rows, SourceCoverage coverage) = await esplora.ReadAsync(EsploraCase.Asking(ModelChain.Wallet(50)));

        rows.ShouldBe(EsploraCase.Expected(Busy, EsploraCase.Asking(ModelChain.Wallet(50))));
        coverage.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task ByTransactions_IsEachWhole()
    {
        await using EsploraCase esplora = new(Busy);
        TransferQuery query = new() { Transactions = [.. Busy.Blocks.Skip(9).Take(4).SelectMany(b => b.Transactions).Select(t => TxId.Parse(t.TxId))] };
        (string rows, SourceCoverage coverage) = await esplora.ReadAsync(query);

        rows.ShouldBe(EsploraCase.Expected(Busy, query));
        coverage.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task ATransactionThatIsNotKnown_IsAGap()
    {
        await using EsploraCase esplora = new(Busy);
        TxId known = TxId.Parse(Busy.Blocks[9].Transactions[1].TxId);
        TxId unknown = TxId.Parse(new string('a', 64));
        (string rows, SourceCoverage coverage) = await esplora.ReadAsync(new TransferQuery { Transactions = [known, unknown] });

        rows.ShouldBe(EsploraCase.Expected(Busy, new TransferQuery { Transactions = [known] }));
        coverage.Gaps.ShouldHaveSingleItem().Detail.ShouldBe($"transactions that the endpoint does not know, such as {unknown}");
    }

    [Fact]
    public async Task WhatWaitsForABlock_IsLeftOut()
    {
        ModelChain chain = EsploraCase.Busy();
        EsploraTx waiting = chain.Pay([(chain.Blocks[20].Transactions[1], 0)], EsploraOutput.To(EsploraCase.Alice, 5));
        await using EsploraCase esplora = new(chain.Chain.WithMempool([waiting]));
        (string rows, SourceCoverage coverage) = await esplora.ReadAsync(EsploraCase.Asking(EsploraCase.Alice));

        rows.ShouldBe(EsploraCase.Expected(chain.Chain, EsploraCase.Asking(EsploraCase.Alice)));
        coverage.Gaps.ShouldBeEmpty();
        (await esplora.Source.ProbeAsync()).ByAddresses!.Notes.ShouldContain(n => n.StartsWith("only confirmed transactions", StringComparison.Ordinal));
    }

    [Fact]
    public async Task AHistoryLongerThanTheLimit_IsAGap_UnlessTheWindowIsReached()
    {
        await using EsploraCase esplora = new(Busy, options: new EsploraOptions { TransactionsMax = 30 });
        (_, SourceCoverage cut) = await esplora.ReadAsync(EsploraCase.Asking(EsploraCase.Alice));
        TransferQuery late = EsploraCase.Asking(EsploraCase.Alice, window: new BlockWindow(30, 35));
        (string rows, SourceCoverage whole) = await esplora.ReadAsync(late);

        cut.Gaps.ShouldHaveSingleItem().Kind.ShouldBe(GapKind.LimitReached);
        rows.ShouldBe(EsploraCase.Expected(Busy, late));
        whole.Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task Probe_TellsTheChainAndTheWay()
    {
        await using EsploraCase esplora = new(Busy);
        SourceProfile profile = await esplora.Source.ProbeAsync();

        profile.Chain.ShouldBe(Chain.BitcoinRegtest);
        profile.Kind.ShouldBe("esplora");
        profile.Head.ShouldBe(new BlockRef(35, Busy.Tip.Hash, Busy.Tip.PreviousHash!, DateTimeOffset.FromUnixTimeSeconds(Busy.Tip.Time)));
        profile.FinalizedBlock.ShouldBe(29);
        profile.ByBlocks.ShouldBeNull();
        profile.ByAddresses!.AddressesPerQuery.ShouldBe(1);
        profile.CanReadTransactions.ShouldBeTrue();
    }

    [Fact]
    public async Task Blocks_AreFoundByHeight_AndTheHeadIsAskedAnew()
    {
        await using EsploraCase esplora = new(Busy.AsOf(34));
        (await esplora.Source.FindHeadAsync()).Height.ShouldBe(34);
        (await esplora.Source.FindBlockAsync(35)).ShouldBeNull();
        esplora.Server.Chain = Busy;

        (await esplora.Source.FindHeadAsync()).Hash.ShouldBe(Busy.Tip.Hash);
        (await esplora.Source.FindBlockAsync(7))!.Hash.ShouldBe(Busy.Blocks[7].Hash);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/wrong/")]
    public async Task AWrongPath_IsAnErrorThatSaysWhatIsExpected(string path)
    {
        await using EsploraCase esplora = new(Busy, path: path);
        RpcException error = await Should.ThrowAsync<RpcException>(() => esplora.Source.ProbeAsync());

        error.Message.ShouldEndWith("expected the base URL of an Esplora API, such as https://blockstream.info/api or https://mempool.space/api");
        error.Message.ShouldNotContain("\n");
    }

    [Fact]
    public async Task AnUnknownFirstBlock_IsAnError_WhateverTheUserSays()
    {
        EsploraBlock first = new ModelChain().Mine();
        await using EsploraCase esplora = new(new EsploraChain(Chain.Bitcoin, [first with { Height = 0 }]), options: new EsploraOptions { TakenAs = Chain.Bitcoin });

        (await Should.ThrowAsync<ChainWatchException>(() => esplora.Source.ProbeAsync())).Message.ShouldEndWith($"its first block is {first.Hash}; expected that of Bitcoin, or of one of its test networks");
    }

    [Fact]
    public void AChainThatIsNotBitcoins_CannotBeTakenFor() =>
        Should.Throw<ChainWatchException>(() => new EsploraOptions { TakenAs = Chain.Ethereum }).Message.ShouldStartWith("TakenAs ethereum: expected bitcoin");

    [Fact]
    public async Task ATokenInTheUrl_IsInNoMessage()
    {
        const string token = "s3cretT0ken";
        await using EsploraCase esplora = new(Busy, basePath: $"/{token}/api");
        await esplora.Source.ProbeAsync();
        esplora.Server.Inject(EsploraFault.GatewayPageUnder200().On(EsploraKind.AddressChain));
        (_, SourceCoverage coverage) = await esplora.ReadAsync(EsploraCase.Asking(EsploraCase.Alice));
        esplora.Server.Inject(EsploraFault.ServerError());
        RpcException error = await Should.ThrowAsync<RpcException>(() => esplora.Source.FindHeadAsync());

        string.Join('\n', coverage.Gaps.Select(g => g.Detail).Append(coverage.Name).Append(error.ToString())).ShouldNotContain(token);
        coverage.Gaps.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task AQueryByBlocks_IsRefused()
    {
        await using EsploraCase esplora = new(Busy);
        (await Should.ThrowAsync<ChainWatchException>(() => esplora.ReadAsync(TransferQuery.Everything))).Message.ShouldContain("expected a query with addresses or transactions");
    }
}
