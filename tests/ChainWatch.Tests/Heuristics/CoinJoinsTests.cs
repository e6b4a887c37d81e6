using System.Numerics;
using ChainWatch.Heuristics;
using static ChainWatch.Tests.Heuristics.Spends;

namespace ChainWatch.Tests.Heuristics;

public class CoinJoinsTests
{
    [Fact]
    public void PaymentWithChange() => ShouldBeNone(Of([In(1, Coin)], [Out(2, 30_000_000), Out(3, 69_990_000)]));

    [Fact]
    public void TwoPartyPayment_WithEqualOutputs() => ShouldBeNone(Of([Coin, Coin], [40_000_000, 40_000_000, 59_000_000, 59_500_000]));

    [Fact]
    public void Consolidation() => ShouldBeNone(Of(200.Times(1_000_000), [199_000_000]));

    [Fact]
    public void ConsolidationOfManyOwners_ToThreeAddresses() => ShouldBeNone(Of(200.Times(1_000_000), [60_000_000, 60_000_000, 60_000_000]));

    [Fact]
    public void ExchangeBatch_EqualAmountsFromOneWallet() => ShouldBeNone(Of([In(1, 50 * Coin)], Enumerable.Range(10, 100).Select(i => Out(i, 10_000_000))));

    [Fact]
    public void ExchangeBatch_EqualAmountsFromSmallDeposits() =>
        ShouldBeNone(Of(60.Times(900_000).Append(50 * Coin), 40.Times(10_000_000).Concat(Changes(10))));

    [Fact]
    public void ExchangeBatch_MostAmountsDiffer() => ShouldBeNone(Of(30.Times(2 * Coin), 6.Times(10_000_000).Concat(Changes(60))));

    [Fact]
    public void OneOwner_SplitsIntoEqualOutputs() => ShouldBeNone(Of(8.Times(Coin), 8.Times(99_000_000)).OfOneOwner());

    [Fact]
    public void TwoOwners_SplitIntoEqualOutputs() =>
        ShouldBeNone(Of([In(1, 4 * Coin), In(2, 4 * Coin), In(1, Coin), In(2, Coin)], Enumerable.Range(10, 6).Select(i => Out(i, Coin))));

    [Fact]
    public void Airdrop_FromSeveralInputsOfOneOwner() => ShouldBeNone(Of(30.Times(Coin), 25.Times(1_000_000).Concat(Changes(1))).OfOneOwner());

    [Fact]
    public void DustAirdrop_FromManyOwners() => ShouldBeNone(Of(30.Times(100_000), 30.Times(546)));

    [Fact]
    public void OutputWithoutAddress_MarksATokenTransferOrTx0()
    {
        Movement premix = Of(8.Times(6_000_000), 8.Times(5_000_605).Concat(new ulong[] { 175_000, 0 }));
        ShouldBeNone(premix.WithOutput(9, _ => new MovementOutput(null, Amount.Zero)));
    }

    [Fact]
    public void Coinbase() => ShouldBeNone(Of([], 50.Times(6_250_000)));

    [Theory]
    [InlineData(2, 20)]
    [InlineData(20, 2)]
    [InlineData(0, 0)]
    public void FewerThanThree_InputsOrOutputs(int inputs, int outputs) => ShouldBeNone(Of(inputs.Times(Coin), outputs.Times(5_000_000)));

    [Fact]
    public void AnotherChain()
    {
        Movement join = Of(6.Times(Coin), 6.Times(7_654_321));
        CoinJoins.Recognise(join).ShouldBe(CoinJoinRule.EqualOutputs);
        ShouldBeNone(join with { Asset = Asset.Native(Chain.Ethereum), Position = new ChainPosition(Chain.Ethereum, 1, 1) });
        CoinJoins.Recognise(join with { Asset = Asset.Native(Chain.BitcoinTestnet4) }).ShouldBe(CoinJoinRule.EqualOutputs);
    }

    [Fact]
    public void ValueAboveAllBitcoin_IsNone()
    {
        Movement join = Of(6.Times(Coin), 6.Times(7_654_321));
        ShouldBeNone(join.WithInput(0, i => i with { Value = Amount.MaxValue }));
        ShouldBeNone(join.WithOutput(0, o => o with { Value = Amount.From(BigInteger.Pow(2, 64) + 7_654_321) }));
    }

    [Fact]
    public void OrdinaryMovement_AllocatesNothing()
    {
        Movement payment = Of([In(1, Coin)], Enumerable.Range(10, 100).Select(i => Out(i, 900_000)));
        CoinJoins.Recognise(payment);
        long before = GC.GetAllocatedBytesForCurrentThread();
        CoinJoins.Recognise(payment);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Fact]
    public void NameOf_EveryRule_IsDifferent()
    {
        CoinJoinRule[] rules = Enum.GetValues<CoinJoinRule>();
        rules.Select(CoinJoins.NameOf).Distinct().Count().ShouldBe(rules.Length);
        CoinJoins.NameOf(CoinJoinRule.Wasabi2).ShouldBe("Wasabi 2.x");
        Should.Throw<ArgumentOutOfRangeException>(() => CoinJoins.NameOf((CoinJoinRule)200));
    }

    private static void ShouldBeNone(Movement movement) => CoinJoins.Recognise(movement).ShouldBe(CoinJoinRule.None);
}
