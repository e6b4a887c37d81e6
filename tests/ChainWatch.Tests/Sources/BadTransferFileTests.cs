using ChainWatch.Sources;
using ChainWatch.Text;

namespace ChainWatch.Tests.Sources;

/// <summary>Every way in which a transfer file can be wrong, with the one line that the user gets.</summary>
public class BadTransferFileTests
{
    private const string Header = "chain,block,position,time,tx,from,to,asset,value,outpoint\n";
    private const string A = "0x00000000000000000000000000000000000000aa";
    private const string B = "0x00000000000000000000000000000000000000bb";

    [Theory]
    [InlineData("tron,1,0,,,A,B,native,1,", "bad.csv:3: chain: 'tron' can be screened, not traced; expected an EVM chain or Bitcoin")]
    [InlineData("etherium,1,0,,,A,B,native,1,", "bad.csv:3: chain: unknown chain 'etherium'; expected ethereum, bitcoin or a CAIP-2 id such as eip155:137")]
    [InlineData(",1,0,,,A,B,native,1,", "bad.csv:3: chain: unknown chain ''; expected ethereum, bitcoin or a CAIP-2 id such as eip155:137")]
    [InlineData("ethereum,abc,0,,,A,B,native,1,", "bad.csv:3: block: 'abc' is not a block's height; expected an integer from 0 to 2^63-1")]
    [InlineData("ethereum,-1,0,,,A,B,native,1,", "bad.csv:3: block: '-1' is not a block's height; expected an integer from 0 to 2^63-1")]
    [InlineData("ethereum,,0,,,A,B,native,1,", "bad.csv:3: block: '' is not a block's height; expected an integer from 0 to 2^63-1")]
    [InlineData("ethereum,9223372036854775808,0,,,A,B,native,1,", "bad.csv:3: block: '9223372036854775808' is not a block's height; expected an integer from 0 to 2^63-1")]
    [InlineData("ethereum,1,x,,,A,B,native,1,", "bad.csv:3: position: 'x' is not a transaction's index in its block; expected an integer from 0 to 2^31-1, or nothing")]
    [InlineData("ethereum,1,2147483648,,,A,B,native,1,", "bad.csv:3: position: '2147483648' is not a transaction's index in its block; expected an integer from 0 to 2^31-1, or nothing")]
    [InlineData("ethereum,1,0,yesterday,,A,B,native,1,", "bad.csv:3: time: 'yesterday' is not a time; expected ISO 8601 such as 2025-02-21T14:29:47Z, or nothing")]
    [InlineData("ethereum,1,0,2025-02-30T00:00:00Z,,A,B,native,1,", "bad.csv:3: time: '2025-02-30T00:00:00Z' is not a time; expected ISO 8601 such as 2025-02-21T14:29:47Z, or nothing")]
    [InlineData("ethereum,1,0,,0x12,A,B,native,1,", "bad.csv:3: tx: '0x12' is not a transaction's hash; expected 64 hexadecimal digits, or nothing")]
    [InlineData("ethereum,1,0,,,A,B,native,-5,", "bad.csv:3: value: '-5' is negative; expected an integer of base units from 0 to 2^256-1")]
    [InlineData("ethereum,1,0,,,A,B,native,1.5,", "bad.csv:3: value: '1.5' is not an integer; expected an integer of base units from 0 to 2^256-1")]
    [InlineData("ethereum,1,0,,,A,B,native,1e18,", "bad.csv:3: value: '1e18' is not an integer; expected an integer of base units from 0 to 2^256-1")]
    [InlineData("ethereum,1,0,,,A,B,native,,", "bad.csv:3: value: is empty; expected an integer of base units from 0 to 2^256-1")]
    [InlineData("ethereum,1,0,,,A,B,native,115792089237316195423570985008687907853269984665640564039457584007913129639936,", "bad.csv:3: value: '115792089237316195423570985008687907853269984665640564039457584007913129639936' is above 2^256-1; expected an integer of base units from 0 to 2^256-1")]
    [InlineData("ethereum,1,0,,,A,B,BTC,1,", "bad.csv:3: asset: 'BTC' is not an asset of ethereum; expected native, ETH or a token's contract address")]
    [InlineData("ethereum,1,0,,,A,B,USDT,1,", "bad.csv:3: asset: 'USDT' is not an asset of ethereum; expected native, ETH or a token's contract address")]
    [InlineData("ethereum,1,0,,,A,B,,1,", "bad.csv:3: asset: '' is not an asset of ethereum; expected native, ETH or a token's contract address")]
    [InlineData("bitcoin,1,0,,,?,,ETH,1,", "bad.csv:3: asset: 'ETH' is not an asset of bitcoin; expected native or BTC")]
    [InlineData("ethereum,1,0,,,A,B,0x12,1,", "bad.csv:3: asset: '0x12' is no address of ethereum: expected 0x and 40 hexadecimal digits")]
    [InlineData("ethereum,1,0,,,,,native,1,", "bad.csv:3: from: is empty, as is to; expected an address in at least one of them")]
    [InlineData("ethereum,1,0,,,A,0x12,native,1,", "bad.csv:3: to: '0x12' is no address of ethereum: expected 0x and 40 hexadecimal digits")]
    [InlineData("ethereum,1,0,,,0x098B716B8Aaf21512996dC57EB0615e2383E2f97,B,native,1,", "bad.csv:3: from: '0x098B716B8Aaf21512996dC57EB0615e2383E2f97' has a wrong EIP-55 checksum: expected all letters in one case, or the case that the checksum gives them")]
    [InlineData("bitcoin,1,0,,,1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb,1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa,native,1,", "bad.csv:3: from: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb' has a wrong Base58Check checksum")]
    [InlineData("ethereum,1,0,,,?,B,native,1,", "bad.csv:3: from: '?' stands only on a row of a UTXO transaction, whose other side is empty; expected an address")]
    [InlineData("ethereum,1,0,,,A,!,native,1,", "bad.csv:3: to: '!' stands only on a row of a UTXO transaction, whose other side is empty; expected an address")]
    [InlineData("ethereum,1,0,,,A,B,native,1,abc", "bad.csv:3: outpoint: 'abc' is not an output; expected a transaction's hash, a colon and the output's index, or nothing")]
    [InlineData("bitcoin,1,,,,?,,native,1,", "bad.csv:3: tx: is empty, as is position; expected one of them on a row with only 'from' or only 'to', to tell which rows are one transaction")]
    [InlineData("ethereum,1,0,,,A,B,native", "bad.csv:3: the row has 8 fields; expected 10 as in the header")]
    [InlineData("ethereum,1,0,,,A,B,native,1,,x", "bad.csv:3: the row has 11 fields; expected 10 as in the header")]
    [InlineData("ethereum,1,0,,,\"A,B,native,1,", "bad.csv:3: malformed CSV: a quoted field is not closed within 1 MiB, or text stands beside its quotes")]
    [InlineData("ethereum,1,0,,,\"A\"x,B,native,1,", "bad.csv:3: malformed CSV: a quoted field is not closed within 1 MiB, or text stands beside its quotes")]
    [InlineData("ethereum,\"1\n2\",0,,,A,B,native,1,", "bad.csv:3: block: '1\\u000A2' is not a block's height; expected an integer from 0 to 2^63-1")]
    public void Row(string row, string expected)
    {
        string text = $"{Header}ethereum,1,0,,,A,B,native,1,\n{row}\n".Replace(",A,", $",{A},", StringComparison.Ordinal).Replace(",B,", $",{B},", StringComparison.Ordinal);
        BadFile.Transfers(text).ShouldBe(expected);
    }

