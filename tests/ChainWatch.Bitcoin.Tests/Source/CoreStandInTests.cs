using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChainWatch.Sources;

namespace ChainWatch.Bitcoin.Tests.Source;

/// <summary>Nodes that can more or less than the real one here, and nodes that lie: an answer is right, or says what is missing.</summary>
public sealed class CoreStandInTests(CopiedCoins coins) : IClassFixture<CopiedCoins>
{
    private const int Funds = SpentCoins.FundsHeight;
    private const int Spends = SpentCoins.SpentHeight;
    private const int Head = 454;

    [SkippableFact]
    public async Task Capabilities_AreWhatTheNodeAnswers()
    {
        (await CapabilitiesAsync(new CoreStandIn(coins.Blocks))).ShouldBe(["getblock-3", "getrawtransaction"]);
        (await CapabilitiesAsync(new CoreStandIn(coins.Blocks) { HasIndex = false })).ShouldBe(["getblock-3"]);
        (await CapabilitiesAsync(new CoreStandIn(coins.Blocks) { VerbosityMax = 2 })).ShouldBe(["getblock-0", "getrawtransaction"]);
        (await CapabilitiesAsync(new CoreStandIn(coins.Blocks) { VerbosityMax = 1, HasIndex = false })).ShouldBe(["getblock-0"]);
        CoreStandIn asTwo = new(coins.Blocks) { Change = (method, p, result) => method == "getblock" && (int)p[1]! == 3 ? Each(result!, vin => vin.Remove("prevout")) : result };
        (await CapabilitiesAsync(asTwo)).ShouldBe(["getblock-0", "getrawtransaction"], "3 answered in the form of 2");
        CoreStandIn asWord = new(coins.Blocks) { Change = (method, p, result) => method == "getblock" && p[1]!.GetValueKind() != JsonValueKind.False ? throw new CoreStandIn.Refusal(-1, "JSON value is not a boolean as expected") : result };
        (await CapabilitiesAsync(asWord)).ShouldBe(["getblock-0", "getrawtransaction"], "before Bitcoin Core 0.15");
    }

    [SkippableFact]
    public async Task EachWay_GivesTheSameTransfers()
    {
        (byte[] whole, Coverage coverage) = await ResolvedAsync(new CoreStandIn(coins.Blocks));
        (byte[] indexed, Coverage indexedCoverage) = await ResolvedAsync(new CoreStandIn(coins.Blocks) { VerbosityMax = 2 });
        (byte[] bare, Coverage bareCoverage) = await ResolvedAsync(new CoreStandIn(coins.Blocks) { VerbosityMax = 1, HasIndex = false });

        whole.Length.ShouldBeGreaterThan(1000);
        indexed.ShouldBe(whole);
        bare.ShouldBe(whole);
        (coverage.IsComplete, indexedCoverage.IsComplete, bareCoverage.IsComplete).ShouldBe((true, true, true));
    }

    [SkippableFact]
    public async Task FromTheMiddle_WhatWasMadeBefore_IsToldOrAsked_OrUnknown()
    {
        (Kept whole, _) = await ReadAsync(new CoreStandIn(coins.Blocks), Spends, Head);
        (Kept indexed, _) = await ReadAsync(new CoreStandIn(coins.Blocks) { VerbosityMax = 1 }, Spends, Head);
        (Kept bare, SourceCoverage coverage) = await ReadAsync(new CoreStandIn(coins.Blocks) { VerbosityMax = 1, HasIndex = false }, Spends, Head);

        indexed.Text().ShouldBe(whole.Text());
        whole.Movements.SelectMany(m => m.Inputs).ShouldNotContain(i => i.IsUnknown);
        bare.Movements.Single(m => m.Tx == coins.Spent).Inputs.ShouldAllBe(i => i.IsUnknown);
        bare.Movements.Single(m => m.Tx == coins.Child).Inputs.ShouldNotContain(i => i.IsUnknown, "made in the blocks that were read");
        coverage.Gaps.ShouldBeEmpty("the graph counts them");
        bare.Resolved().Coverage.Gaps.ShouldHaveSingleItem().ShouldBe(new CoverageGap(GapKind.UnknownInputOwner, "bitcoin-regtest: inputs whose owner is not known", 6));
    }

