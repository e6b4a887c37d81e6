using System.Numerics;
using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Tracing;

public class TracerTests
{
    private static readonly Asset Ether = Asset.Native(Chain.Ethereum);

    [Fact]
    public void Hop_IsOneTransferBetweenTwoAddresses()
    {
        Story story = new("1/0 S>A 10\n2/0 A>B 10\n3/0 B>C 10\n4/0 C>C 10");
        Story.Rows(story.Trace(hops: 2)).ShouldBe("S:0 A:1 B:2(hop-limit)");
        Story.Rows(story.Trace(hops: 9)).ShouldBe("S:0 A:1 B:2 C:3(no-onward-transfer)");
    }

    [Fact]
    public void Path_LeavesAnAddressOnlyAfterTheFundsGotThere()
    {
        Story story = new("1/0 A>B 10\n2/0 S>A 10");
        Story.Rows(story.Trace()).ShouldBe("S:0 A:1(no-onward-transfer)");
    }

    [Fact]
    public void Index_OrdersTransactionsOfABlock()
    {
        Story story = new("7/1 A>B 10\n7/2 S>A 10\n7/3 A>C 10");
        Story.Rows(story.Trace()).ShouldBe("S:0 A:1 C:2(no-onward-transfer)");
    }

    [Fact]
    public void Longer_And_Earlier_Path_CountsWhereTheShortOneComesTooLate()
    {
        // B is one hop away only from block 9 on; C was paid before that, over the longer way.
        Story story = new("1/0 S>A 10\n2/0 A>B 10\n3/0 B>C 10\n9/0 S>B 10");
        TraceResult result = story.Trace();
        Story.Rows(result).ShouldBe("S:0 A:1 B:1 C:3(no-onward-transfer)");
        Story.Path(result.Exposures[3].Path).ShouldBe("S>A>B>C");
    }

    [Fact]
    public void SameTransaction_TransfersFollowOneAnotherInAnyOrder()
    {
        Story story = new("5/0 A>B 10 #1\n5/0 S>A 10 #1");
        Exposure b = story.Trace().Exposures.Single(e => e.Hops == 2);
        b.Order.ShouldBe(PathOrder.SameTransaction);
        b.Path[1].Order.ShouldBe(PathOrder.SameTransaction);
        Story.Rows(story.Trace(with: r => r with { StrictOrder = true })).ShouldBe("S:0 A:1(no-onward-transfer)");
    }

    [Fact]
    public void BlockWithoutOrder_IsOneGroup_AndItsOrderIsAssumed()
    {
        Story story = new("5/? A>B 10 #2\n5/? S>A 10 #1\n6/? B>C 10 #3");
        TraceResult result = story.Trace();
        Story.Rows(result).ShouldBe("S:0 A:1 B:2 C:3(no-onward-transfer)");
        result.Exposures[2].Order.ShouldBe(PathOrder.Assumed);
        result.Exposures[3].Order.ShouldBe(PathOrder.Assumed);
        result.Exposures[3].Path[2].Order.ShouldBe(PathOrder.Proven);
        result.Exposures[1].Arrival!.Position.Index.ShouldBeNull();
    }

    [Fact]
    public void OneRowWithoutIndex_MakesItsWholeBlockOneGroup()
    {
        Story story = new("5/1 A>B 10\n5/2 S>A 10\n5/? X>Y 10");
        Story.Rows(story.Trace()).ShouldBe("S:0 A:1 B:2(no-onward-transfer)");
        story.Trace().Exposures[2].Order.ShouldBe(PathOrder.Assumed);
    }

    [Fact]
    public void Witness_PrefersProvenOrder_WhileArrivalIsTheEarliest()
    {
        Story story = new("5/0 S>A 10 #1\n5/0 A>B 10 #1\n8/0 A>B 10 #2");
        Exposure b = story.Trace().Exposures.Single(e => e.Hops == 2);
        b.Order.ShouldBe(PathOrder.Proven);
        b.Path[1].Position.Block.ShouldBe(8);
        b.Arrival!.Position.Block.ShouldBe(5);
    }