    [Theory]
    [InlineData("chain")]
    [InlineData("block")]
    [InlineData("position")]
    [InlineData("time")]
    [InlineData("tx")]
    [InlineData("from")]
    [InlineData("to")]
    [InlineData("asset")]
    [InlineData("value")]
    public void MissingColumn_IsNamed(string column) =>
        BadFile.Transfers(Header.Replace(column, "other", StringComparison.Ordinal))
            .ShouldBe($"bad.csv:1: {column}: the header has no such column; expected chain,block,position,time,tx,from,to,asset,value");

    [Theory]
    [InlineData(';', "bad.csv:1: the columns are separated by a semicolon (;); expected a comma (,)")]
    [InlineData('\t', "bad.csv:1: the columns are separated by a tab; expected a comma (,)")]
    public void OtherSeparator_IsNamed(char separator, string expected) => BadFile.Transfers(Header.Replace(',', separator)).ShouldBe(expected);

    [Fact]
    public void DuplicateColumn_IsNamed() =>
        BadFile.Transfers(Header.Replace("outpoint", "Value", StringComparison.Ordinal)).ShouldBe("bad.csv:1: value: the header has this column twice");

    [Fact]
    public void EmptyFile() => BadFile.Transfers("").ShouldBe("bad.csv: the file is empty");

