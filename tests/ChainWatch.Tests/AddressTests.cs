namespace ChainWatch.Tests;

public class AddressTests
{
    private const string Checksummed = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";

    [Fact]
    public void Equality_IgnoresCaseAndKeepsTheChain()
    {
        Address address = Address.Parse(Checksummed);
        Address lower = Address.Parse(Checksummed.ToLowerInvariant());
        address.ShouldBe(lower);
        (address == lower).ShouldBeTrue();
        address.GetHashCode().ShouldBe(lower.GetHashCode());
        address.ToString().ShouldBe(Checksummed);
        address.ToCanonicalString().ShouldBe(Checksummed.ToLowerInvariant());
        address.ToCaip10().ShouldBe($"eip155:1:{Checksummed}");

        Address onPolygon = address.OnChain(Chain.Parse("polygon"));
        (onPolygon != address).ShouldBeTrue();
        onPolygon.ToString().ShouldBe(Checksummed);
        onPolygon.OnChain(Chain.Ethereum).ShouldBe(address);
    }

    [Fact]
    public void Equality_TheSameHashInAnotherForm_IsAnotherAddress()
    {
        byte[] hash = new byte[20];
        hash[3] = 7;
        Address[] addresses =
        [
            Address.FromPayload(Chain.Ethereum, AddressKind.Evm, hash),
            Address.FromPayload(Chain.Bitcoin, AddressKind.P2Pkh, hash),
            Address.FromPayload(Chain.Bitcoin, AddressKind.P2Sh, hash),
            Address.FromPayload(Chain.Bitcoin, AddressKind.P2Wpkh, hash),
            Address.FromPayload(Chain.BitcoinTestnet, AddressKind.P2Wpkh, hash),
        ];
        addresses.Distinct().Count().ShouldBe(5);
        addresses.Select(a => a.ToString()).Distinct().Count().ShouldBe(5);
    }

    [Fact]
    public void FromPayload_ThatDoesNotFitItsKindOrChain_IsRefused()
    {
        Should.Throw<ChainWatchException>(() => Address.FromPayload(Chain.Ethereum, AddressKind.Evm, new byte[19]));
        Should.Throw<ChainWatchException>(() => Address.FromPayload(Chain.Ethereum, AddressKind.Evm, new byte[21]));
        Should.Throw<ChainWatchException>(() => Address.FromPayload(Chain.Ethereum, AddressKind.Evm, new byte[100]));
        Should.Throw<ChainWatchException>(() => Address.FromPayload(Chain.Bitcoin, AddressKind.Evm, new byte[20]));
        Should.Throw<ChainWatchException>(() => Address.FromPayload(Chain.Ethereum, AddressKind.P2Pkh, new byte[20]));
        Should.Throw<ChainWatchException>(() => Address.FromPayload(Chain.Bitcoin, AddressKind.P2Tr, new byte[20]));
        Should.Throw<ChainWatchException>(() => Address.FromPayload(Chain.Bitcoin, AddressKind.Text, []));
        Should.Throw<ChainWatchException>(() => Address.FromPayload(Chain.Bitcoin, AddressKind.None, []));
        Should.Throw<ChainWatchException>(() => Address.FromPayload(Chain.Parse("litecoin"), AddressKind.P2Pkh, new byte[20]));
    }

    [Fact]
    public void OnChain_BetweenChainsThatShareNoAddresses_Throws()
    {
        Should.Throw<InvalidOperationException>(() => Address.Parse("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa").OnChain(Chain.BitcoinTestnet));
        Should.Throw<InvalidOperationException>(() => Address.Parse(Checksummed).OnChain(Chain.Bitcoin));
    }

    [Fact]
    public void IsZero_OnlyTheEvmZeroAddress()
    {
        Address.Parse("0x0000000000000000000000000000000000000000").IsZero.ShouldBeTrue();
        Address.Parse("0x0000000000000000000000000000000000000001").IsZero.ShouldBeFalse();
        Address.FromPayload(Chain.Bitcoin, AddressKind.P2Pkh, new byte[20]).IsZero.ShouldBeFalse();
        default(Address).IsZero.ShouldBeFalse();
    }

    [Fact]
    public void Default_IsNoAddressAndIsWrittenEmpty()
    {
        default(Address).Kind.ShouldBe(AddressKind.None);
        default(Address).ToString().ShouldBe("");
        default(Address).ToCanonicalString().ShouldBe("");
        default(Address).CompareTo(default).ShouldBe(0);
    }

    [Fact]
    public void CompareTo_IsTheOrderOfChainAndCanonicalText()
    {
        Random random = new(8);
        List<Address> addresses = [Address.Parse("bc1pfeessrawgf"), Address.Parse("TUCsTq7TofTCJRRoHk6RvhMoS2mJLm5Yzq")];
        byte[] bytes = new byte[32];
        for (int n = 0; n < 200; n++)
        {
            random.NextBytes(bytes);
            addresses.Add(Address.FromPayload(Chain.Ethereum, AddressKind.Evm, bytes.AsSpan(0, 20)));
            addresses.Add(Address.FromPayload(Chain.Parse("polygon"), AddressKind.Evm, bytes.AsSpan(0, 20)));
            addresses.Add(Address.FromPayload(Chain.Bitcoin, AddressKind.P2Pkh, bytes.AsSpan(0, 20)));
            addresses.Add(Address.FromPayload(Chain.Bitcoin, AddressKind.P2Tr, bytes));
        }

        // Addresses that differ in their last bytes alone, too.
        addresses.Add(Address.Parse("0x0000000000000000000000000000000000000001"));
        addresses.Add(Address.Parse("0x0000000000000000000000000000000000000002"));
        addresses.Add(Address.Parse("0x0000000000000000000000010000000000000000"));
        string[] expected = [.. addresses.Select(a => $"{a.Chain.Name} {a.ToCanonicalString()}").Order(StringComparer.Ordinal)];
        addresses.Order().Select(a => $"{a.Chain.Name} {a.ToCanonicalString()}").ToArray().ShouldBe(expected);
    }

    [Fact]
    public void CopyPayload_GivesTheBytesBack()
    {
        byte[] bytes = [.. Enumerable.Range(1, 32).Select(i => (byte)i)];
        byte[] copy = new byte[32];
        Address.FromPayload(Chain.Bitcoin, AddressKind.P2Wsh, bytes).CopyPayload(copy);
        copy.ShouldBe(bytes);
        byte[] twenty = new byte[20];
        Address.FromPayload(Chain.Ethereum, AddressKind.Evm, bytes.AsSpan(0, 20)).CopyPayload(twenty);
        twenty.ShouldBe(bytes[..20]);
    }

    [Fact]
    public void TryParse_NullOrNoAddress_IsFalse()
    {
        Address.TryParse(null, out _).ShouldBeFalse();
        Address.TryParse(null, Chain.Ethereum, out _).ShouldBeFalse();
        Address.TryParse("nothing", out Address address).ShouldBeFalse();
        address.ShouldBe(default);
    }

    [Fact]
    public void AsListed_WhatIsNoAddress_EqualsTheSameTextAlone()
    {
        Chain monero = Chain.Parse("monero");
        Address listed = Address.AsListed("5be5543f", monero);
        listed.ShouldBe(Address.AsListed("5be5543f", monero));
        listed.ShouldNotBe(Address.AsListed("5BE5543F", monero));
        listed.ToString().ShouldBe("5be5543f");
    }
}
