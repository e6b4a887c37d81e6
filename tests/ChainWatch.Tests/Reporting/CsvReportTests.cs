using ChainWatch.Graph;
using ChainWatch.Lists;
using ChainWatch.Reporting;
using ChainWatch.Tracing;

namespace ChainWatch.Tests.Reporting;

public class CsvReportTests
{
    private const string Header = "list,direction,chain,address,hops,seed,arrival_block,arrival_position,arrival_time,arrival_tx,order,stop_reason\n";

    [Fact]
    public void WriteCsv_AllAddresses_ExactText()
    {
        static string Hash(int number) => "0x" + ReportCase.Tx(number);

        new ReportCase().Csv().ShouldBe(Header + $"""
            dprk-attributed,received,ethereum,0x6666666666666666666666666666666666666666,0,0x6666666666666666666666666666666666666666,,,,,,
            dprk-attributed,received,ethereum,0x2222222222222222222222222222222222222222,1,0x6666666666666666666666666666666666666666,100,1,2025-02-21T14:29:47Z,{Hash(1001)},proven,
            dprk-attributed,received,ethereum,0x3333333333333333333333333333333333333333,2,0x6666666666666666666666666666666666666666,101,3,2025-02-21T14:31:11Z,{Hash(1013)},proven,service:exchange
            dprk-attributed,received,ethereum,0x4444444444444444444444444444444444444444,2,0x6666666666666666666666666666666666666666,102,,,{Hash(1020)},proven,opaque:mixer
            ofac-sdn,received,ethereum,0x1111111111111111111111111111111111111111,0,0x1111111111111111111111111111111111111111,,,,,,
            ofac-sdn,received,ethereum,0x2222222222222222222222222222222222222222,1,0x1111111111111111111111111111111111111111,100,0,2025-02-21T14:29:47Z,{Hash(1000)},proven,
            ofac-sdn,received,ethereum,0x7777777777777777777777777777777777777777,1,0x1111111111111111111111111111111111111111,104,0,2025-02-22T00:00:12Z,{Hash(1040)},proven,no-onward-transfer
            ofac-sdn,received,ethereum,0x3333333333333333333333333333333333333333,2,0x1111111111111111111111111111111111111111,101,3,2025-02-21T14:31:11Z,{Hash(1013)},proven,service:exchange
            ofac-sdn,received,ethereum,0x4444444444444444444444444444444444444444,2,0x1111111111111111111111111111111111111111,102,,,{Hash(1020)},proven,opaque:mixer

            """.ReplaceLineEndings("\n"));
    }

    [Fact]
    public void WriteCsv_ListNameWithCommaAndQuotes_IsQuoted()
    {
        TransferGraphBuilder builder = new();
        builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 1, 0), ReportCase.Wallet(1), ReportCase.Wallet(2), Asset.Native(Chain.Ethereum), Amount.From(5)));
        TraceResult result = Tracer.Trace(builder.Build(), new TraceRequest { From = [AddressList.Of("case \"42\", second", ReportCase.Wallet(1))], MaxHops = 1 });
        using StringWriter csv = new();

        Report.WriteCsv(result, csv);

        csv.ToString().ShouldBe(Header
            + "\"case \"\"42\"\", second\",received,ethereum,0x1111111111111111111111111111111111111111,0,0x1111111111111111111111111111111111111111,,,,,,\n"
            + "\"case \"\"42\"\", second\",received,ethereum,0x2222222222222222222222222222222222222222,1,0x1111111111111111111111111111111111111111,1,0,,,proven,hop-limit\n");
    }

    [Fact]
    public void WriteCsv_OrderOfPath_IsNamed()
    {
        Address[] wallets = [.. Enumerable.Range(1, 6).Select(ReportCase.Wallet)];
        Asset ether = Asset.Native(Chain.Ethereum);
        TransferGraphBuilder builder = new();
        builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 1, 0), wallets[0], wallets[1], ether, Amount.From(5)));
        builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 1, 0), wallets[1], wallets[2], ether, Amount.From(5)));
        builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 2, null), wallets[0], wallets[3], ether, Amount.From(5), ReportCase.Tx(1)));
        builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 2, null), wallets[3], wallets[4], ether, Amount.From(5), ReportCase.Tx(2)));
        builder.Add(new Transfer(new ChainPosition(Chain.Ethereum, 3, 0), wallets[1], wallets[5], ether, Amount.From(5)));
        TraceResult result = Tracer.Trace(builder.Build(), new TraceRequest { From = [AddressList.Of("seeds", wallets[0])], MaxHops = 2 });
        using StringWriter csv = new();

        Report.WriteCsv(result, csv);

        Dictionary<string, string> order = csv.ToString().Split('\n')[1..^1].Select(line => line.Split(',')).ToDictionary(f => f[3], f => f[10]);
        order[wallets[0].ToString()].ShouldBe("");
        order[wallets[2].ToString()].ShouldBe("same-transaction");
        order[wallets[4].ToString()].ShouldBe("assumed");
        order[wallets[5].ToString()].ShouldBe("proven");
    }

    [Fact]
    public void WriteCsv_BothDirections_SortedByListDirectionHopsChainAddress()
    {
        string[] lines = new ReportCase { Direction = Direction.Both }.Csv().Split('\n')[1..^1];

        string[] keys = [.. lines.Select(l => l.Split(',')).Select(f => $"{f[0]} {f[1]} {f[4].PadLeft(3, '0')} {f[2]} {f[3]}")];
        keys.ShouldBe(keys.Order(StringComparer.Ordinal));
        keys.ShouldContain(k => k.Contains(" sent ", StringComparison.Ordinal));
        keys.ShouldBeUnique();
    }

    [Fact]
    public void WriteCsv_ShuffledRows_SameBytes() =>
        new ReportCase { Shuffled = true }.Csv().ShouldBe(new ReportCase().Csv());

    [Fact]
    public void WriteCsv_WatchedWallets_OnlyTheirRows()
    {
        string[] lines = new ReportCase { To = [ReportCase.Wallet(3), ReportCase.Wallet(5)] }.Csv().Split('\n')[1..^1];

        lines.Length.ShouldBe(2);
        lines.ShouldAllBe(l => l.Contains(",0x3333333333333333333333333333333333333333,2,", StringComparison.Ordinal));
    }
}