    [Fact]
    public void EmptyGzip() => BadFile.Transfers(Gzip.Compress("")).ShouldBe("bad.csv: the file is empty");

    [Fact]
    public void NoSuchFile() =>
        Should.Throw<ChainWatchException>(() => BadFile.ReadTransfers("no/such/file.csv")).Message.ShouldBe("no/such/file.csv: there is no such file");

    [Fact]
    public void AFolder()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        Should.Throw<ChainWatchException>(() => BadFile.ReadTransfers(folder.Path)).Message.ShouldBe($"{folder.Path}: is a folder; expected a file");
    }

    [Fact]
    public void NoFile() =>
        Should.Throw<ChainWatchException>(() => new TransferFileSource([], declaredComplete: true)).Message.ShouldBe("no transfer file is given; expected at least one");

    [Fact]
    public void NulBytes() =>
        BadFile.Transfers(Header + "ethereum,1,0,\0\0").ShouldBe("bad.csv:2: byte 0x00 is not text; expected UTF-8 without control characters");

    [Fact]
    public void InvalidUtf8() =>
        BadFile.Transfers([.. System.Text.Encoding.UTF8.GetBytes(Header + "é\n"), 0xc3, 0x28]).ShouldBe("bad.csv:3: byte 0xC3 is not text; expected UTF-8 without control characters");

    [Fact]
    public void CutUtf8() =>
        BadFile.Transfers([.. System.Text.Encoding.UTF8.GetBytes(Header), 0xe2, 0x82]).ShouldBe("bad.csv:2: byte 0xE2 is not text; expected UTF-8 without control characters");

    [Fact]
    public void Utf16() =>
        BadFile.Transfers([0xff, 0xfe, .. System.Text.Encoding.Unicode.GetBytes(Header)]).ShouldBe("bad.csv:1: byte 0x00 is not text; expected UTF-8 without control characters");

    [Theory]
    [InlineData("{\"chain\":\"ethereum\",\"block\":1", "bad.csv:1: malformed JSON at byte 30 of the line; expected one whole object per line")]
    [InlineData("{\"chain\":\"ethereum\"} x", "bad.csv:1: malformed JSON at byte 22 of the line; expected one whole object per line")]
    [InlineData("{\"chain\":\"ethereum\",\"chain\":\"bitcoin\"}", "bad.csv:1: chain: the object has this property twice")]
    [InlineData("{\"chain\":true}", "bad.csv:1: chain: expected text, a number or null")]
    [InlineData("{\"chain\":\"ethereum\",\"block\":1}", "bad.csv:1: asset: missing; expected native, ETH, BTC or a token's contract address")]
    [InlineData("{\"chain\":\"ethereum\",\"block\":1,\"asset\":null,\"value\":1}", "bad.csv:1: asset: missing; expected native, ETH, BTC or a token's contract address")]
    [InlineData("{\"chain\":\"ethereum\",\"block\":1,\"asset\":\"\",\"value\":1}", "bad.csv:1: asset: '' is not an asset of ethereum; expected native, ETH or a token's contract address")]
    [InlineData("{\"chain\":\"ethereum\"}", "bad.csv:1: block: missing; expected the block's height")]
    [InlineData("{\"chain\":\"ethereum\",\"block\":1,\"asset\":\"native\"}", "bad.csv:1: value: missing; expected an integer of base units")]
    [InlineData("[{\"chain\":\"ethereum\"}]", "bad.csv:1: the file begins with '[', as a JSON array does; expected JSON lines, one whole object a line without brackets or commas around it, or CSV")]
    [InlineData("\n [\n{}]", "bad.csv:1: the file begins with '[', as a JSON array does; expected JSON lines, one whole object a line without brackets or commas around it, or CSV")]
    [InlineData("{\"chain\":\"ethereum\",\"block\":1,\"asset\":\"native\",\"value\":1e18}", "bad.csv:1: value: '1e18' is not an integer; expected an integer of base units from 0 to 2^256-1")]
    [InlineData("{}\n[]", "bad.csv:1: chain: missing; expected ethereum, bitcoin or a CAIP-2 id such as eip155:137")]
    public void JsonLine(string text, string expected) => BadFile.Transfers(text).ShouldBe(expected);

    [Fact]
    public void JsonLine_ThatIsNoObject()
    {
        string good = $$"""{"chain":"ethereum","block":1,"asset":"native","value":"5","from":"{{A}}","to":"{{B}}"}""";
        BadFile.Transfers(good + "\n[1]\n").ShouldBe("bad.csv:2: the line is not a JSON object; expected one object per line");
    }

    [Fact]
    public void CutGzip_AtEveryByte_IsRefused()
    {
        byte[] whole = Gzip.Compress(Header + string.Concat(Enumerable.Repeat($"ethereum,1,0,,,{A},{B},native,1,\n", 3)));
        for (int length = 2; length < whole.Length; length++)
        {
            BadFile.Transfers(whole[..length], "bad.csv.gz").ShouldBe("bad.csv.gz: the gzip data is cut short, damaged or followed by other bytes; expected whole gzip members", $"{length} bytes");
        }
    }

    [Fact]
    public void CutGzipOfStoredBlocks_IsRefused()
    {
        byte[] whole = Gzip.Compress(System.Text.Encoding.UTF8.GetBytes(Header), System.IO.Compression.CompressionLevel.NoCompression);
        for (int length = 2; length < whole.Length; length++)
        {
            BadFile.Transfers(whole[..length], "bad.csv.gz").ShouldContain("the gzip data is cut short", customMessage: $"{length} bytes");
        }
    }

    [Fact]
    public void GzipWithAFlippedByte_IsRefused()
    {
        byte[] gzip = Gzip.Compress(Header);
        gzip[^6] ^= 1;
        BadFile.Transfers(gzip).ShouldContain("the gzip data is cut short, damaged");
    }

    [Fact]
    public void GzipFollowedByOtherBytes_IsRefused() =>
        BadFile.Transfers([.. Gzip.Compress(Header), 1, 2, 3]).ShouldContain("followed by other bytes");

    [Fact]
    public void ALineOfOneGigabyte_IsRefusedBeforeItIsBuffered()
    {
        // A sparse file of a gigabyte holds NUL bytes, which are refused as junk; so the line is generated.
        using EndlessLine stream = new(bytes: 1L << 30);
        // Of this thread alone: other tests run meanwhile.
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Should.Throw<ChainWatchException>(() =>
        {
            using ChainWatch.Text.TextInput input = ChainWatch.Text.TextInput.Open(stream, "long.csv");
            using ChainWatch.Text.CsvTable table = new(input);
            while (table.Read())
            {
            }
        }).Message;
        message.ShouldBe("long.csv:2: the line is longer than 1048576 bytes; expected one record per line");
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(16L << 20);
        stream.Served.ShouldBeLessThan(2L << 20);
    }

    [Theory]
    [InlineData(1 << 20, false)]
    [InlineData((1 << 20) + 1, true)]
    public void LineLimit_IsExact(int bytes, bool refused)
    {
        string row = $"ethereum,1,0,,,{A},{B},native,1,,";
        string text = Header.TrimEnd('\n') + ",memo\n" + row + new string('x', bytes - row.Length) + "\n" + row + "\n";
        using TemporaryFolder folder = TestData.NewFolder();
        string path = folder.Write("t.csv", text);
        if (refused)
        {
            Should.Throw<ChainWatchException>(() => BadFile.ReadTransfers(path)).Message.ShouldBe($"{path}:2: the line is longer than 1048576 bytes; expected one record per line");
        }
        else
        {
            BadFile.ReadTransfers(path);
        }
    }

    [Fact]
    public void AGigabyteThatAGzipUnpacksTo_IsRefusedByItsFirstLine()
    {
        byte[] chunk = [.. Enumerable.Repeat((byte)'x', 1 << 20)];
        using MemoryStream compressed = new();
        using (System.IO.Compression.GZipStream gzip = new(compressed, System.IO.Compression.CompressionLevel.Fastest))
        {
            gzip.Write(System.Text.Encoding.UTF8.GetBytes(Header));
            for (int i = 0; i < 16; i++)
            {
                gzip.Write(chunk);
            }
        }

        BadFile.Transfers(compressed.ToArray()).ShouldBe("bad.csv:2: the line is longer than 1048576 bytes; expected one record per line");
    }

    /// <summary>A header and then one line that goes on.</summary>
    private sealed class EndlessLine(long bytes) : ForwardStream
    {
        private readonly byte[] _header = System.Text.Encoding.UTF8.GetBytes(Header);

        public long Served { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            int read = (int)Math.Min(buffer.Length, bytes - Served);
            for (int i = 0; i < read; i++)
            {
                buffer[i] = Served + i < _header.Length ? _header[Served + i] : (byte)'x';
            }

            Served += read;
            return read;
        }
    }
}