    [SkippableFact]
    public async Task ANodeWithoutEither_SaysSoInItsWay()
    {
        await using CoreStandIn core = new(coins.Blocks) { VerbosityMax = 1, HasIndex = false, More = new JsonObject { ["initialblockdownload"] = true } };
        using NodeSource node = new(core.Endpoint);
        SourceWay way = (await node.Source.ProbeAsync()).ByBlocks!;

        way.Notes.Count.ShouldBe(2);
        way.Notes[0].ShouldStartWith("the node says it is still catching up");
        way.Notes[1].ShouldStartWith("the node does not tell what inputs spend");
    }

    public static TheoryData<string> Lies => new(["hex", "missing", "merkleroot", "header", "vin", "pays more", "twice"]);

    [SkippableTheory]
    [MemberData(nameof(Lies))]
    public async Task ALie_IsAskedAgain_AndThenAGap(string lie)
    {
        (Kept right, _) = await ReadAsync(new CoreStandIn(coins.Blocks), Funds, Head);
        int left = 2;
        (Kept once, SourceCoverage healed) = await ReadAsync(new CoreStandIn(coins.Blocks), Funds, Head, core => core.Change = (method, p, result) => IsOf(method, p, Spends) && left-- > 0 ? Lie(lie, result!) : result);
        (Kept always, SourceCoverage coverage) = await ReadAsync(new CoreStandIn(coins.Blocks), Funds, Head, core => core.Change = (method, p, result) => IsOf(method, p, Spends) ? Lie(lie, result!) : result);

        once.Text().ShouldBe(right.Text());
        healed.Gaps.ShouldBeEmpty();
        left.ShouldBeLessThan(0, "it was asked again");
        CoverageGap gap = coverage.Gaps.ShouldHaveSingleItem();
        gap.Kind.ShouldBe(GapKind.UnverifiedAnswer);
        gap.Detail.ShouldStartWith($"block {Spends} could not be read");
        always.Text().ShouldBe(string.Join('\n', right.Movements.Where(m => m.Position.Block != Spends).Select(Kept.Text)), "all of the block, or nothing of it");
        coverage.Windows.Select(w => (w.First, w.Last)).ShouldBe([(Funds, Funds), (Spends + 1, Head)]);
    }

    [SkippableFact]
    public async Task AFalsePrevout_IsTakenOnTheNodesWord()
    {
        // Written down as what it is: the bytes of a block do not bear out what it spends.
        (Kept kept, SourceCoverage coverage) = await ReadAsync(new CoreStandIn(coins.Blocks), Spends, Spends, core => core.Change = (method, p, result) => IsOf(method, p, Spends) ? Each(result!, vin => vin["prevout"]!["value"] = 49.5m) : result);

        coverage.Gaps.ShouldBeEmpty();
        kept.Movements[1].Inputs.ShouldAllBe(i => i.Value == Amount.From(4_950_000_000));
    }

    [SkippableFact]
    public async Task APrevoutThatIsMissing_IsAskedForAsATransaction()
    {
        (Kept right, _) = await ReadAsync(new CoreStandIn(coins.Blocks), Spends, Head);
        (Kept kept, SourceCoverage coverage) = await ReadAsync(new CoreStandIn(coins.Blocks), Spends, Head, core => core.Change = (method, p, result) => IsOf(method, p, Spends) ? Each(result!, vin => vin.Remove("prevout")) : result);

        kept.Text().ShouldBe(right.Text());
        coverage.Gaps.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData(-1, "Block not available (pruned data)")]
    [InlineData(-1, "Block not available (not fully downloaded)")]
    [InlineData(-5, "Block not found")]
    public async Task ABlockThatTheNodeLacks_IsAGap(int code, string message)
    {
        (Kept kept, SourceCoverage coverage) = await ReadAsync(new CoreStandIn(coins.Blocks), Funds, Head, core => core.Change = (method, p, result) => IsOf(method, p, Spends) ? throw new CoreStandIn.Refusal(code, message) : result);

        CoverageGap gap = coverage.Gaps.ShouldHaveSingleItem();
        gap.Kind.ShouldBe(GapKind.MissingBlocks);
        gap.Detail.ShouldContain(message);
        kept.Movements.ShouldNotContain(m => m.Position.Block == Spends);
    }

    [SkippableFact]
    public async Task APrunedNode_TellsItsFirstBlock()
    {
        await using CoreStandIn core = new(coins.Blocks) { More = new JsonObject { ["pruned"] = true, ["pruneheight"] = 440 } };
        using NodeSource node = new(core.Endpoint);
        (await node.Source.ProbeAsync()).FirstBlock.ShouldBe(440);
    }

