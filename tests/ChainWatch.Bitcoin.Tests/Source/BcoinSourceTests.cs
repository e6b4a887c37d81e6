using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Bitcoin;

namespace ChainWatch.Bitcoin.Tests.Source;

/// <summary>What the source says of a real node's private chain is what was spent there.</summary>
public sealed class BcoinSourceTests(SharedCoins shared) : IClassFixture<SharedCoins>
{
    private static readonly BitcoinSourceOptions AsMainnet = new() { TakenAs = Chain.Bitcoin };

    [SkippableFact]
    public async Task Probe_TellsWhatTheNodeIs()
    {
        SpentCoins chain = shared.Chain;
        using NodeSource node = NodeSource.Of(chain.Node);
        SourceProfile profile = await node.Source.ProbeAsync();

        profile.Chain.ShouldBe(Chain.Bitcoin, "it writes mainnet's addresses");
        profile.Kind.ShouldBe("bitcoin-node");
        profile.ClientVersion!.ShouldContain("bcoin");
        profile.Head.Height.ShouldBe(454);
        profile.Head.ShouldBe(await node.Source.FindHeadAsync());
        profile.FinalizedBlock.ShouldBe(448);
        profile.FirstBlock.ShouldBe(0);
        profile.Capabilities.ShouldBe(["getblock-0", "getrawtransaction"], "verbosity 3 is ignored, and found to be");
        profile.ByBlocks!.Kinds.ShouldBe(["coin"]);
        profile.ByAddresses.ShouldBeNull();
        profile.CanReadTransactions.ShouldBeFalse();
    }

    [SkippableFact]
    public async Task TakenAsBitcoin_MovementsAreWhatWasSpent_WithMainnetAddresses()
    {
        SpentCoins chain = shared.Chain;
        using NodeSource node = NodeSource.Of(chain.Node, AsMainnet);
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(node.Source, SpentCoins.FundsHeight, 454);

        coverage.Gaps.ShouldBeEmpty();
        coverage.Rows.ShouldBe(4);
        coverage.Notes.ShouldBe(["the endpoint serves bitcoin-regtest (genesis 0f91…), taken as bitcoin on the user's word"]);
        ReadWindow window = coverage.Windows.ShouldHaveSingleItem();
        window.ShouldBe(new ReadWindow(Chain.Bitcoin, 451, 454, await chain.Node.BlockHashAsync(450), await chain.Node.BlockHashAsync(454)));
        kept.Movements.Count.ShouldBe(8);
        kept.Movements.ShouldAllBe(m => m.Asset == Asset.Native(Chain.Bitcoin));

        Movement funds = kept.Movements.Single(m => m.Tx == chain.Funds);
        funds.Position.ShouldBe(new ChainPosition(Chain.Bitcoin, 451, 1));
        MovementInput coins = funds.Inputs.ShouldHaveSingleItem();
        (coins.Owner?.Kind, coins.Value, coins.OutPoint).ShouldBe((AddressKind.P2Pkh, Amount.From(50 * SpentCoins.Coin), new OutPoint(chain.Coins, 0)));
        Address?[] keys = [.. Enum.GetValues<KeyKind>().Select(k => OwnerOf(chain.Keys[k]))];
        funds.Outputs.Select(o => o.Owner).ToArray()[..5].ShouldBe(keys[..5]);
        funds.Outputs[5].Owner.ShouldNotBeNull("a bare public key is its hash's address").Kind.ShouldBe(AddressKind.P2Pkh);
        funds.Outputs[6].Owner.ShouldBe(Address.Parse(SpentCoins.Taproot, Chain.Bitcoin));
        funds.Outputs[7].Owner.ShouldBeNull();
        funds.Outputs.Select(o => o.Value).ShouldBe([.. Enumerable.Range(0, 6).Select(i => Amount.From((ulong)(SpentCoins.Coin + i))), Amount.From(7), Amount.Zero]);
        (funds.Outputs[0].Owner!.Value.ToString()[..1], funds.Outputs[1].Owner!.Value.ToString()[..4], funds.Outputs[2].Owner!.Value.ToString()[..1]).ShouldBe(("1", "bc1q", "3"));

        Movement spent = kept.Movements.Single(m => m.Tx == chain.Spent);
        int[] order = [3, 0, 5, 1, 2, 4];
        spent.Inputs.ShouldBe(order.Select(i => new MovementInput(funds.Outputs[i].Owner, funds.Outputs[i].Value, new OutPoint(chain.Funds, i), IsWithoutAddress: i == (int)KeyKind.Multisig)));
        Movement child = kept.Movements.Single(m => m.Tx == chain.Pair.Child);
        child.Position.ShouldBe(new ChainPosition(Chain.Bitcoin, 453, 2));
        child.Inputs.Select(i => (i.Owner, i.Value, i.IsWithoutAddress)).ShouldBe(
        [
            (null, Amount.From(SpentCoins.Coin / 4), true),
            (Address.Parse(chain.Nested, Chain.Bitcoin), Amount.From(3 * SpentCoins.Coin), false),
            (keys[(int)KeyKind.Segwit], Amount.From(SpentCoins.Coin / 2), false),
        ]);
        kept.Movements.Where(m => m.Position.Index == 0).ShouldAllBe(m => m.Inputs.Count == 0);
    }

