using ChainWatch.Heuristics;
using static ChainWatch.Tests.Heuristics.Spends;

namespace ChainWatch.Tests.Heuristics;

public class Wasabi1ShapeTests
{
    [Fact]
    public void RoundOfFifty_WithChangesAndCoordinator() =>
        CoinJoins.Recognise(Round(50, 10_003_412, Changes(41))).ShouldBe(CoinJoinRule.Wasabi1);

    [Fact]
    public void SecondMixingLevel() =>
        CoinJoins.Recognise(Of(40.Times(45_000_000), 20.Times(10_003_412).Concat(8.Times(20_006_824)).Concat(Changes(30)))).ShouldBe(CoinJoinRule.Wasabi1);

    [Theory]
    [InlineData(9, CoinJoinRule.None)]
    [InlineData(10, CoinJoinRule.Wasabi1)]
    public void EqualOutputs_AtLeastTen(int equal, CoinJoinRule expected) => CoinJoins.Recognise(Round(equal, 10_000_000, Changes(12))).ShouldBe(expected);

    [Theory]
    [InlineData(7_999_999, CoinJoinRule.None)]
    [InlineData(8_000_000, CoinJoinRule.Wasabi1)]
    [InlineData(12_000_000, CoinJoinRule.Wasabi1)]
    [InlineData(12_000_001, CoinJoinRule.None)]
    public void Denomination_NearTenthOfACoin(ulong value, CoinJoinRule expected) => CoinJoins.Recognise(Round(12, value, Changes(15))).ShouldBe(expected);

    [Theory]
    [InlineData(1, CoinJoinRule.EqualOutputs)]
    [InlineData(2, CoinJoinRule.Wasabi1)]
    public void OtherValues_AtLeastTwoThatOccurOnce(int others, CoinJoinRule expected) => CoinJoins.Recognise(Round(12, 10_000_000, Changes(others))).ShouldBe(expected);

    [Theory]
    [InlineData(11, CoinJoinRule.None)]
    [InlineData(12, CoinJoinRule.Wasabi1)]
    public void Owners_AtLeastOnePerEqualOutput(int owners, CoinJoinRule expected) =>
        CoinJoins.Recognise(Of(owners.Times(5 * Coin), 12.Times(10_000_000).Concat(Changes(15)))).ShouldBe(expected);

    [Fact]
    public void OtherKindOfAddress_IsNoWasabi() =>
        CoinJoins.Recognise(Round(12, 10_000_000, Changes(10)).WithInput(0, i => i with { Owner = At(0, AddressKind.P2Pkh) })).ShouldBe(CoinJoinRule.EqualOutputs);

    private static Movement Round(int equal, ulong value, IEnumerable<ulong> others) => Of((equal + 3).Times(12_500_000), equal.Times(value).Concat(others));
}
