using ChainWatch.Sources;

namespace ChainWatch.Tests.Sources;

public class UtxoTransactionTests
{
    private const string Header = "chain,block,position,time,tx,from,to,asset,value,outpoint\n";
    private const string A = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
    private const string B = "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4";
    private const string C = "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy";
    private static readonly string T1 = new('1', 64);
    private static readonly string T2 = new('2', 64);
    private static readonly string T3 = new('3', 64);

    private static readonly string[] Rows =
    [
        $"bitcoin,100,2,2020-01-01T00:00:00Z,{T2},{A},,native,60,{T1}:0",
        $"bitcoin,100,2,2020-01-01T00:00:00Z,{T2},?,,native,50,{T3}:1",
        $"bitcoin,100,2,2020-01-01T00:00:00Z,{T2},,{B},native,70,{T2}:0",
        $"bitcoin,100,2,2020-01-01T00:00:00Z,{T2},,{A},native,30,{T2}:1",
        $"bitcoin,100,2,2020-01-01T00:00:00Z,{T2},,!,native,0,{T2}:2",
        $"bitcoin,99,0,,{T1},,{A},BTC,60,{T1}:0",
    ];

    [Fact]
    public async Task Rows_OfOneTransaction_AreOneMovement()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write("u.csv", Header + string.Join('\n', Rows));

        (CollectingSink sink, IReadOnlyList<SourceCoverage> coverage) = await CollectingSink.ReadAsync(path);

        sink.Transfers.ShouldBeEmpty();
        sink.Movements.Count.ShouldBe(2);
        Movement coinbase = sink.Movements[0];
        coinbase.Position.ShouldBe(new ChainPosition(Chain.Bitcoin, 99, 0));
        coinbase.Inputs.ShouldBeEmpty();
        coinbase.Outputs.ShouldBe([new MovementOutput(Bitcoin(A), Amount.From(60), Out(T1, 0))]);
        coinbase.Time.ShouldBeNull();
        Movement payment = sink.Movements[1];
        payment.Position.ShouldBe(new ChainPosition(Chain.Bitcoin, 100, 2));
        payment.Tx.ShouldBe(TxId.Parse(T2));
        payment.Time.ShouldBe(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        payment.Asset.ShouldBe(Asset.Native(Chain.Bitcoin));
        payment.Inputs.ShouldBe([new MovementInput(Bitcoin(A), Amount.From(60), Out(T1, 0)), new MovementInput(null, Amount.From(50), Out(T3, 1))]);
        payment.Outputs.ShouldBe([
            new MovementOutput(Bitcoin(B), Amount.From(70), Out(T2, 0)),
            new MovementOutput(Bitcoin(A), Amount.From(30), Out(T2, 1)),
            new MovementOutput(null, Amount.Zero, Out(T2, 2))]);
        sink.Origins.ShouldBe([new RowOrigin(path, 7), new RowOrigin(path, 2)]);
        coverage[0].Rows.ShouldBe(6);
        coverage[0].Notes.ShouldBe(["1 output without an address"]);
        coverage[0].Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task OrderOfRowsAndFiles_ChangesNothing()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string reference = (await CollectingSink.ReadAsync(folder.Write("u.csv", Header + string.Join('\n', Rows)))).Sink.Contents();
        for (int split = 0; split <= Rows.Length; split++)
        {
            string[] turned = [.. Rows.Skip(split), .. Rows.Take(split).Reverse()];
            string first = folder.Write("a.csv", Header + string.Join('\n', turned.Take(3)));
            string second = folder.Write("b.csv", Header + string.Join('\n', turned.Skip(3)));
            (await CollectingSink.ReadAsync(first, second)).Sink.Contents().ShouldBe(reference);
            (await CollectingSink.ReadAsync(second, first)).Sink.Contents().ShouldBe(reference);
        }
    }

    [Fact]
    public async Task DuplicateRows_CountOnce()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string once = folder.Write("a.csv", Header + string.Join('\n', Rows));
        string again = folder.Write("b.csv", Header + Rows[2] + "\n" + Rows[1] + "\n" + Rows[4]);

        (CollectingSink expected, _) = await CollectingSink.ReadAsync(once);
        (CollectingSink sink, IReadOnlyList<SourceCoverage> coverage) = await CollectingSink.ReadAsync(once, again);

