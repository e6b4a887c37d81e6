using ChainWatch.Heuristics;
using static ChainWatch.Tests.Heuristics.Spends;

namespace ChainWatch.Tests.Heuristics;

public class JoinMarketShapeTests
{
    [Theory]
    [InlineData(3, 1, CoinJoinRule.None)]
    [InlineData(3, 2, CoinJoinRule.JoinMarket)] // the taker sweeps: no change of its own
    [InlineData(3, 3, CoinJoinRule.JoinMarket)]
    [InlineData(3, 4, CoinJoinRule.None)]
    [InlineData(2, 2, CoinJoinRule.None)] // two parties
    [InlineData(8, 7, CoinJoinRule.JoinMarket)]
    [InlineData(8, 9, CoinJoinRule.EqualOutputs)]
    public void Changes_OnePerEqualOutputOrOneFewer(int equal, int changes, CoinJoinRule expected) =>
        CoinJoins.Recognise(Round(equal, changes)).ShouldBe(expected);

    [Theory]
    [InlineData(9_999, CoinJoinRule.None)]
    [InlineData(10_000, CoinJoinRule.JoinMarket)]
    public void Value_AtLeastTenThousandSatoshis(ulong value, CoinJoinRule expected) =>
        CoinJoins.Recognise(Of(5.Times(2 * Coin), 5.Times(value).Concat(Changes(5)))).ShouldBe(expected);

    [Theory]
    [InlineData(4, CoinJoinRule.None)]
    [InlineData(5, CoinJoinRule.JoinMarket)]
    public void Owners_AtLeastOnePerEqualOutput(int owners, CoinJoinRule expected) =>
        CoinJoins.Recognise(Of(owners.Times(2 * Coin), 5.Times(30_123_456).Concat(Changes(5)))).ShouldBe(expected);

    [Theory]
    [InlineData(94_999_999, CoinJoinRule.None)]
    [InlineData(95_000_000, CoinJoinRule.JoinMarket)]
    public void OwnersCanPay_AllButOnePercent(ulong last, CoinJoinRule expected) =>
        CoinJoins.Recognise(Of(4.Times(3 * Coin).Append(last), 5.Times(Coin).Concat(Changes(5)))).ShouldBe(expected);

    [Fact]
    public void UnknownInputValue_CountsAsNothing()
    {
        Movement round = Of(5.Times(2 * Coin), 5.Times(30_123_456).Concat(Changes(5)));
        CoinJoins.Recognise(round).ShouldBe(CoinJoinRule.JoinMarket);
        CoinJoins.Recognise(round.WithInput(0, i => i with { Value = Amount.Zero })).ShouldBe(CoinJoinRule.None);
    }

    [Fact]
    public void EqualChanges_AreNone()
    {
        Movement round = Round(4, 4);
        CoinJoins.Recognise(round.WithOutput(7, o => o with { Value = round.Outputs[6].Value })).ShouldBe(CoinJoinRule.None);
    }

    [Fact]
    public void PaidBackToAnInputOwner_IsNoParticipant() =>
        CoinJoins.Recognise(Round(3, 3).WithOutput(0, o => o with { Owner = At(0) })).ShouldBe(CoinJoinRule.None);

    // Transaction 6cb2433f28177a3b07073a0eb34a527ba6d7dd7483cccb394f88321373c0ed20 in block 914781: its values. All its
    // addresses are different.
    [Fact]
    public void RealRoundOfTen() => CoinJoins.Recognise(Of(
        [
            100000000, 99714485, 100008100, 100000000, 100000000, 100000000, 70577264, 99690093, 21296812, 99712169, 99690093, 100005800,
            100000000, 28764098, 37955010, 100000000, 99703550, 100000000, 198873630, 100000000, 79216957, 100000000, 100000000,
        ],
        10.Times(198732961).Concat(new ulong[] { 680555, 1306587, 80489759, 9819186, 1278915, 29453272, 22583724, 1276615, 985300 }))).ShouldBe(CoinJoinRule.JoinMarket);

    private static Movement Round(int equal, int changes) => Of((equal + 2).Times(2 * Coin), equal.Times(30_123_456).Concat(Changes(changes)));
}