    [Fact]
    public void Witness_AmongEqualPaths_TakesTheSmallestAddressBefore()
    {
        Story story = new("1/0 S>C 10\n1/0 S>A 10\n1/0 S>B 10\n2/0 C>D 10\n2/0 B>D 10\n2/0 A>D 10");
        Story.Path(story.Trace().Exposures.Single(e => e.Hops == 2).Path).ShouldBe("S>A>D");
        Story two = new("1/0 T>D 10\n1/0 S>D 10");
        two.Trace("TS").Exposures.Single(e => e.Hops == 1).Seed.ShouldBe(Story.At('S'));
    }

    [Fact]
    public void Movement_IsOneHopFromAnyInputToAnyOtherOutput_AndNoneToItself()
    {
        // DESIGN section 2: inputs {seed, B}, outputs {B, C}: B is hop 1.
        Story story = new("1/0 S+B>B+C 10 #1\n2/0 B>D 10");
        TraceResult result = story.Trace();
        Story.Rows(result).ShouldBe("S:0 B:1 C:1(no-onward-transfer) D:2(no-onward-transfer)");
        CoSpending together = result.CoSpendings.ShouldHaveSingleItem();
        (together.Listed, together.Address, together.Position.Block).ShouldBe((Story.At('S'), Story.At('B'), 1));
    }

    [Fact]
    public void Movement_ToItself_IsNoHop()
    {
        Story story = new("1/0 S+S>S 10 #1\n2/0 S>S+A 10 #2");
        TraceResult result = story.Trace();
        Story.Rows(result).ShouldBe("S:0 A:1(no-onward-transfer)");
        result.NotFollowed.ShouldBe([new NotFollowedCount(Ether, NotFollowedReason.ToItself, 2)]);
    }

    [Fact]
    public void Coinbase_HasNoOrigin_AndUnknownInputsAreAGap()
    {
        Story story = new("1/0 >A 10\n2/0 ?+S>B+! 10");
        TraceResult result = story.Trace(to: "A");
        Story.Rows(story.Trace()).ShouldBe("S:0 B:1(no-onward-transfer)");
        result.NotFollowed.ShouldBe([new NotFollowedCount(Ether, NotFollowedReason.NoOrigin, 1), new NotFollowedCount(Ether, NotFollowedReason.NoAddress, 1)], ignoreOrder: true);
        result.Findings[0].Verdict.ShouldBe(Verdict.Incomplete);
        result.Findings[0].Reasons.ShouldHaveSingleItem().ShouldContain("inputs whose owner is not known");
    }

    [Theory]
    [InlineData(StopCategory.Exchange, "service:exchange")]
    [InlineData(StopCategory.Own, "service:own")]
    [InlineData(StopCategory.Dex, "contract:dex")]
    [InlineData(StopCategory.Mixer, "opaque:mixer")]
    public void Stop_IsReportedAndNotTracedThrough(StopCategory category, string reason)
    {
        Story story = new Story("1/0 S>X 10\n2/0 X>A 10").Label('X', category);
        Story.Rows(story.Trace()).ShouldBe($"S:0 X:1({reason})");
        Story.Rows(story.Trace(to: "X")).ShouldBe($"X:1({reason})");
        Story.Rows(story.Trace(seeds: "X")).ShouldBe("X:0 A:1(no-onward-transfer)");
    }

    [Fact]
    public void Contract_IsTransparentInsideOneTransaction_AndMarkedAsConversion()
    {
        // The pool pays out before it is paid; what was paid in another transaction stays closed.
        Story story = new Story("3/0 X>A 7 #1\n3/0 S>X 10 #1\n4/0 X>B 10 #2").Label('X', StopCategory.Dex);
        TraceResult result = story.Trace();
        Story.Rows(result).ShouldBe("S:0 X:1(contract:dex) A:2(no-onward-transfer)");
        Exposure a = result.Exposures[2];
        a.Path.Select(s => s.IsConversion).ShouldBe([false, true]);
        a.Path[1].Evidence.ShouldBe(EdgeEvidence.Label);
        Story.Rows(story.Trace(with: r => r with { StrictOrder = true })).ShouldBe("S:0 X:1(contract:dex)");
    }

