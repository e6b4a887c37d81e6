using ChainWatch.Labels;
using ChainWatch.Tests.Sources;

namespace ChainWatch.Tests.Labels;

public class LabelFileTests
{
    private const string Header = "chain,address,category,name,source\n";
    private const string A = "0x00000000000000000000000000000000000000aa";
    private const string B = "0x00000000000000000000000000000000000000bb";

    [Fact]
    public void Labels_AreOnePerAddress_InCanonicalOrder()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write("l.csv", Header + $"ethereum,{B},mixer,M,s\nethereum,{A},exchange,X,s1\nethereum,{A},exchange,X,s1\nethereum,{A},exchange,X 2,s2\neip155:137,{A},own,,\n");
        StopList list = LabelFile.Read(path);
        list.Name.ShouldBe(path);
        list.Labels.ShouldBe([
            new StopLabel(Address.Parse(A), StopCategory.Exchange, "X; X 2", "s1; s2"),
            new StopLabel(Address.Parse(B), StopCategory.Mixer, "M", "s"),
            new StopLabel(Address.Parse(A, Chain.Evm(137)), StopCategory.Own, "", "")], ignoreOrder: true);
        list.Labels.ShouldBe(list.Labels.OrderBy(label => label.Address));
    }

    [Theory]
    [InlineData("ethereum,A,swap,n,s", "bad.csv:2: category: unknown category 'swap'; expected one of exchange, payment, gambling, custodian, own, dex, router, wrapper, splitter, mixer, bridge, lending, privacy, coinjoin")]
    [InlineData("ethereum,A,mixer,n,s\nethereum,A,dex,n,s", "bad.csv:3: category: 'dex' for 0x00000000000000000000000000000000000000AA, which line 2 calls 'mixer'; expected one category per address")]
    [InlineData("etherium,A,mixer,n,s", "bad.csv:2: chain: unknown chain 'etherium'; expected ethereum, bitcoin or a CAIP-2 id such as eip155:137")]
    [InlineData("ethereum,0x1,mixer,n,s", "bad.csv:2: address: '0x1' is no address of ethereum: expected 0x and 40 hexadecimal digits")]
    [InlineData("", "bad.csv: the file holds no label; expected at least one row")]
    public void BadFile_IsRefused(string rows, string expected) =>
        BadFile.Message(path => LabelFile.Read(path), Header + rows.Replace(",A,", $",{A},", StringComparison.Ordinal)).ShouldBe(expected);

    [Fact]
    public void MissingColumn_IsNamed() =>
        BadFile.Message(path => LabelFile.Read(path), "chain,address,name,source\n")
            .ShouldBe("bad.csv:1: category: the header has no such column; expected chain,address,category,name,source");
}
