using ChainWatch.Labels;
using ChainWatch.Reporting;

namespace ChainWatch.Tests.Reporting;

public class SymbolBookTests
{
    private static readonly Address Contract = ReportCase.Wallet(9);

    [Theory]
    [InlineData("0", "0 ETH")]
    [InlineData("1", "0.000000000000000001 ETH")]
    [InlineData("1000000000000000000", "1 ETH")]
    [InlineData("999999999999999999999", "999.999999999999999999 ETH")]
    [InlineData("1000000000000000000000", "1,000 ETH")]
    [InlineData("1234567000000000000000000", "1,234,567 ETH")]
    public void Display_Ether_EveryDigit(string wei, string expected) =>
        new SymbolBook(TokenList.Empty).Display(Asset.Native(Chain.Ethereum), Amount.Parse(wei)).ShouldBe(expected);

    [Fact]
    public void Display_Bitcoin_EightDecimals() =>
        new SymbolBook(TokenList.Empty).Display(Asset.Native(Chain.Bitcoin), Amount.From(123_456_789)).ShouldBe("1.23456789 BTC");

    [Fact]
    public void Display_TokenOfTheList_ItsSymbolAndDecimals() =>
        new SymbolBook(new TokenList("t", [new Token(Contract, "USDT", 6, "", "")])).Display(Asset.Token(Contract), Amount.From(1_500_000)).ShouldBe("1.5 USDT");

    [Fact]
    public void Display_TokenWithoutDecimals_NoPoint() =>
        new SymbolBook(new TokenList("t", [new Token(Contract, "UNIT", 0, "", "")])).Display(Asset.Token(Contract), Amount.From(1_500)).ShouldBe("1,500 UNIT");

    [Fact]
    public void Display_OtherToken_BaseUnitsAndNoSymbol() =>
        new SymbolBook(TokenList.Empty).Display(Asset.Token(Contract), Amount.MaxValue)
            .ShouldBe("115,792,089,237,316,195,423,570,985,008,687,907,853,269,984,665,640,564,039,457,584,007,913,129,639,935 base units of 0x9999…9999 (unrecognised token)");

    [Fact]
    public void NameOf_CoinOfAnotherEvmChain_IsNotEther() =>
        new SymbolBook(TokenList.Empty).Display(Asset.Native(Chain.Evm(137)), Amount.Parse("1000000000000000000")).ShouldBe("1 native coin of polygon");
}
