using System.Globalization;
using System.IO.Compression;
using System.Numerics;
using ChainWatch.Sources;

namespace ChainWatch.Tests.Sources;

public class EtlTransactionsTests
{
    private const string A = "0x00000000000000000000000000000000000000aa";
    private const string B = "0x00000000000000000000000000000000000000bb";
    private const string C = "0x00000000000000000000000000000000000000cc";
    private static readonly string Hash = "0x" + new string('1', 64);

    [Fact]
    public async Task WithReceipts_FailedMoveNothing_AndCreationsPayTheContract()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write(
            "transactions.csv",
            "hash,nonce,block_number,transaction_index,from_address,to_address,value,input,block_timestamp,receipt_status,receipt_contract_address\n" +
            $"{Hash},0,7,0,{A},{B},5,0x,1488775107,1,\n" +
            $",0,7,1,{A},{B},6,0x,1488775107,0,\n" +
            $",0,7,2,{A},,7,0x60,2017-03-06 04:38:27 UTC,1,{C}\n" +
            $",0,7,3,{A},,8,0x60,1488775107,,\n");

        (CollectingSink sink, IReadOnlyList<SourceCoverage> coverage) = await CollectingSink.ReadAsync(path);

        DateTimeOffset time = new(2017, 3, 6, 4, 38, 27, TimeSpan.Zero);
        Asset ether = Asset.Native(Chain.Ethereum);
        sink.Transfers.ShouldBe([
            new Transfer(new ChainPosition(Chain.Ethereum, 7, 0), Address.Parse(A), Address.Parse(B), ether, Amount.From(5), TxId.Parse(Hash), time),
            new Transfer(new ChainPosition(Chain.Ethereum, 7, 2), Address.Parse(A), Address.Parse(C), ether, Amount.From(7), null, time)]);
        Movement creation = sink.Movements.ShouldHaveSingleItem();
        creation.Inputs.ShouldBe([new MovementInput(Address.Parse(A), Amount.From(8))]);
        creation.Outputs.ShouldBe([new MovementOutput(null, Amount.From(8))]);
        sink.Origins.Select(origin => origin.Line).ShouldBe([2, 4, 5]);
        coverage[0].Kind.ShouldBe("ethereum-etl-transactions");
        coverage[0].Rows.ShouldBe(4);
        coverage[0].Notes.ShouldBe([
            "transactions alone: transfers of tokens and transfers inside transactions are not in such a file",
            "1 failed transaction, which moved nothing",
            "1 contract creation whose contract's address the file does not give: its value goes to an output without an address",
            "1 transaction with an empty receipt_status: whether it failed cannot be told, and it counts as a transfer"]);
    }

    [Theory]
    [InlineData("x", "bad.csv:2: receipt_status: 'x' is not a status; expected 1 (succeeded), 0 (failed) or nothing")]
    public void BadStatus(string status, string expected) =>
        BadFile.Transfers($"hash,block_number,transaction_index,from_address,to_address,value,receipt_status\n{Hash},1,0,{A},{B},1,{status}\n").ShouldBe(expected);

    [Fact]
    public void BadFields_AreNamedAsTheFileNamesThem()
    {
        const string header = "hash,block_number,transaction_index,from_address,to_address,value\n";
        BadFile.Transfers(header + $"{Hash},x,0,{A},{B},1").ShouldStartWith("bad.csv:2: block_number: 'x'");
        BadFile.Transfers(header + $"{Hash},1,x,{A},{B},1").ShouldStartWith("bad.csv:2: transaction_index: 'x'");
        BadFile.Transfers(header + $"{Hash},1,0,,{B},1").ShouldStartWith("bad.csv:2: from_address: ");
        BadFile.Transfers(header + $"{Hash},1,0,{A},x,1").ShouldStartWith("bad.csv:2: to_address: 'x'");
        BadFile.Transfers(header + $"x,1,0,{A},{B},1").ShouldStartWith("bad.csv:2: hash: 'x'");
        BadFile.Transfers(header.Replace(",value", "", StringComparison.Ordinal)).ShouldStartWith("bad.csv:1: value: the header has no such column");
    }

    [SkippableFact]
    public async Task RealMainnet_AllTransactions_SumsAgreeWithASimpleReading()
    {
        string path = TestData.Real("transfers/ethereum_mainnet_3300000_3302204.csv.gz");
        (CollectingSink sink, IReadOnlyList<SourceCoverage> coverage) = await CollectingSink.ReadAsync(path);

        // The twin: split at commas, which is right for this file since nothing in it is quoted.
        using StreamReader reader = new(new GZipStream(File.OpenRead(path), CompressionMode.Decompress));
        string[] header = reader.ReadLine()!.Split(',');
        int from = Array.IndexOf(header, "from_address");
        int to = Array.IndexOf(header, "to_address");
        int value = Array.IndexOf(header, "value");
        BigInteger sum = 0;
        int rows = 0;
        int creations = 0;
        HashSet<string> addresses = [];
        while (reader.ReadLine() is string line)
        {
            string[] fields = line.Split(',');
            rows++;
            creations += fields[to].Length == 0 ? 1 : 0;
            sum += BigInteger.Parse(fields[value], CultureInfo.InvariantCulture);
            addresses.UnionWith(new[] { fields[from], fields[to] }.Where(a => a.Length > 0));
        }

        rows.ShouldBe(19_999);
        addresses.Count.ShouldBe(10_905);
        coverage[0].Rows.ShouldBe(rows);
        sink.Movements.Count.ShouldBe(creations);
        sink.Transfers.Count.ShouldBe(rows - creations);
        BigInteger read = sink.Transfers.Aggregate(BigInteger.Zero, (total, transfer) => total + transfer.Value.ToBigInteger())
            + sink.Movements.Aggregate(BigInteger.Zero, (total, movement) => total + movement.Inputs[0].Value.ToBigInteger());
        read.ShouldBe(sum);
        sink.Transfers.SelectMany(t => new[] { t.From, t.To }).Concat(sink.Movements.Select(m => m.Inputs[0].Owner!.Value)).Distinct().Count().ShouldBe(10_905);
        sink.Transfers.ShouldAllBe(t => t.Position.Block >= 3_300_000 && t.Position.Block <= 3_302_204 && t.Position.Index != null && t.Time != null && t.Tx != null);
        coverage[0].Notes.ShouldContain("no column receipt_status: failed transactions cannot be told apart and count as transfers");
    }
}
