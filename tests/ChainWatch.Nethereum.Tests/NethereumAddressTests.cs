using Nethereum.Util;
using Nethereum.Web3.Accounts;

namespace ChainWatch.Nethereum.Tests;

public sealed class NethereumAddressTests
{
    private const string Checksummed = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
    private static readonly Address Value = Address.Parse(Checksummed);

    [Theory]
    [InlineData(Checksummed)]
    [InlineData("0x098b716b8aaf21512996dc57eb0615e2383e2f96")]
    [InlineData("0X098B716B8AAF21512996DC57EB0615E2383E2F96")]
    [InlineData("098b716b8aaf21512996dc57eb0615e2383e2f96")]
    [InlineData("098B716B8Aaf21512996dC57EB0615e2383E2f96")]
    public void Parse_AsNethereumHoldsIt_IsTheAddress(string text)
    {
        NethereumAddress.Parse(text).ShouldBe(Value);
        NethereumAddress.TryParse(text, out Address address, Chain.Evm(137)).ShouldBeTrue();
        address.ShouldBe(Value.OnChain(Chain.Evm(137)));
        NethereumAddress.Parse(text).ToNethereum().ShouldBe(Checksummed);
        AddressUtil.Current.AreAddressesTheSame(text, Value.ToNethereum()).ShouldBe(!text.StartsWith("0X", StringComparison.Ordinal), "Nethereum's own comparison takes 0X for a digit");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0x0")]
    [InlineData("0x98b716b8aaf21512996dc57eb0615e2383e2f96")]
    [InlineData("0x000000000000000000000000098b716b8aaf21512996dc57eb0615e2383e2f96")]
    [InlineData("vitalik.eth")]
    public void Parse_WhatIsNoAddress_IsRefusedInOneLine(string? text)
    {
        Should.Throw<ChainWatchException>(() => NethereumAddress.Parse(text)).Message.ShouldNotContain('\n');
        NethereumAddress.TryParse(text, out _).ShouldBeFalse();
    }

    // Nethereum takes it for an address; a letter may have been mistyped.
    [Fact]
    public void Parse_AWrongChecksum_IsRefused()
    {
        const string wrong = "0x098b716B8Aaf21512996dC57EB0615e2383E2f96";
        wrong.IsValidEthereumAddressHexFormat().ShouldBeTrue();
        wrong.IsEthereumChecksumAddress().ShouldBeFalse();
        Should.Throw<ChainWatchException>(() => NethereumAddress.Parse(wrong)).Message.ShouldContain("EIP-55");
    }

    [Fact]
    public void Parse_OnAChainThatIsNone_SaysWhatWasExpected() =>
        Should.Throw<ChainWatchException>(() => NethereumAddress.Parse(Checksummed, Chain.Bitcoin)).Message.ShouldBe("bitcoin is no EVM chain; expected one such as eip155:1");

    [Fact]
    public void ToAddress_OfAnAccount_IsThatOfItsKey()
    {
        // The key 1: its address is known from the curve's base point.
        Account account = new("0x0000000000000000000000000000000000000000000000000000000000000001");
        account.ToAddress().ShouldBe(Address.Parse("0x7E5F4552091A69125d5DfCb7b8C2659029395Bdf"));
    }

    [Fact]
    public void ToNethereum_OfABitcoinAddress_IsRefused() =>
        Should.Throw<ChainWatchException>(() => Address.Parse("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa").ToNethereum()).Message.ShouldEndWith("is no address of an EVM chain");
}