    [Theory]
    [InlineData("#1", "#1", "S:0 X:1(contract:dex) A:2(no-onward-transfer)", PathOrder.SameTransaction)]
    [InlineData("#1", "#2", "S:0 X:1(contract:dex)", null)]
    [InlineData("", "", "S:0 X:1(contract:dex) A:2(no-onward-transfer)", PathOrder.Assumed)]
    [InlineData("#1", "", "S:0 X:1(contract:dex) A:2(no-onward-transfer)", PathOrder.Assumed)]
    public void Contract_InABlockWithoutOrder_IsOpenWhereTheTransactionMayBeTheSame(string into, string outOf, string rows, PathOrder? order)
    {
        Story story = new Story($"3/? S>X 10 {into}\n3/? X>A 7 {outOf}").Label('X', StopCategory.Dex);
        TraceResult result = story.Trace();
        Story.Rows(result).ShouldBe(rows);
        result.Exposures[^1].Order.ShouldBe(order ?? PathOrder.Proven);
    }

    [Fact]
    public void OpaqueStop_MakesALead_NeverAPath()
    {
        Story story = new Story("1/0 S>M 10\n2/0 T>M 5\n3/0 M>W 4\n4/0 M>V 9").Label('M', StopCategory.Mixer);
        TraceResult result = story.Trace(to: "W");
        Finding finding = result.Findings.ShouldHaveSingleItem();
        finding.Verdict.ShouldBe(Verdict.Incomplete);
        finding.Exposure.ShouldBeNull();
        Lead lead = finding.Lead.ShouldNotBeNull();
        lead.Hops.ShouldBe(2);
        Story.Path(lead.Path).ShouldBe("S>M>W");
        lead.Path.Select(s => s.IsThroughOpaque).ShouldBe([false, true]);
        OpaqueStop stop = lead.Stops.ShouldHaveSingleItem();
        (Story.NameOf(stop.Address), stop.Label!.Category).ShouldBe(("M", StopCategory.Mixer));
        stop.WentIn.ShouldBe([new AssetTotal(Ether, 10)]);
        stop.CameOut.ShouldBe([new AssetTotal(Ether, 4)]);
        result.Exposures.ShouldBeEmpty();
        result.BeyondOpaque.ShouldBe([new BeyondOpaque("case", Direction.Received, 2)]);
    }

    [Fact]
    public void OpaqueStop_LabelledAsService_SettlesTheVerdict()
    {
        Story story = new Story("1/0 S>M 10\n3/0 M>W 4").Label('M', StopCategory.Custodian);
        story.Trace(to: "W").Findings[0].Verdict.ShouldBe(Verdict.NoneFound);
    }

    [Fact]
    public void Lead_InTheDirectionSent_TellsWhatWentInFromTheWallet()
    {
        Story story = new Story("1/0 W>M 4\n2/0 M>S 10").Label('M', StopCategory.Bridge);
        Lead lead = story.Trace(to: "W", direction: Direction.Sent).Findings[0].Lead.ShouldNotBeNull();
        Story.Path(lead.Path).ShouldBe("W>M>S");
        lead.Stops[0].WentIn.ShouldBe([new AssetTotal(Ether, 4)]);
        lead.Stops[0].CameOut.ShouldBe([new AssetTotal(Ether, 10)]);
    }

    [Fact]
    public void Verdict_WithoutDeclaredCompleteness_IsIncomplete_AndExposureStays()
    {
        Story story = new("1/0 S>A 10\n2/0 X>Y 1", complete: false);
        TraceResult result = story.Trace(to: "AY");
        result.Findings.Select(f => f.Verdict).ShouldBe([Verdict.Exposed, Verdict.Incomplete]);
        result.Coverage.IsComplete.ShouldBeFalse();
    }