    [SkippableFact]
    public async Task TakenAsRegtest_AddressesAreThoseOfRegtest()
    {
        SpentCoins chain = shared.Chain;
        using NodeSource regtest = NodeSource.Of(chain.Node, new BitcoinSourceOptions { TakenAs = Chain.BitcoinRegtest });
        using NodeSource found = NodeSource.Of(chain.Node);
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(regtest.Source, SpentCoins.FundsHeight, SpentCoins.FundsHeight);
        (Kept other, SourceCoverage otherCoverage) = await Kept.OfAsync(found.Source, SpentCoins.FundsHeight, SpentCoins.FundsHeight);

        coverage.Notes.ShouldBeEmpty();
        kept.Movements[1].Outputs[1].Owner!.Value.ToString().ShouldStartWith("bcrt1q");
        otherCoverage.Notes.ShouldBe(["the endpoint serves bitcoin-regtest (genesis 0f91…) and writes its addresses as bitcoin does: taken as bitcoin"]);
        other.Movements[1].Outputs[1].Owner!.Value.ToString().ShouldStartWith("bc1q");
    }

    [SkippableFact]
    public async Task EveryBlock_FromTheFirst_InPartsOfAnySize()
    {
        SpentCoins chain = shared.Chain;
        using NodeSource node = NodeSource.Of(chain.Node);
        using NodeSource small = NodeSource.Of(chain.Node, new BitcoinSourceOptions { BlocksPerQuery = 7, BlocksAhead = 1 });
        (Kept all, SourceCoverage coverage) = await Kept.OfAsync(node.Source, 0, 454);
        (Kept parts, _) = await Kept.OfAsync(small.Source, 0, 454);

        coverage.Gaps.ShouldBeEmpty();
        coverage.Windows.ShouldHaveSingleItem().ParentHash.ShouldBe(new string('0', 64));
        all.Movements.Count.ShouldBe(455 + 4);
        parts.Text().ShouldBe(all.Text());
        (await node.Source.FindBlockAsync(0))!.ParentHash.ShouldBe(new string('0', 64));
        (await node.Source.FindBlockAsync(455)).ShouldBeNull();
        BlockRef block = (await node.Source.FindBlockAsync(452))!;
        (block.Hash, block.ParentHash).ShouldBe((await chain.Node.BlockHashAsync(452), await chain.Node.BlockHashAsync(451)));
        block.Time.ShouldBe(all.Movements.First(m => m.Position.Block == 452).Time!.Value);
    }

    [SkippableFact]
    public async Task BeyondTheHead_BlocksAreAGap()
    {
        SpentCoins chain = shared.Chain;
        using NodeSource node = NodeSource.Of(chain.Node);
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(node.Source, 454, 456);

        kept.Movements.ShouldHaveSingleItem();
        coverage.Gaps.Select(g => g.Kind).ShouldBe([GapKind.MissingBlocks, GapKind.MissingBlocks]);
        coverage.Gaps[0].Detail.ShouldContain("block 455");
    }