    [SkippableFact]
    public async Task AFalseTransaction_IsAskedAgain_AndThenAGap_AndItsOutputsUnknown()
    {
        string funds = TxIdOf(Funds, 1);
        (Kept kept, SourceCoverage coverage) = await ReadAsync(new CoreStandIn(coins.Blocks) { VerbosityMax = 1 }, Spends, Head, core => core.Change = (method, p, result) => method == "getrawtransaction" && (string)p[0]! == funds ? Flipped(result!, 30) : result);

        CoverageGap gap = coverage.Gaps.ShouldHaveSingleItem();
        gap.Kind.ShouldBe(GapKind.UnverifiedAnswer);
        gap.Detail.ShouldContain(funds);
        kept.Movements.Single(m => m.Tx == coins.Spent).Inputs.ShouldAllBe(i => i.IsUnknown);
    }

    [SkippableFact]
    public async Task AReorganisationInTheMiddleOfTheHashes_IsReadAgain()
    {
        await using CoreStandIn core = new(coins.Blocks);
        using NodeSource node = new(core.Endpoint);
        await node.Source.ProbeAsync();
        // The batch's answers up to 452 are of one branch, the others of the branch that replaced it.
        int hashes = 0;
        core.Change = (method, _, result) =>
        {
            if (method == "getblockhash" && ++hashes == 6)
            {
                core.Become(coins.Branch);
            }

            return result;
        };
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(node.Source, 447, Head);

        coverage.Gaps.ShouldBeEmpty();
        kept.Movements.ShouldNotContain(m => m.Tx == coins.Spent);
        kept.Movements.ShouldContain(m => m.Tx == coins.Instead);
        ReadWindow window = coverage.Windows.ShouldHaveSingleItem();
        window.LastHash.ShouldBe(coins.Branch.Single(b => b.Height == Head).Hash);
        hashes.ShouldBeGreaterThan(8, "what changed was asked for again");
    }

    [SkippableFact]
    public async Task ReorganisedAgainAndAgain_IsAGap_AndNotAMixture()
    {
        await using CoreStandIn core = new(coins.Branch);
        core.Become(coins.Blocks);
        using NodeSource node = new(core.Endpoint);
        await node.Source.ProbeAsync();
        core.Change = (method, p, result) => method == "getblockhash" && (long)p[0]! is 452 or 453 ? ((long)p[0]! == 452 ? coins.Blocks : coins.Branch).Single(b => b.Height == (long)p[0]!).Hash : result;
        (Kept kept, SourceCoverage coverage) = await Kept.OfAsync(node.Source, 447, Head);

        coverage.Gaps.ShouldContain(g => g.Kind == GapKind.Reorganised);
        coverage.Windows.ShouldHaveSingleItem().Last.ShouldBe(451);
        kept.Movements.ShouldAllBe(m => m.Position.Block <= 451);
    }

    [SkippableFact]
    public async Task PartsOfTwoBranches_AreAGap()
    {
        await using CoreStandIn core = new(coins.Blocks);
        using NodeSource node = new(core.Endpoint, new BitcoinSourceOptions { BlocksPerQuery = 2 });
        await node.Source.ProbeAsync();
        core.Change = (method, p, result) =>
        {
            if (method == "getblockhash" && (long)p[0]! == 452)
            {
                // Once the part with 452 was read.
                core.Change = (later, q, answer) =>
                {
                    if (later == "getblock" && (string)q[0]! == coins.Blocks.Single(b => b.Height == 452).Hash)
                    {
                        core.Become(coins.Branch);
                    }

                    return answer;
                };
            }

            return result;
        };
        (_, SourceCoverage coverage) = await Kept.OfAsync(node.Source, 451, Head);

        coverage.Gaps.ShouldHaveSingleItem().Kind.ShouldBe(GapKind.Reorganised);
        coverage.Windows.Select(w => (w.First, w.Last)).ShouldBe([(451, 452), (453, 454)]);
    }

    [SkippableFact]
    public async Task AnotherFirstBlock_IsAnErrorThatNamesBoth()
    {
        string other = new('7', 64);
        await using CoreStandIn core = new(coins.Blocks) { Genesis = other };
        using NodeSource node = new(core.Endpoint);
        (await Should.ThrowAsync<ChainWatchException>(() => node.Source.ProbeAsync())).Message.ShouldBe(
            $"{core.Endpoint.ToString().TrimEnd('/')}: serves the chain 'regtest' with the first block {other}; expected Bitcoin, one of its test networks, or regtest");
    }

