namespace ChainWatch.Tests;

public class AssetTests
{
    private const string Usdt = "0xdAC17F958D2ee523a2206206994597C13D831ec7";

    [Fact]
    public void Equality_IsByChainAndContract()
    {
        Asset token = Asset.Token(Address.Parse(Usdt));
        token.ShouldBe(Asset.Token(Address.Parse(Usdt.ToLowerInvariant())));
        token.GetHashCode().ShouldBe(Asset.Token(Address.Parse(Usdt.ToLowerInvariant())).GetHashCode());
        (token != Asset.Token(Address.Parse(Usdt).OnChain(Chain.Parse("polygon")))).ShouldBeTrue();
        (token == Asset.Native(Chain.Ethereum)).ShouldBeFalse();
        Asset.Native(Chain.Ethereum).ShouldNotBe(Asset.Native(Chain.Bitcoin));
    }

    [Fact]
    public void Token_IsOnItsContractsChain()
    {
        Asset token = Asset.Token(Address.Parse(Usdt, Chain.Parse("polygon")));
        token.Chain.Name.ShouldBe("polygon");
        token.IsNative.ShouldBeFalse();
        token.ToString().ShouldBe(Usdt);
        Asset.Native(Chain.Bitcoin).IsNative.ShouldBeTrue();
        Asset.Native(Chain.Bitcoin).ToString().ShouldBe("native");
    }

    [Fact]
    public void CompareTo_TheCoinFirstThenTokensByContract()
    {
        Asset first = Asset.Token(Address.Parse("0x0000000000000000000000000000000000000001"));
        Asset[] assets = [Asset.Token(Address.Parse(Usdt)), first, Asset.Native(Chain.Ethereum), Asset.Native(Chain.Bitcoin)];
        assets.Order().ShouldBe([Asset.Native(Chain.Bitcoin), Asset.Native(Chain.Ethereum), first, Asset.Token(Address.Parse(Usdt))]);
    }
}