    [Fact]
    public void Verdict_ForAWalletOfAnotherChain_IsIncomplete()
    {
        Story story = new("1/0 S>A 10");
        Address other = Address.FromPayload(Chain.Bitcoin, AddressKind.P2Pkh, new byte[20]);
        Finding finding = story.Trace(with: r => r with { To = [other] }).Findings[0];
        finding.Verdict.ShouldBe(Verdict.Incomplete);
        finding.Reasons.ShouldHaveSingleItem().ShouldBe("the data hold no transfer of bitcoin, the wallet's chain");
    }

    [Fact]
    public void DegreeLimit_StopsFromTheCrossingOn()
    {
        // H's third transfer crosses a limit of 2; what left before is followed.
        Story story = new("1/0 S>H 10\n2/0 H>A 10\n3/0 H>B 10\n4/0 H>C 10");
        TraceResult result = story.Trace(with: r => r with { Stops = new StopRule { MaxDegree = 2 } });
        Story.Rows(result).ShouldBe("S:0 H:1(degree) A:2(no-onward-transfer)");
        result.Exposures[1].DegreeCrossing!.Value.Block.ShouldBe(3);
        result.BeyondOpaque[0].Addresses.ShouldBe(2);
        story.Trace(to: "B", with: r => r with { Stops = new StopRule { MaxDegree = 2 } }).Findings[0].Lead!.Stops[0].DegreeCrossing!.Value.Block.ShouldBe(3);
    }

    [Fact]
    public void DegreeLimit_DoesNotReplaceALabel()
    {
        Story story = new Story("1/0 S>X 10\n1/0 X>A 10\n1/0 X>B 10\n1/0 X>C 10").Label('X', StopCategory.Router);
        TraceResult result = story.Trace(with: r => r with { Stops = r.Stops with { MaxDegree = 1 } });
        Story.Rows(result).ShouldBe("S:0 X:1(contract:router) A:2(no-onward-transfer) B:2(no-onward-transfer) C:2(no-onward-transfer)");
    }

    [Fact]
    public void Dust_IsNotFollowed_ButCounts_AndIsAFindingFromADesignatedAddress()
    {
        Story story = new("1/0 S>A 3\n2/0 A>B 50\n3/0 S>C 50\n4/0 C>A 50\n5/0 A>D 50");
        Dictionary<Asset, Amount> minimum = new() { [Ether] = Amount.From(10) };
        TraceResult plain = story.Trace(with: r => r with { MinValues = minimum });
        Story.Rows(plain).ShouldBe("S:0 C:1 A:2 D:3(no-onward-transfer)");
        plain.NotFollowed.ShouldBe([new NotFollowedCount(Ether, NotFollowedReason.Dust, 1)]);

        TraceResult designated = story.Trace(with: r => r with { MinValues = minimum, From = [Designated('S')] });
        Story.Rows(designated).ShouldBe("S:0 A:1(dust) C:1 D:3(no-onward-transfer)");
        Exposure a = designated.Exposures[1];
        (a.IsDust, a.Hops, Story.Path(a.Path)).ShouldBe((true, 1, "S>A"));
        a.ListedWhenMoved.ShouldBe(Trilean.No); // 1970 is before it was listed
    }

    [Fact]
    public void Dust_PaidToADesignatedAddress_IsAFindingInTheDirectionSent()
    {
        Story story = new("1/0 A>S 3");
        TraceResult result = story.Trace(to: "A", direction: Direction.Sent, with: r => r with { MinValues = new Dictionary<Asset, Amount> { [Ether] = Amount.From(10) }, From = [Designated('S')] });
        Story.Rows(result).ShouldBe("A:1(dust)");
        result.Findings[0].Verdict.ShouldBe(Verdict.Exposed);
    }

    [Fact]
    public void ZeroValue_MovesNothing()
    {
        Story story = new("1/0 S>A 0");
        TraceResult result = story.Trace(with: r => r with { From = [Designated('S')], MinValues = new Dictionary<Asset, Amount> { [Ether] = Amount.From(10) } });
        Story.Rows(result).ShouldBe("S:0(no-onward-transfer)");
        result.NotFollowed.ShouldBe([new NotFollowedCount(Ether, NotFollowedReason.ZeroValue, 1)]);
    }