        sink.Contents().ShouldBe(expected.Contents());
        coverage.Select(file => file.DuplicateRows).ShouldBe([0L, 3L]);
        coverage.Select(file => file.Notes.Count).ShouldBe([1, 0]);
    }

    [Fact]
    public async Task RowsWithoutHash_AreJoinedByPosition()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write("u.csv", Header + $"bitcoin,5,1,,,{A},,native,1,\nbitcoin,5,2,,,{B},,native,2,\nbitcoin,5,1,,,,{C},native,1,\nbitcoin,5,2,,,,{C},native,2,\n");
        (CollectingSink sink, _) = await CollectingSink.ReadAsync(path);
        sink.Movements.Select(m => (m.Position.Index, m.Inputs.Single().Owner, m.Outputs.Single().Owner)).ShouldBe([(1, Bitcoin(A), Bitcoin(C)), (2, Bitcoin(B), Bitcoin(C))]);
    }

    [Fact]
    public async Task PositionUnknown_RowsAreJoinedByHash()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write("u.csv", Header + $"bitcoin,5,,,{T1},{A},,native,1,\nbitcoin,5,,,{T2},{B},,native,2,\nbitcoin,5,,,{T1},,{C},native,1,\n");
        (CollectingSink sink, IReadOnlyList<SourceCoverage> coverage) = await CollectingSink.ReadAsync(path);
        sink.Movements.Select(m => (m.Position.Index, m.Tx, m.Outputs.Count)).ShouldBe([((int?)null, TxId.Parse(T1), 1), (null, TxId.Parse(T2), 0)]);
        coverage[0].Gaps.ShouldBe([new CoverageGap(GapKind.MissingOutputs, "transactions with inputs and no outputs: where their value went is not known", 1)]);
    }

    [Fact]
    public async Task OutputsWithoutAnAddress_AreCountedInThePlural()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write("u.csv", Header + string.Join('\n', Rows) + $"\nbitcoin,98,0,,{T3},,!,native,1,\n");
        (_, IReadOnlyList<SourceCoverage> coverage) = await CollectingSink.ReadAsync(path);
        coverage[0].Notes.ShouldBe(["2 outputs without an address"]);
    }

    // BIP 30: the coinbase transactions of blocks 91722 and 91880, and of 91812 and 91842, have the same hash.
    [Theory]
    [InlineData("e3bf3d07d4b0375638d5f1db5255fe07ba2c4cb067cd81b84ee974b6585fb468", 91722, 91880)]
    [InlineData("d5d27987d2a3dfc724e359870c6644b40e497bdc0589a033220fe15429d88599", 91812, 91842)]
    public async Task SameCoinbaseInTwoBlocks_IsTwoTransactions(string tx, long first, long second)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string[] rows = [$"bitcoin,{first},0,2010-11-14T17:59:48Z,{tx},,{A},native,50,{tx}:0", $"bitcoin,{second},0,2010-11-15T17:37:50Z,{tx},,{A},native,50,{tx}:0"];
        foreach (IEnumerable<string> order in new[] { rows, rows.Reverse() })
        {
            (CollectingSink sink, IReadOnlyList<SourceCoverage> coverage) = await CollectingSink.ReadAsync(folder.Write("u.csv", Header + string.Join('\n', order)));
            sink.Movements.Select(m => (m.Position.Block, m.Tx, m.Outputs.Count)).ShouldBe([(first, TxId.Parse(tx), 1), (second, TxId.Parse(tx), 1)]);
            coverage[0].DuplicateRows.ShouldBe(0);
        }
    }

    [Fact]
    public void SameTransactionInTwoBlocks_IsRefusedWhereOneRowIsAnInput() =>
        BadFile.Transfers(Header + $"bitcoin,5,0,,{T1},,{A},native,1,\nbitcoin,6,0,,{T1},{A},,native,1,\n")
            .ShouldBe("bad.csv:3: block: '6' where bad.csv:2 has '5'; expected one block for all rows of a transaction");

    [Theory]
    [InlineData("bitcoin,101,2,2020-01-01T00:00:00Z,T2,,C,native,5,", "bad.csv:8: block: '101' where bad.csv:2 has '100'; expected one block for all rows of a transaction")]
    [InlineData("bitcoin,100,3,2020-01-01T00:00:00Z,T2,,C,native,5,", "bad.csv:8: position: '3' where bad.csv:2 has '2'; expected one position for all rows of a transaction")]
    [InlineData("bitcoin,100,,2020-01-01T00:00:00Z,T2,,C,native,5,", "bad.csv:8: position: nothing where bad.csv:2 has '2'; expected one position for all rows of a transaction")]
    [InlineData("bitcoin,100,2,2020-01-01T00:00:01Z,T2,,C,native,5,", "bad.csv:8: time: '2020-01-01T00:00:01Z' where bad.csv:2 has '2020-01-01T00:00:00Z'; expected one time for all rows of a transaction")]
    [InlineData("bitcoin,100,2,2020-01-01T00:00:00Z,T2,,C,native,5,T2:1", "bad.csv:8: outpoint: T2:1 has another owner or value at bad.csv:5; expected one of each")]
    [InlineData("bitcoin,100,2,2020-01-01T00:00:00Z,T2,,C,native,5,T1:9", "bad.csv:8: outpoint: 'T1:9' is not an output of the row's transaction T2")]
    [InlineData("bitcoin,100,2,,T3,,C,native,5,", "bad.csv:8: position: 100/2 of bitcoin holds transaction T3 here and T2 at bad.csv:2; expected one transaction per position")]
    [InlineData("bitcoin,100,2,,,,C,native,5,", "bad.csv:2: position: 100/2 of bitcoin holds transaction T2 here and without a hash at bad.csv:8; expected one transaction per position")]
    public void Contradictions_AreRefused(string row, string expected)
    {
        static string Fill(string text) => text.Replace(",C,", $",{C},", StringComparison.Ordinal)
            .Replace("T1", T1, StringComparison.Ordinal).Replace("T2", T2, StringComparison.Ordinal).Replace("T3", T3, StringComparison.Ordinal);
        BadFile.Transfers(Header + string.Join('\n', Rows) + "\n" + Fill(row)).ShouldBe(Fill(expected));
    }

    private static Address Bitcoin(string text) => Address.Parse(text, Chain.Bitcoin);

    private static OutPoint Out(string tx, int index) => new(TxId.Parse(tx), index);
}
