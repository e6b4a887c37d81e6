namespace ChainWatch.Tests;

public class ChainTests
{
    // The first 16 bytes of the genesis block's hash; for the forks of Bitcoin, of their first own block.
    [Theory]
    [InlineData("ethereum", "eip155:1")]
    [InlineData("bitcoin", "bip122:000000000019d6689c085ae165831e93")]
    [InlineData("bitcoin-testnet", "bip122:000000000933ea01ad0ee984209779ba")]
    [InlineData("bitcoin-testnet4", "bip122:00000000da84f2bafbbc53dee25a72ae")]
    [InlineData("bitcoin-signet", "bip122:00000008819873e925422c1ff0f99f7c")]
    [InlineData("bitcoin-regtest", "bip122:0f9188f13cb7b2c71f2a335e3a4fc328")]
    [InlineData("litecoin", "bip122:12a765e31ffd4059bada1e25190f6e98")]
    [InlineData("dogecoin", "bip122:1a91e3dace36e2be3bf030a65679fe82")]
    [InlineData("dash", "bip122:00000ffd590b1485b3caadc19b22e637")]
    [InlineData("zcash", "bip122:00040fe8ec8471911baa1db1266ea15d")]
    [InlineData("bitcoin-cash", "bip122:000000000000000000651ef99cb9fcbe")]
    [InlineData("bitcoin-sv", "bip122:000000000000000001d956714215d96f")]
    [InlineData("verge", "bip122:00000fc63692467faeb20cdb3b53200d")]
    [InlineData("monero", "monero:418015bb9ae982a1975da7d79277c270")]
    [InlineData("solana", "solana:5eykt4UsFv8P8NJdTREpY1vzqKqZKvdp")]
    [InlineData("tron", "tron:0x2b6653dc")]
    [InlineData("xrp", "xrpl:0")]
    [InlineData("bnb-beacon-chain", "cosmos:Binance-Chain-Tigris")]
    public void Parse_NameOrIdentifier_IsTheSameChain(string name, string id)
    {
        Chain.Parse(name).ShouldBe(Chain.Parse(id));
        Chain.Parse(name).GetHashCode().ShouldBe(Chain.Parse(id).GetHashCode());
        Chain.Parse(id).Name.ShouldBe(name);
        Chain.Parse(name).Id.ShouldBe(id);
        Chain.Parse(name).Namespace.ShouldBe(id[..id.IndexOf(':', StringComparison.Ordinal)]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("etherium")]
    [InlineData("EIP155:1")]
    [InlineData("eip155:")]
    [InlineData("eip155:0")]
    [InlineData("eip155:01")]
    [InlineData("eip155:x")]
    [InlineData("eip155:-1")]
    [InlineData("ab:1")]
    [InlineData("abcdefghi:1")]
    [InlineData("ABC:1")]
    [InlineData("abc:123456789012345678901234567890123")]
    [InlineData("abc:1:2")]
    [InlineData("abc:a b")]
    [InlineData("eip155:1\n")]
    public void Parse_AnythingElse_IsAnErrorThatShowsIt(string text)
    {
        Chain.TryParse(text, out Chain chain).ShouldBeFalse();
        chain.ShouldBe(default);
        Should.Throw<ChainWatchException>(() => Chain.Parse(text)).Message.ShouldStartWith($"unknown chain '{text}'");
    }

    [Theory]
    [InlineData("Ethereum")]
    [InlineData("ETHEREUM")]
    [InlineData("BitCoin-Cash")]
    public void Parse_NameInAnotherCase_IsTheSameChain(string name) => Chain.Parse(name).Name.ShouldBe(name.ToLowerInvariant());

    [Fact]
    public void Parse_IdentifierInAnotherCase_IsNotTheSameChain() => Chain.Parse("solana:5EYKT4USFV8P8NJDTREPY1VZQKQZKVDP").ShouldNotBe(Chain.Parse("solana"));

    [Fact]
    public void TryParse_Null_IsFalse() => Chain.TryParse(null, out _).ShouldBeFalse();

    [Fact]
    public void AnUnknownEvmChain_WorksByItsId()
    {
        Chain chain = Chain.Evm(59144);
        chain.Id.ShouldBe("eip155:59144");
        chain.Name.ShouldBe("eip155:59144");
        chain.IsEvm.ShouldBeTrue();
        chain.CanBeTraced.ShouldBeTrue();
        Chain.Evm(1).ShouldBe(Chain.Ethereum);
    }

    [Fact]
    public void IsBitcoin_AllFiveNetworksAndNoRelative()
    {
        string[] networks = ["bitcoin", "bitcoin-testnet", "bitcoin-testnet4", "bitcoin-signet", "bitcoin-regtest"];
        networks.ShouldAllBe(n => Chain.Parse(n).IsBitcoin && Chain.Parse(n).CanBeTraced);
        string[] others = ["ethereum", "litecoin", "bitcoin-cash", "bitcoin-sv", "bitcoin-gold", "abc:1"];
        others.ShouldAllBe(n => !Chain.Parse(n).IsBitcoin);
        default(Chain).IsBitcoin.ShouldBeFalse();
        Chain.Parse("litecoin").CanBeTraced.ShouldBeFalse();
    }

    [Fact]
    public void CompareTo_OrdersByName()
    {
        Chain[] chains = [Chain.Parse("tron"), Chain.Evm(59144), Chain.Ethereum, Chain.Bitcoin];
        chains.Order().Select(c => c.Name).ShouldBe(["bitcoin", "eip155:59144", "ethereum", "tron"]);
    }
}