    [Fact]
    public void Tokens_AreFollowedOnlyWhereTheirContractIsKnown()
    {
        Story story = new("1/0 S>A 10 t\n1/1 S>B 10 u");
        TokenList tokens = new("known", [new Token(Story.At('t'), "USDT", 6, "Tether", "test")]);
        Story.Rows(story.Trace(with: r => r with { Tokens = tokens })).ShouldBe("S:0 A:1(no-onward-transfer)");
        Story.Rows(story.Trace(with: r => r with { Tokens = tokens, AnyToken = true })).ShouldBe("S:0 A:1(no-onward-transfer) B:1(no-onward-transfer)");
        story.Trace(with: r => r with { Tokens = tokens }).NotFollowed.ShouldBe([new NotFollowedCount(Story.Token('u'), NotFollowedReason.UnrecognisedToken, 1)]);
    }

    [Fact]
    public void MintAndBurn_JoinNoPath()
    {
        Story story = new("1/0 S>0 10\n2/0 0>A 10");
        TraceResult result = story.Trace();
        Story.Rows(result).ShouldBe("S:0(no-onward-transfer)");
        result.NotFollowed.ShouldBe([new NotFollowedCount(Ether, NotFollowedReason.MintOrBurn, 2)]);
    }

    [Fact]
    public void Lists_HaveLabelsOfTheirOwn()
    {
        // An attribution at hop 1 does not hide a designation at hop 2.
        Story story = new("1/0 S>A 10\n2/0 A>W 10\n3/0 F>W 10");
        TraceResult result = story.Trace(to: "W", with: r => r with { From = [Designated('S'), AddressList.Of("fbi", Story.At('F'))] });
        result.Findings.Select(f => (f.List, f.Exposure!.Hops)).ShouldBe([("designated", 2), ("fbi", 1)]);
    }

    [Fact]
    public void Sent_IsTheSameQuestionOnTheReversedChain()
    {
        Story story = new("1/0 W>A 10\n2/0 A>S 10\n3/0 W>B 10\n2/1 B>S 10");
        TraceResult result = story.Trace(direction: Direction.Sent);
        Story.Rows(result).ShouldBe("S:0 A:1 B:1(no-onward-transfer) W:2(no-onward-transfer)");
        Story.Path(result.Exposures[3].Path).ShouldBe("W>A>S");
        result.Exposures[1].Arrival!.Position.Block.ShouldBe(2);
        story.Trace(direction: Direction.Both).Exposures.Select(e => e.Direction).Distinct().ShouldBe([Direction.Received, Direction.Sent]);
    }

    [Fact]
    public void Value_TellsBottleneckAndPoisonUpperBound()
    {
        Story story = new("1/0 S>A 100\n2/0 A>W 30\n3/0 A>W 50\n4/0 S>W 5\n5/0 Z>W 900");
        Exposure w = story.Trace(to: "W").Exposures.ShouldHaveSingleItem();
        w.Hops.ShouldBe(1);
        w.Bottleneck!.Value.ShouldBe(Amount.From(5));
        w.Inflows.Select(i => (i.Transfer.Value, i.Hops)).ShouldBe([(Amount.From(30), 2), (Amount.From(50), 2), (Amount.From(5), 1)]);
        w.PoisonUpperBound.ShouldBe([new AssetTotal(Ether, 85)]);
    }

    [Fact]
    public void Value_OfHostileTokens_AddsUpBeyond256Bits()
    {
        string max = Amount.MaxValue.ToString();
        Story story = new($"1/0 S>W {max} t\n2/0 S>W {max} t");
        Exposure w = story.Trace(to: "W", with: r => r with { AnyToken = true }).Exposures[0];
        w.PoisonUpperBound[0].Units.ShouldBe((BigInteger.Pow(2, 256) - 1) * 2);
    }

