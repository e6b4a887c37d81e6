using ChainWatch.Sources;

namespace ChainWatch.Tests.Sources;

public class AddressFileTests
{
    private const string A = "0x00000000000000000000000000000000000000aa";
    private const string B = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
    private const string Bitcoin = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";

    [Theory]
    [InlineData($"{A}\n{B}\n")]
    [InlineData($"# my wallets\n\n{A}  # cold\r\n  {B}")]
    [InlineData($"\uFEFF{A}\r\n\r\n#x\r\n{B}\r\n")]
    [InlineData($"address\n{A}\n{B}\n")]
    [InlineData($"# exported\nname,Address\nx,{A}\n# y\ny,{B}\n")]
    [InlineData($"\"address\",\"name\"\r\n\"{A}\",\"x, y\"\r\n\"{B}\",\"\"\r\n")]
    public void EveryForm_GivesTheAddresses(string text)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        AddressFile.Read(folder.Write("a.txt", text)).Select(row => (row.Address, row.Ref))
            .ShouldBe([(Address.Parse(A), null), (Address.Parse(B), (string?)null)]);
    }

    [Fact]
    public void RefChainAndLine_ComeBack()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write("a.csv", $"ref,chain,address\ncase 7,,{Bitcoin}\n,eip155:137,{A}\n\"a\nb\",ethereum,{A}\n");
        AddressFile.Read(path).ShouldBe([
            new AddressRow(Address.Parse(Bitcoin, Chain.Bitcoin), "case 7", 2),
            new AddressRow(Address.Parse(A, Chain.Evm(137)), null, 3),
            new AddressRow(Address.Parse(A), "a\nb", 4)]);
    }

    [Theory]
    [InlineData($"{A}\nx", "bad.csv:2: address: 'x' ")]
    [InlineData($"{A},{B}", "bad.csv:1: address: '0x00000000000000000000000000000000000000aa,0x")]
    [InlineData("address\n0x098B716B8Aaf21512996dC57EB0615e2383E2f97", "bad.csv:2: address: '0x098B716B8Aaf21512996dC57EB0615e2383E2f97' has a wrong EIP-55 checksum")]
    [InlineData("ref;address\nx;y", "bad.csv:1: the columns are separated by a semicolon (;); expected a comma (,)")]
    [InlineData("address,ref\n,x", "bad.csv:2: address: ")]
    [InlineData($"address,chain\n{A},etherium", "bad.csv:2: chain: unknown chain 'etherium'; expected ethereum, bitcoin, another known name, a CAIP-2 id, or nothing")]
    [InlineData($"address,chain\n{A},bitcoin", "bad.csv:2: address: '0x00000000000000000000000000000000000000aa' is no address of bitcoin")]
    [InlineData($"address,chain\n{A}", "bad.csv:2: the row has 1 fields; expected 2 as in the header")]
    [InlineData($"address,address\n{A},{A}", "bad.csv:1: address: the header has this column twice")]
    [InlineData("address\n", "bad.csv: the file holds no address; expected one a line, or a CSV with a column 'address'")]
    [InlineData("# nothing\n", "bad.csv: the file holds no address; expected one a line, or a CSV with a column 'address'")]
    [InlineData("", "bad.csv: the file is empty")]
    public void BadFile_IsRefused(string text, string expected) =>
        BadFile.Message(path => _ = AddressFile.Read(path).Count(), text).ShouldStartWith(expected);

    [Fact]
    public void BadRows_AreTold_WhereTheCallerAsksForIt()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write("a.txt", $"x\n{A}\ny\n");
        List<string> problems = [];
        AddressFile.Read(path, problem => problems.Add(problem.Message)).Select(row => row.Line).ShouldBe([2]);
        problems.Count.ShouldBe(2);
        problems[0].ShouldStartWith($"{path}:1: address: 'x' ");
        problems[1].ShouldStartWith($"{path}:3: address: 'y' ");
    }

    [Fact]
    public void Gzip_IsRead()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        AddressFile.Read(folder.Write("a", Gzip.Compress(A))).Single().Address.ShouldBe(Address.Parse(A));
    }
}
