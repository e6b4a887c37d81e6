using ChainWatch.Heuristics;
using static ChainWatch.Tests.Heuristics.Spends;

namespace ChainWatch.Tests.Heuristics;

public class Wasabi2ShapeTests
{
    [Fact]
    public void LargeRound() => CoinJoins.Recognise(Wasabi2(327, 265, 14)).ShouldBe(CoinJoinRule.Wasabi2);

    [Fact]
    public void UnknownInputValues_AreNotNeeded()
    {
        Movement round = Wasabi2(60, 50, 5);
        CoinJoins.Recognise(round with { Inputs = [.. round.Inputs.Select(i => i with { Value = Amount.Zero })] }).ShouldBe(CoinJoinRule.Wasabi2);
    }

    [Theory]
    [InlineData(19, CoinJoinRule.None)]
    [InlineData(20, CoinJoinRule.Wasabi2)]
    public void Owners_AtLeastTwenty(int inputs, CoinJoinRule expected) => CoinJoins.Recognise(Wasabi2(inputs, 40, 5)).ShouldBe(expected);

    [Fact]
    public void ManyInputsOfOneOwner_AreNone() => CoinJoins.Recognise(Wasabi2(60, 50, 5).OfOneOwner()).ShouldBe(CoinJoinRule.None);

    [Theory]
    [InlineData(59, 41, CoinJoinRule.None)]
    [InlineData(60, 40, CoinJoinRule.Wasabi2)]
    public void StandardOutputs_AtLeastSixtyPercent(int standard, int changes, CoinJoinRule expected) =>
        CoinJoins.Recognise(Wasabi2(40, standard, changes)).ShouldBe(expected);

    [Theory]
    [InlineData(200, CoinJoinRule.Wasabi2)]
    [InlineData(201, CoinJoinRule.None)]
    public void StandardOutputs_AtLeastOnePerTenInputs(int inputs, CoinJoinRule expected) =>
        CoinJoins.Recognise(Wasabi2(inputs, 20, 5)).ShouldBe(expected);

    [Fact]
    public void OddDenominations_AtLeastThree()
    {
        ulong[] tiers = [8_388_608, 4_782_969, 3_188_646];
        CoinJoins.Recognise(Of(40.Times(Coin), tiers.SelectMany(t => 10.Times(t)))).ShouldBe(CoinJoinRule.Wasabi2);
        CoinJoins.Recognise(Of(40.Times(Coin), tiers.Take(2).Append(5_000_000UL).SelectMany(t => 10.Times(t)))).ShouldBe(CoinJoinRule.None);
    }

    [Theory]
    [InlineData(729, CoinJoinRule.EqualOutputs)] // 3^6: below the least denomination looked at
    [InlineData(1024, CoinJoinRule.Wasabi2)]
    [InlineData(1458, CoinJoinRule.Wasabi2)]
    [InlineData(2187, CoinJoinRule.Wasabi2)]
    [InlineData(1000, CoinJoinRule.EqualOutputs)] // decimal: standard, but people pay it
    public void Denomination_OfEachSeries(ulong third, CoinJoinRule expected) =>
        CoinJoins.Recognise(Of(40.Times(Coin), 10.Times(8_388_608).Concat(10.Times(4_782_969)).Append(third))).ShouldBe(expected);

    [Fact]
    public void RoundAmounts_OfABatch_AreNone() =>
        CoinJoins.Recognise(Of(40.Times(Coin), new ulong[] { 1_000_000, 2_000_000, 5_000_000, 10_000_000 }.SelectMany(v => 12.Times(v)))).ShouldBe(CoinJoinRule.None);

    [Fact]
    public void AddressPaidTwice_IsNone()
    {
        Movement round = Wasabi2(40, 40, 5);
        CoinJoins.Recognise(round.WithOutput(0, o => o with { Owner = round.Outputs[1].Owner })).ShouldBe(CoinJoinRule.None);
    }

    [Fact]
    public void Kinds_TaprootToo_PaymentsOfAnyKind()
    {
        Movement round = Wasabi2(40, 40, 5);
        CoinJoins.Recognise(round.WithInput(0, i => i with { Owner = At(0, AddressKind.P2Tr) })).ShouldBe(CoinJoinRule.Wasabi2);
        CoinJoins.Recognise(round.WithOutput(44, o => o with { Owner = At(0, AddressKind.P2Pkh) })).ShouldBe(CoinJoinRule.Wasabi2);
        CoinJoins.Recognise(round.WithInput(0, i => i with { Owner = At(0, AddressKind.P2Pkh) })).ShouldBe(CoinJoinRule.None);
        CoinJoins.Recognise(round.WithOutput(0, o => o with { Owner = At(0, AddressKind.P2Pkh) })).ShouldBe(CoinJoinRule.None);
    }
}