    [Fact]
    public void Window_LeavesOutWhatLiesOutside()
    {
        Story story = new("1/0 S>A 10\n5/0 A>B 10\n9/0 B>C 10");
        TraceResult result = story.Trace(with: r => r with { Window = new TraceWindow(LastBlock: 5) });
        Story.Rows(result).ShouldBe("S:0 A:1 B:2(no-onward-transfer)");
        result.NotFollowed.ShouldBe([new NotFollowedCount(Ether, NotFollowedReason.OutsideWindow, 1)]);
        Story.Rows(story.Trace(with: r => r with { Window = new TraceWindow(FirstTime: DateTimeOffset.UnixEpoch.AddDays(2)) })).ShouldBe("S:0(no-onward-transfer)");
    }

    [Fact]
    public void Seeds_ThatDoNotOccur_GiveNoRow()
    {
        Story story = new("1/0 X>Y 10");
        TraceResult result = story.Trace();
        result.Exposures.ShouldBeEmpty();
        (result.Lists[0].SeedCount, result.Lists[0].SeedsInData).ShouldBe((1, 0));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1000)]
    public void Hops_OutOfRange_AreRefused(int hops) =>
        Should.Throw<ChainWatchException>(() => new Story("1/0 S>A 1").Trace(hops: hops)).Message.ShouldBe($"hops {hops}: expected 1 to 100");

    [Fact]
    public void TwoListsOfOneName_AreRefused() =>
        Should.Throw<ChainWatchException>(() => new Story("1/0 S>A 1").Trace(with: r => r with { From = [.. r.From, .. r.From] }))
            .Message.ShouldBe("two lists to trace from have one name: their rows could not be told apart");

    [Fact]
    public void EvmSeeds_CountOnEveryEvmChain()
    {
        TransferGraphBuilder builder = new();
        Chain polygon = Chain.Evm(137);
        builder.Add(new Transfer(new ChainPosition(polygon, 1, 0), Story.At('S').OnChain(polygon), Story.At('A').OnChain(polygon), Asset.Native(polygon), Amount.From(1)));
        TraceResult result = Tracer.Trace(builder.Build(), new TraceRequest { From = [AddressList.Of("case", Story.At('S'))], To = [Story.At('A')], MaxHops = 1 });
        result.Findings[0].Verdict.ShouldBe(Verdict.Exposed);
        result.Exposures[0].Address.Chain.ShouldBe(polygon);
    }

    [Fact]
    public void Cancellation_IsObeyed()
    {
        using CancellationTokenSource source = new();
        source.Cancel();
        TraceRequest request = new() { From = [AddressList.Of("case", Story.At('S'))], MaxHops = 1 };
        Should.Throw<OperationCanceledException>(() => Tracer.Trace(new Story("1/0 S>A 1").Graph, request, source.Token));
    }

    [Fact]
    public void CoSpending_WithoutAListedInput_IsNoFinding_AndNamesEveryListedOne()
    {
        // A is the smallest address: number 0 of the chain.
        new Story("1/0 A>E 10 #1\n2/0 B+C>D 10 #2").Trace(seeds: "A").CoSpendings.ShouldBeEmpty();
        new Story("1/0 S+T+X>D 10 #1").Trace(seeds: "ST").CoSpendings.Select(c => (Story.NameOf(c.Listed), Story.NameOf(c.Address))).ShouldBe([("S", "X"), ("T", "X")]);
    }

    [Theory]
    [InlineData("2021-12-31", ListingMoment.Before)]
    [InlineData("2022-04-14", ListingMoment.Unknown)]
    [InlineData("2022-04-15", ListingMoment.Inside)]
    [InlineData("2025-03-21", ListingMoment.Unknown)]
    [InlineData("2025-03-22", ListingMoment.After)]
    [InlineData("2027-01-01", ListingMoment.Inside)]
    public void SeedListing_LooksAtEveryDesignationOfTheAddress(string day, ListingMoment expected)
    {
        Designation first = (Designation)Designated('S').Entries[0] with { WentOff = DateBounds.On(new DateOnly(2025, 3, 21)) };
        Designation again = first with { CameOn = DateBounds.On(new DateOnly(2026, 1, 1)), WentOff = null };
        int block = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture).DayNumber - new DateOnly(1970, 1, 1).DayNumber;
        foreach (Designation[] entries in new[] { new[] { first, again }, [again, first] })
        {
            AddressList list = new("designated", new DateOnly(2026, 6, 1), entries);
            Exposure a = new Story($"{block}/0 S>A 10").Trace(with: r => r with { From = [list] }).Exposures[1];
            a.SeedListing.ShouldBe(expected);
        }
    }

    [Fact]
    public void Hash_WithoutIndex_AndIndexWithoutHash_MayBeOneTransaction()
    {
        Story story = new Story("3/? S>X 10 #1\n3/7 X>W 7").Label('X', StopCategory.Dex);
        story.Trace(to: "W").Findings[0].Verdict.ShouldBe(Verdict.Exposed);
        Story largest = new Story("3/1 S>X 10\n3/2147483647 X>W 7\n3/? Y>Z 1 #1").Label('X', StopCategory.Dex);
        largest.Trace(to: "W").Findings[0].Verdict.ShouldBe(Verdict.NoneFound);
    }

    [Fact]
    public void InputOfValueZero_IsAPayer()
    {
        TransferGraphBuilder builder = new();
        builder.Add(new Movement
        {
            Position = new ChainPosition(Chain.Ethereum, 1, 0),
            Asset = Ether,
            Inputs = [new MovementInput(Story.At('S'), Amount.Zero)],
            Outputs = [new MovementOutput(Story.At('W'), Amount.From(50))],
        });
        Tracer.Trace(builder.Build(), new TraceRequest { From = [AddressList.Of("case", Story.At('S'))], To = [Story.At('W')], MaxHops = 1 }).Findings[0].Verdict.ShouldBe(Verdict.Exposed);
    }

    [Fact]
    public void WindowOfBlocks_OverSeveralChains_IsRefused()
    {
        TransferGraphBuilder builder = new();
        foreach (Chain chain in new[] { Chain.Ethereum, Chain.Evm(137) })
        {
            builder.Add(new Transfer(new ChainPosition(chain, 1, 0), Story.At('S').OnChain(chain), Story.At('A').OnChain(chain), Asset.Native(chain), Amount.From(1)));
        }

        TraceRequest request = new() { From = [AddressList.Of("case", Story.At('S'))], MaxHops = 1, Window = new TraceWindow(FirstBlock: 1) };
        Should.Throw<ChainWatchException>(() => Tracer.Trace(builder.Build(), request)).Message.ShouldBe(
            "a window of block heights over 2 chains (ethereum, polygon): heights of two chains cannot be compared; give dates instead");
    }

    [Theory]
    [InlineData("1/0 X>Y 10", false)]
    [InlineData("1/0 X>W 0", true)]
    public void WatchedSeed_IsExposed_WhetherOrNotTheDataHoldIt(string transfers, bool inData)
    {
        Finding finding = new Story(transfers).Trace(seeds: "W", to: "W").Findings.ShouldHaveSingleItem();
        (finding.Verdict, finding.Hops, finding.IsSeed, finding.InData).ShouldBe((Verdict.Exposed, 0, true, inData));
    }

    [Fact]
    public void WalletOfAnEvmChainThatTheDataDoNotHold_IsIncomplete()
    {
        Finding finding = new Story("1/0 S>A 10").Trace(with: r => r with { To = [Story.At('Z').OnChain(Chain.Evm(137))] }).Findings[0];
        finding.Verdict.ShouldBe(Verdict.Incomplete);
        finding.Reasons.ShouldBe(["the data hold no transfer of polygon, the wallet's chain"]);
    }

    [Fact]
    public void Lead_NamesEveryStopAndAllThatCameOut()
    {
        Story two = new Story("1/0 S>M 10\n1/1 S>N 20\n2/0 M>A 4\n3/0 N>A 5\n4/0 A>W 9").Label('M', StopCategory.Mixer).Label('N', StopCategory.Mixer);
        two.Trace(to: "W").Findings[0].Lead!.Stops.Select(s => (Story.NameOf(s.Address), s.WentIn[0].Units, s.CameOut[0].Units)).ShouldBe([("M", 10, 4), ("N", 20, 5)]);
        Story twice = new Story("1/0 S>M 10\n2/0 M>A 4\n3/0 M>A 5\n4/0 A>W 9").Label('M', StopCategory.Mixer);
        twice.Trace(to: "W").Findings[0].Lead!.Stops[0].CameOut.ShouldBe([new AssetTotal(Ether, 9)]);
    }

    [Fact]
    public void ZeroAddress_AmongSeveralInputs_JoinsNoPath() =>
        Story.Rows(new Story("1/0 0+A>S 10 #1").Trace(direction: Direction.Sent)).ShouldBe("S:0 A:1(no-onward-transfer)");

    [Fact]
    public void StrictOrder_OverBlocksWithoutOrder_CannotSayNoneFound()
    {
        Finding finding = new Story("5/1 S>A 10\n5/2 A>B 10\n5/? X>Y 10").Trace(to: "B", with: r => r with { StrictOrder = true }).Findings[0];
        finding.Verdict.ShouldBe(Verdict.Incomplete);
        finding.Reasons.ShouldBe(["only proven order is admitted, and the order of transactions is not known in 1 block"]);
    }

    [Fact]
    public void MisprintedEntryOfAnEvmChain_BreaksNoTrace()
    {
        Designation entry = (Designation)Designated('S').Entries[0];
        AddressList list = new("designated", new DateOnly(2026, 1, 1), [entry, entry with { Address = Address.AsListed("0x1234", Chain.Ethereum) }]);
        Story.Rows(new Story("1/0 S>A 10").Trace(with: r => r with { From = [list] })).ShouldBe("S:0 A:1(no-onward-transfer)");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void DustFromAnAddressThatIsDesignatedAndAttributed_CountsWhateverTheOrderOfEntries(bool designationFirst)
    {
        ListEntry designation = Designated('S').Entries[0];
        ListEntry attribution = AddressList.Of("designated", Story.At('S')).Entries[0];
        AddressList list = new("designated", new DateOnly(2026, 1, 1), designationFirst ? [designation, attribution] : [attribution, designation]);
        TraceResult result = new Story("1/0 S>A 3").Trace(to: "A", with: r => r with { From = [list], MinValues = new Dictionary<Asset, Amount> { [Ether] = Amount.From(10) } });
        result.Findings[0].Verdict.ShouldBe(Verdict.Exposed);
    }

    [Fact]
    public void Transactions_CountThoseThatAreKnownToDiffer()
    {
        new Story("5/? S>A 10 #1\n5/? A>B 10 #2").Trace().Exposures.Single(e => e.Hops == 2).Transactions.ShouldBe(2);
        new Story("5/1 S>A 10 #1\n5/1 A>B 10").Trace().Exposures.Single(e => e.Hops == 2).Transactions.ShouldBe(1);
    }

    [Fact]
    public void List_AskedAboutADayAfterItsOwn_CannotSayNoneFound()
    {
        AddressList ofac = ListSet.Embedded["ofac-sdn"];
        TraceResult result = new Story("1/0 X>Y 10").Trace(to: "Y", with: r => r with { From = [ofac], AsOf = ofac.AsOf.AddDays(1) });
        result.Findings[0].Verdict.ShouldBe(Verdict.Incomplete);
        result.Findings[0].Reasons.ShouldHaveSingleItem().ShouldContain("speaks only to 2026-08-20");
    }

    private static AddressList Designated(char name) => new("designated", new DateOnly(2026, 1, 1),
    [
        new Designation
        {
            List = "designated",
            Address = Story.At(name),
            Authority = Authority.Ofac,
            Document = new SourceDocument("test", null, "", IssuerText.Yes),
            MaySeed = true,
            CameOn = DateBounds.On(new DateOnly(2022, 4, 14)),
        },
    ]);
}
