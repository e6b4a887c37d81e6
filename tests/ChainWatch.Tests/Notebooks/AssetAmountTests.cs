using System.Numerics;
using ChainWatch.Labels;
using ChainWatch.Notebooks;
using ChainWatch.Tests.Reporting;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Notebooks;

public class AssetAmountTests
{
    private static readonly Asset Ether = Asset.Native(Chain.Ethereum);
    private static readonly Asset Tether = Asset.Token(ReportCase.Tether);
    private static readonly TokenList Tokens = new("tokens", [new Token(ReportCase.Tether, "USDT", 6, "Tether USD", "test")]);

    [Theory]
    [InlineData("401346770000000000000000", "401,346.77 ETH")]
    [InlineData("0", "0 ETH")]
    [InlineData("1", "0.000000000000000001 ETH")]
    [InlineData("-1500000000000000000", "-1.5 ETH")]
    [InlineData("115792089237316195423570985008687907853269984665640564039457584007913129639935", "115,792,089,237,316,195,423,570,985,008,687,907,853,269,984,665,640,564,039,457.584007913129639935 ETH")]
    public void Ether_IsExactWithSeparators(string wei, string text) =>
        AssetAmount.Of(Ether, BigInteger.Parse(wei, System.Globalization.CultureInfo.InvariantCulture)).ToString().ShouldBe(text);

    [Theory]
    [InlineData("98048794800000000000000", 2, "98,048.79 ETH")]
    [InlineData("995000000000000000", 2, "1.00 ETH")]
    [InlineData("4999999999999999", 2, "<0.01 ETH")]
    [InlineData("5000000000000000", 2, "0.01 ETH")]
    [InlineData("-4999999999999999", 2, "<-0.01 ETH")]
    [InlineData("-5000000000000000", 2, "-0.01 ETH")]
    [InlineData("0", 2, "0.00 ETH")]
    [InlineData("400000000000000000", 0, "<1 ETH")]
    [InlineData("1234567500000000000000", 0, "1,235 ETH")]
    [InlineData("1500000000000000000", 18, "1.5 ETH")]
    [InlineData("1500000000000000000", 30, "1.5 ETH")]
    public void Round_PrintsSoManyDigits_AndNeverZeroForSomething(string wei, int places, string text) =>
        AssetAmount.Of(Ether, BigInteger.Parse(wei, System.Globalization.CultureInfo.InvariantCulture)).Round(places).ToString().ShouldBe(text);

    [Fact]
    public void Round_ChangesNoValue()
    {
        AssetAmount exact = AssetAmount.Of(Ether, 1);
        exact.Round(2).ShouldBe(exact);
        exact.Round(2).ToPlainNumber().ShouldBe("0.000000000000000001");
        (exact.Round(2) + exact).Units.ShouldBe(2);
        Should.Throw<ChainWatchException>(() => exact.Round(31)).Message.ShouldContain("31");
        Should.Throw<ChainWatchException>(() => exact.Round(-1));
    }

    [Fact]
    public void Token_HasItsListsSymbol_AndNoOther()
    {
        AssetAmount.Of(Tether, 1_500_000, Tokens).ToString().ShouldBe("1.5 USDT");
        AssetAmount.Of(Tether, 1_500_000).ToString().ShouldBe("1,500,000 base units of 0x9999…9999 (unrecognised token)");
    }

    [Fact]
    public void Sum_OfTwoAssets_IsAnError()
    {
        AssetAmount one = AssetAmount.Of(Ether, 1);
        Should.Throw<ChainWatchException>(() => one + AssetAmount.Of(Tether, 1, Tokens)).Message.ShouldContain("expected one asset");
        (one < AssetAmount.Of(Ether, 2)).ShouldBeTrue();
        (one == AssetAmount.Of(Ether, 1)).ShouldBeTrue();
        one.GetHashCode().ShouldBe(AssetAmount.Of(Ether, 1).GetHashCode());
    }

    [Fact]
    public void In_SumsOneAsset_AndLeavesTheOthersOut()
    {
        TraceResult result = new ReportCase().Trace();
        Exposure two = result.Exposures.First(e => e.List == "ofac-sdn" && e.Address == ReportCase.Wallet(2));
        two.PoisonUpperBound.In(Ether).ToString().ShouldBe("401,346.77 ETH");
        two.Inflows.Select(i => i.Transfer).In(Ether).ShouldBe(two.PoisonUpperBound.In(Ether));
        two.PoisonUpperBound.In(Tether, Tokens).ToString().ShouldBe("0 USDT");
        two.PoisonUpperBound[0].ToAmount().ShouldBe(two.PoisonUpperBound.In(Ether));
        two.Path[0].ToAmount().ToString().ShouldBe("401,346.77 ETH");
    }
}