    [SkippableFact]
    public async Task AfterAReorganisation_TheNewBranchIsRead()
    {
        await using SpentCoins chain = await SpentCoins.StartAsync();
        using NodeSource node = NodeSource.Of(chain.Node);
        (Kept before, _) = await Kept.OfAsync(node.Source, 450, 454);
        before.Movements.ShouldContain(m => m.Tx == chain.Spent);
        TxId other = (await chain.Node.ReorgAsync(3, [new Spend([(chain.Funds, 1)], [(SpentCoins.Taproot, 5)])])).Single();
        (Kept after, SourceCoverage coverage) = await Kept.OfAsync(node.Source, 450, 455);

        after.Movements.ShouldNotContain(m => m.Tx == chain.Spent);
        Movement instead = after.Movements.Single(m => m.Tx == other);
        instead.Inputs.Single().Owner.ShouldNotBeNull().ToString().ShouldStartWith("bc1q");
        coverage.Windows.Single().LastHash.ShouldBe((await node.Source.FindHeadAsync()).Hash);
        coverage.Gaps.ShouldBeEmpty();
    }

    [SkippableFact]
    public async Task AWrongPassword_IsOneLineThatSaysWhatToGive()
    {
        Bcoin bcoin = shared.Node;
        using NodeSource node = new(bcoin.Endpoint, credentials: ("x", "not-the-password"));
        RpcException error = await Should.ThrowAsync<RpcException>(() => node.Source.ProbeAsync());

        error.Kind.ShouldBe(RpcErrorKind.Unauthorized);
        error.Message.ShouldContain("user:password@ in the URL, or the node's .cookie file");
        error.Message.ShouldNotContain("not-the-password");
        error.Message.ShouldNotContain('\n');
    }

    [SkippableFact]
    public async Task ANodeThatStopsInTheMiddle_IsAnError_AndBackAgain_AnswersTheSame()
    {
        string folder = Directory.CreateTempSubdirectory("chainwatch-bcoin-").FullName;
        try
        {
            await using SpentCoins chain = await SpentCoins.StartAsync(new BcoinOptions { Folder = folder });
            using NodeSource node = NodeSource.Of(chain.Node, new BitcoinSourceOptions { BlocksPerQuery = 50 });
            (Kept before, _) = await Kept.OfAsync(node.Source, 0, 454);
            StoppingSink part = new(chain.Node, atBlock: 120);
            await Should.ThrowAsync<RpcException>(async () => await node.Source.ReadAsync(new TransferQuery { Blocks = new BlockWindow(0, 454) }, part));
            part.LastBlock.ShouldBe(149, "the blocks that were at hand when it stopped");
            await chain.Node.RestartAsync();
            (Kept after, SourceCoverage coverage) = await Kept.OfAsync(node.Source, 0, 454);

            after.Text().ShouldBe(before.Text());
            coverage.Gaps.ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [SkippableFact]
    public async Task ByAddresses_IsRefused()
    {
        Bcoin bcoin = shared.Node;
        using NodeSource node = NodeSource.Of(bcoin);
        await Should.ThrowAsync<NotSupportedException>(async () => await node.Source.ReadAsync(new TransferQuery { Addresses = [] }, new Kept()));
    }

    private static Address? OwnerOf(string key)
    {
        if (!key.StartsWith("script:", StringComparison.Ordinal))
        {
            return Address.Parse(key, Chain.Bitcoin);
        }

        return OutputScript.TryGetAddress(Chain.Bitcoin, Convert.FromHexString(key[7..]), out _, out Address address) ? address : null;
    }

    /// <summary>Ends the node when a block comes.</summary>
    private sealed class StoppingSink(Bcoin node, long atBlock) : ITransferSink
    {
        public long LastBlock { get; private set; } = -1;

        public void Add(in Transfer transfer, RowOrigin origin = default) => throw new InvalidOperationException("a Bitcoin node sends movements");

        public void Add(Movement movement, RowOrigin origin = default)
        {
            LastBlock = movement.Position.Block;
            if (LastBlock == atBlock)
            {
                Task.Run(node.StopAsync).GetAwaiter().GetResult();
            }
        }

        public void AddContract(Address contract) => throw new InvalidOperationException("Bitcoin has no contracts");
    }
}