    [SkippableFact]
    public async Task BitcoinCash_IsNotTakenForBitcoin()
    {
        StandInBlock head = coins.Blocks[^1] with { Height = 478_559 };
        await using CoreStandIn core = new(head)
        {
            Genesis = CoreStandIn.MainnetGenesis,
            Change = (method, p, result) => method == "getblockhash" && (long)p[0]! == 478_559 ? "000000000000000000651ef99cb9fcbe0dadde1d424bd9f15ff20136191a5eec" : result,
        };
        using NodeSource node = new(core.Endpoint);
        (await Should.ThrowAsync<ChainWatchException>(() => node.Source.ProbeAsync())).Message.ShouldContain("serves Bitcoin Cash");
    }

    [SkippableTheory]
    [InlineData("chain")]
    [InlineData("blocks")]
    [InlineData("bestblockhash")]
    public async Task AFieldThatIsMissing_IsNamed(string field)
    {
        await using CoreStandIn core = new(coins.Blocks)
        {
            Change = (method, _, result) =>
            {
                if (method == "getblockchaininfo")
                {
                    result!.AsObject().Remove(field);
                }

                return result;
            },
        };
        using NodeSource node = new(core.Endpoint);
        (await Should.ThrowAsync<ChainWatchException>(() => node.Source.ProbeAsync())).Message.ShouldContain($"'{field}' is missing");
    }

    private static async Task<IReadOnlyList<string>> CapabilitiesAsync(CoreStandIn core)
    {
        await using CoreStandIn closing = core;
        using NodeSource node = new(core.Endpoint);
        return (await node.Source.ProbeAsync()).Capabilities;
    }

    private static async Task<(byte[] Transfers, Coverage Coverage)> ResolvedAsync(CoreStandIn core) => (await ReadAsync(core, CopiedCoins.First, Head)).Kept.Resolved();

    private static async Task<(Kept Kept, SourceCoverage Coverage)> ReadAsync(CoreStandIn core, int first, int last, Action<CoreStandIn>? then = null)
    {
        await using CoreStandIn closing = core;
        using NodeSource node = new(core.Endpoint);
        await node.Source.ProbeAsync();
        then?.Invoke(core);
        return await Kept.OfAsync(node.Source, first, last);
    }

    private bool IsOf(string method, JsonArray parameters, int height) => method == "getblock" && (string)parameters[0]! == coins.Blocks.Single(b => b.Height == height).Hash;

    private string TxIdOf(int height, int index) => coins.Blocks.Single(b => b.Height == height).Transactions().ElementAt(index).Id.ToString();

    private JsonNode Lie(string lie, JsonNode block)
    {
        JsonArray transactions = block["tx"]!.AsArray();
        switch (lie)
        {
            case "hex":
                transactions[1]!["hex"] = Flipped(transactions[1]!["hex"]!, 60);
                break;
            case "missing":
                transactions.RemoveAt(1);
                break;
            case "merkleroot":
                block["merkleroot"] = new string('5', 64);
                break;
            case "header":
                return coins.Blocks.Single(b => b.Height == Spends + 1).Json(3);
            case "vin":
                transactions[1]!["vin"]![0]!["vout"] = 77;
                break;
            case "pays more":
                Each(block, vin => vin["prevout"]!["value"] = 0.00000001m);
                break;
            case "twice":
                // The list of CVE-2012-2459: an odd transaction repeated keeps the root.
                transactions.Add(transactions[1]!.DeepClone());
                transactions.Add(transactions[1]!.DeepClone());
                break;
        }

        return block;
    }

    private static JsonNode Each(JsonNode block, Action<JsonObject> change)
    {
        foreach (JsonNode? transaction in block["tx"]!.AsArray().Skip(1))
        {
            foreach (JsonNode? input in transaction!["vin"]!.AsArray())
            {
                change(input!.AsObject());
            }
        }

        return block;
    }

    private static JsonNode Flipped(JsonNode hex, int digit)
    {
        char[] digits = ((string)hex!).ToCharArray();
        digits[digit] = (15 - int.Parse(digits.AsSpan(digit, 1), NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToString("x", CultureInfo.InvariantCulture)[0];
        return new string(digits);
    }
}
