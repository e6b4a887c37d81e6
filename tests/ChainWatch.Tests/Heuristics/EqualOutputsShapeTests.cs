using ChainWatch.Heuristics;
using static ChainWatch.Tests.Heuristics.Spends;

namespace ChainWatch.Tests.Heuristics;

public class EqualOutputsShapeTests
{
    [Theory]
    [InlineData(4, CoinJoinRule.None)]
    [InlineData(5, CoinJoinRule.EqualOutputs)]
    [InlineData(200, CoinJoinRule.EqualOutputs)]
    public void Payees_AtLeastFive(int equal, CoinJoinRule expected) => CoinJoins.Recognise(Round(equal, 0)).ShouldBe(expected);

    [Theory]
    [InlineData(7, CoinJoinRule.EqualOutputs)]
    [InlineData(8, CoinJoinRule.None)]
    public void OtherOutputs_AtMostOneMoreThanEqual(int others, CoinJoinRule expected) => CoinJoins.Recognise(Round(6, others)).ShouldBe(expected);

    [Theory]
    [InlineData(9_999, CoinJoinRule.None)]
    [InlineData(10_000, CoinJoinRule.EqualOutputs)]
    public void Value_AtLeastTenThousandSatoshis(ulong value, CoinJoinRule expected) =>
        CoinJoins.Recognise(Of(6.Times(Coin), 6.Times(value))).ShouldBe(expected);

    [Theory]
    [InlineData(5, CoinJoinRule.None)]
    [InlineData(6, CoinJoinRule.EqualOutputs)]
    public void Owners_AtLeastOnePerEqualOutput(int owners, CoinJoinRule expected) => CoinJoins.Recognise(Of(owners.Times(Coin), 6.Times(7_654_321))).ShouldBe(expected);

    [Fact]
    public void UnknownOwners_CountOneEach()
    {
        Movement round = Round(6, 0);
        CoinJoins.Recognise(round with { Inputs = [.. round.Inputs.Select(i => i with { Owner = null })] }).ShouldBe(CoinJoinRule.EqualOutputs);
    }

    [Fact]
    public void SeveralInputsOfOneOwner_PayOneShareOnly()
    {
        // Six owners; the first has nearly all, so it paid for the others: a batch.
        Movement batch = Of([.. Enumerable.Repeat(In(0, 10 * Coin), 20), .. Enumerable.Range(1, 5).Select(i => In(i, 1_000))], Enumerable.Range(50, 6).Select(i => Out(i, 7_654_321)));
        CoinJoins.Recognise(batch).ShouldBe(CoinJoinRule.None);
    }

    private static Movement Round(int equal, int others) => Of((equal + 1).Times(Coin), equal.Times(7_654_321).Concat(Changes(others)));
}
