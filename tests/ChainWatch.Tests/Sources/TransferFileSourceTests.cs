using ChainWatch.Sources;

namespace ChainWatch.Tests.Sources;

public class TransferFileSourceTests
{
    private const string A = "0x00000000000000000000000000000000000000aa";
    private const string B = "0x00000000000000000000000000000000000000bb";
    private const string Token = "0x00000000000000000000000000000000000000cc";
    private const string Tx = "0x1111111111111111111111111111111111111111111111111111111111111111";

    private const string Csv =
        "chain,block,position,time,tx,from,to,asset,value\n" +
        $"ethereum,100,7,2025-02-21T14:29:47Z,{Tx},{A},{B},native,1000000000000000000\n" +
        $"ethereum,99,,,,{B},{A},{Token},115792089237316195423570985008687907853269984665640564039457584007913129639935\n" +
        $"eip155:137,5,0,2025-02-21T14:29:47Z,,{A},{B},native,0\n";

    [Fact]
    public async Task EveryField_IsRead()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write("t.csv", Csv);

        (CollectingSink sink, IReadOnlyList<SourceCoverage> coverage) = await CollectingSink.ReadAsync(path);

        sink.Transfers.ShouldBe([
            new Transfer(
                new ChainPosition(Chain.Ethereum, 100, 7),
                Address.Parse(A),
                Address.Parse(B),
                Asset.Native(Chain.Ethereum),
                Amount.Parse("1000000000000000000"),
                TxId.Parse(Tx),
                new DateTimeOffset(2025, 2, 21, 14, 29, 47, TimeSpan.Zero)),
            new Transfer(
                new ChainPosition(Chain.Ethereum, 99, null),
                Address.Parse(B),
                Address.Parse(A),
                Asset.Token(Address.Parse(Token)),
                Amount.MaxValue),
            new Transfer(
                new ChainPosition(Chain.Evm(137), 5, 0),
                Address.Parse(A, Chain.Evm(137)),
                Address.Parse(B, Chain.Evm(137)),
                Asset.Native(Chain.Evm(137)),
                Amount.Zero,
                null,
                new DateTimeOffset(2025, 2, 21, 14, 29, 47, TimeSpan.Zero))]);
        sink.Origins.ShouldBe([new RowOrigin(path, 2), new RowOrigin(path, 3), new RowOrigin(path, 4)]);
        SourceCoverage file = coverage.ShouldHaveSingleItem();
        file.Name.ShouldBe(path);
        file.Kind.ShouldBe("transfer-file");
        file.Rows.ShouldBe(3);
        file.Gaps.ShouldBeEmpty();
        file.Notes.ShouldBeEmpty();
        file.Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))));
    }

    public static TheoryData<string, byte[]> SameContents()
    {
        static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
        string[] rows = Csv.TrimEnd('\n').Split('\n');
        string reordered = string.Concat(rows.Select(row => string.Join(',', Shuffle(row.Split(','))) + "\n"));
        string json = string.Concat(rows.Skip(1).Select(row => JsonLine(rows[0].Split(','), row.Split(','), asNumbers: false)));
        string jsonNumbers = string.Concat(rows.Skip(1).Select(row => JsonLine(rows[0].Split(','), row.Split(','), asNumbers: true)));
        return new TheoryData<string, byte[]>
        {
            { "other column order", Utf8(reordered) },
            { "rows turned round", Utf8(string.Join('\n', [rows[0], .. rows.Skip(1).Reverse()]) + "\n") },
            { "CR LF", Utf8(Csv.Replace("\n", "\r\n", StringComparison.Ordinal)) },
            { "byte order mark", Utf8("\uFEFF" + Csv) },
            { "no line end at the end", Utf8(Csv.TrimEnd('\n')) },
            { "empty lines", Utf8(Csv.Replace("\n", "\n\n", StringComparison.Ordinal)) },
            { "every field quoted", Utf8(string.Join('\n', rows.Select(row => $"\"{row.Replace(",", "\",\"", StringComparison.Ordinal)}\""))) },
            { "an extra column with line breaks and 'é'", Utf8(string.Join('\n', [rows[0] + ",memo", .. rows.Skip(1).Select(row => row + ",\"é\n,\"\"x\"\"\"")])) },
            { "upper-case header", Utf8(rows[0].ToUpperInvariant() + "\n" + string.Join('\n', rows.Skip(1))) },
            { "JSON lines", Utf8(json) },
            { "JSON lines with numbers, nulls and more", Utf8("\uFEFF" + jsonNumbers.Replace("\n", "\r\n\r\n", StringComparison.Ordinal)) },
            { "gzip", Gzip.Compress(Csv) },
            { "gzip of JSON lines", Gzip.Compress(json) },
            { "gzip of several members", [.. Gzip.Compress(Csv[..50]), .. Gzip.Compress(Csv[50..60]), .. Gzip.Compress(Csv[60..])] },
            { "ETH for native", Utf8(Csv.Replace("native", "ETH", StringComparison.Ordinal)) },
            { "UTC offsets", Utf8(Csv.Replace("T14:29:47Z", "T15:29:47.000+01:00", StringComparison.Ordinal)) },
            { "a space in the time", Utf8(Csv.Replace("T14:29:47Z", " 14:29:47", StringComparison.Ordinal)) },
            { "upper-case hash without 0x", Utf8(Csv.Replace(Tx, Tx[2..], StringComparison.Ordinal)) },
        };
    }

    [Theory]
    [MemberData(nameof(SameContents))]
    public async Task SameTransfersInAnotherForm_AreTheSame(string form, byte[] contents)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        (CollectingSink expected, _) = await CollectingSink.ReadAsync(folder.Write("plain.csv", Csv));
        (CollectingSink sink, IReadOnlyList<SourceCoverage> coverage) = await CollectingSink.ReadAsync(folder.Write("any.name", contents));

        sink.Contents().ShouldBe(expected.Contents(), form);
        coverage[0].Rows.ShouldBe(3);
        coverage[0].Sha256.ShouldBe(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(contents)));
    }

    [Fact]
    public async Task SeveralFiles_EachHasItsCoverage()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string first = folder.Write("a.csv", Csv);
        string second = folder.Write("b.jsonl", $$"""{"chain":"ethereum","block":1,"asset":"native","value":"5","from":"{{A}}","to":"{{B}}"}""");
        CollectingSink sink = new();

        IReadOnlyList<SourceCoverage> coverage = await new TransferFileSource([first, second], declaredComplete: false).ReadAsync(TransferQuery.Everything, sink);

        sink.Transfers.Count.ShouldBe(4);
        coverage.Select(file => (file.Name, file.Rows)).ShouldBe([(first, 3L), (second, 1L)]);
        coverage.ShouldAllBe(file => !file.DeclaredComplete && file.Gaps.Single().Kind == GapKind.NotDeclaredComplete);
    }

    [Fact]
    public async Task HeaderAlone_IsNoTransfer()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        (CollectingSink sink, IReadOnlyList<SourceCoverage> coverage) = await CollectingSink.ReadAsync(folder.Write("t.csv", Csv[..Csv.IndexOf('\n', StringComparison.Ordinal)]));
        sink.Transfers.ShouldBeEmpty();
        coverage[0].Rows.ShouldBe(0);
    }

    [Fact]
    public async Task ManyRows_AllArriveOnTheirLines()
    {
        // More than any buffer holds, with line ends at every offset in it.
        using TemporaryFolder folder = TestData.NewFolder();
        string path = Path.Combine(folder.Path, "many.csv");
        using (StreamWriter writer = new(path))
        {
            writer.Write("chain,block,position,time,tx,from,to,asset,value,memo\n");
            for (int i = 0; i < 20_000; i++)
            {
                writer.Write($"ethereum,{i},0,,,{A},{B},native,{i},{new string('é', i % 97)}\n");
            }
        }

        (CollectingSink sink, _) = await CollectingSink.ReadAsync(path);

        sink.Transfers.Select(transfer => transfer.Position.Block).ShouldBe(Enumerable.Range(0, 20_000).Select(i => (long)i));
        sink.Origins.Select(origin => origin.Line).ShouldBe(Enumerable.Range(2, 20_000));
    }

    [Fact]
    public async Task Cancellation_EndsTheReading()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        TransferFileSource source = new([folder.Write("t.csv", Csv)], declaredComplete: true);
        await Should.ThrowAsync<OperationCanceledException>(async () => await source.ReadAsync(TransferQuery.Everything, new CollectingSink(), new CancellationToken(canceled: true)));
    }

    private static string[] Shuffle(string[] fields) => [.. Enumerable.Range(0, fields.Length).Select(i => fields[(i * 4) % fields.Length])];

    private static string JsonLine(string[] names, string[] values, bool asNumbers)
    {
        IEnumerable<string> properties = names.Zip(values, (name, value) =>
            value.Length == 0 ? $"\"{name}\":{(asNumbers ? "null" : "\"\"")}"
            : asNumbers && name is "block" or "position" or "value" ? $"\"{name}\" : {value}"
            : asNumbers && name == "from" ? $"\"\\u0066rom\":\"\\u0030{value[1..]}\""
            : $"\"{name}\":\"{value}\"");
        return $"{{{string.Join(asNumbers ? " , " : ",", asNumbers ? properties.Append("\"more\":{\"x\":[1,2]}") : properties)}}}\n";
    }
}
