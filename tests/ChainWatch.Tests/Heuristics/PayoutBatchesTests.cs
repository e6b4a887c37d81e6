using ChainWatch.Heuristics;
using static ChainWatch.Tests.Heuristics.Spends;

namespace ChainWatch.Tests.Heuristics;

public class PayoutBatchesTests
{
    [Theory]
    [InlineData(20, 0)]
    [InlineData(21, 21)]
    [InlineData(143, 143)]
    public void Payees_MoreThanTwenty(int payees, int expected) => PayoutBatches.PayeesOf(Of([50 * Coin], Changes(payees))).ShouldBe(expected);

    [Fact]
    public void AddressPaidTwice_CountsOnce()
    {
        Movement batch = Of([50 * Coin], Changes(21));
        PayoutBatches.PayeesOf(batch.WithOutput(0, o => o with { Owner = batch.Outputs[1].Owner })).ShouldBe(0);
    }

    [Fact]
    public void ChangeToThePayer_IsNoPayee() => PayoutBatches.PayeesOf(Of([50 * Coin], Changes(21)).WithOutput(0, o => o with { Owner = At(0) })).ShouldBe(0);

    [Fact]
    public void OutputWithoutAddress_IsNoPayee() => PayoutBatches.PayeesOf(Of([50 * Coin], Changes(22)).WithOutput(0, o => o with { Owner = null })).ShouldBe(21);

    [Fact]
    public void CoinJoin_IsNoBatch() => PayoutBatches.PayeesOf(Wasabi2(60, 50, 5)).ShouldBe(0);

    [Fact]
    public void Coinbase_IsNoBatch() => PayoutBatches.PayeesOf(Of([], Changes(30))).ShouldBe(0);

    [Fact]
    public void ManyInputs_AreABatchToo() => PayoutBatches.PayeesOf(Of(40.Times(Coin), Changes(30))).ShouldBe(30);
}
