using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace ChainWatch.Console.Tests;

/// <summary>
/// Every class of bad input of a trace: exactly one line on stderr that names the place and what was expected, exit code
/// 1, nothing on stdout, and no file where the answer would have gone.
/// </summary>
public sealed partial class BadInputTests : IDisposable
{
    private const string Header = "chain,block,position,time,tx,from,to,asset,value";
    private const string Seed = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
    private const string A = "0x1111111111111111111111111111111111111111";
    private const string B = "0x2222222222222222222222222222222222222222";
    private const string OneHash = "0x00000000000000000000000000000000000000000000000000000000000000aa";
    private const string AnotherHash = "0x00000000000000000000000000000000000000000000000000000000000000bb";
    private const int Gigabyte = 1 << 30;
    private readonly Files _files = new();

    [Theory]
    [InlineData("bitcoin,1,0,,,1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb,1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa,native,1", "from: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb' has a wrong Base58Check checksum")]
    [InlineData("bitcoin,1,0,,,1a1zp1ep5qgefi2dmptftl5slmv7divfna,1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa,native,1", "from: '1a1zp1ep5qgefi2dmptftl5slmv7divfna' is no address of bitcoin: Base58 has no 'l'; was it lower-cased?")]
    [InlineData($"ethereum,1,0,,,0x098B716B8Aaf21512996dC57EB0615e2383E2f97,{B},native,1", "from: '0x098B716B8Aaf21512996dC57EB0615e2383E2f97' has a wrong EIP-55 checksum: expected all letters in one case, or the case that the checksum gives them")]
    [InlineData($"etherium,1,0,,,{A},{B},native,1", "chain: unknown chain 'etherium'; expected ethereum, bitcoin or a CAIP-2 id such as eip155:137")]
    [InlineData($"ethereum,one,0,,,{A},{B},native,1", "block: 'one' is not a block's height; expected an integer from 0 to 2^63-1")]
    [InlineData($"ethereum,1,0,,,{A},{B},native,-1", "value: '-1' is negative; expected an integer of base units from 0 to 2^256-1")]
    [InlineData($"ethereum,1,0,,,{A},{B},native,115792089237316195423570985008687907853269984665640564039457584007913129639936", "value: '115792089237316195423570985008687907853269984665640564039457584007913129639936' is above 2^256-1; expected an integer of base units from 0 to 2^256-1")]
    public async Task Row(string row, string expected) =>
        await ShouldRefuse(_files.Write("bad.csv", Header, $"ethereum,1,0,,,{A},{B},native,1", row), $"FILE:3: {expected}");

    [Theory]
    [InlineData("value", "chain,block,position,time,tx,from,to,asset")]
    [InlineData("from", "chain,block,position,time,tx,to,asset,value")]
    public async Task MissingColumn(string column, string header) =>
        await ShouldRefuse(_files.Write("bad.csv", header), $"FILE:1: {column}: the header has no such column; expected {Header}");

    [Fact]
    public async Task TwoTransactionsAtOnePosition() => await ShouldRefuse(
        _files.Write("bad.csv", Header, $"ethereum,1,0,,{OneHash},{A},{B},native,1", $"ethereum,1,0,,{AnotherHash},{A},{B},native,1"),
        $"FILE:3: position: two transactions stand at ethereum block 1 position 0, {OneHash} and {AnotherHash}; expected one");

    [Fact]
    public async Task CutGzip()
    {
        byte[] whole = Gzip(System.Text.Encoding.ASCII.GetBytes($"{Header}\nethereum,1,0,,,{A},{B},native,1\n"));
        await ShouldRefuse(WriteBytes("cut.csv.gz", whole[..^20]), "FILE: the gzip data is cut short, damaged or followed by other bytes; expected whole gzip members");
    }

    [Fact]
    public async Task BinaryJunk() =>
        await ShouldRefuse(WriteBytes("junk.csv", [.. System.Text.Encoding.ASCII.GetBytes(Header), (byte)'\n', 0, 0, 0, 0]), "FILE:2: byte 0x00 is not text; expected UTF-8 without control characters");

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task LineOfAGigabyte_WithinAHeapOfFewMegabytes(bool compressed)
    {
        string file = compressed ? LongLineCompressed() : LongLineSparse();
        const string expected = "FILE:2: the line is longer than 1048576 bytes; expected one record per line";
        await ShouldRefuse(file, expected);

        // Once more in a process whose heap cannot grow to hold the line: an attempt to would end in another message.
        ProcessStartInfo start = new("dotnet", [typeof(ConsoleApp).Assembly.Location, .. Trace(file)]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_GCHeapHardLimit"] = (128 << 20).ToString("x", CultureInfo.InvariantCulture);
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        new ConsoleRun(process.ExitCode, output, (await error).ReplaceLineEndings("\n")).ShouldFailWith(expected.Replace("FILE", file, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("trace")]
    [InlineData("screen")]
    public async Task ListWithAFlippedByte(string command)
    {
        string lists = _files.CopyList("ofac-sdn");
        string data = Path.Combine(lists, "ofac-sdn", "addresses.csv");
        byte[] bytes = await File.ReadAllBytesAsync(data);
        string whole = Sha256(bytes);
        bytes[5000] ^= 1;
        await File.WriteAllBytesAsync(data, bytes);

        await ShouldRefuseLists(command, lists, $"{data}: its SHA-256 is {Sha256(bytes)}: manifest.json expects {whole}");
    }

    [Theory]
    [InlineData("trace")]
    [InlineData("screen")]
    public async Task ManifestWhoseCountIsOff(string command)
    {
        string lists = _files.CopyList("ofac-sdn");
        string manifest = Path.Combine(lists, "ofac-sdn", "manifest.json");
        string text = await File.ReadAllTextAsync(manifest);
        int count = int.Parse(Count().Match(text).Groups[1].Value, CultureInfo.InvariantCulture);
        await File.WriteAllTextAsync(manifest, Count().Replace(text, $"\"count\": {count + 1}"));

        await ShouldRefuseLists(command, lists, $"{Path.Combine(lists, "ofac-sdn", "addresses.csv")}: has {count} rows: manifest.json expects {count + 1}");
    }

    [Theory]
    [InlineData("list:ofac-sdm", "no list 'ofac-sdm'; did you mean 'ofac-sdn'?")]
    [InlineData("list:ofac-sdn/Lazarus Grup", "list 'ofac-sdn' has no entry for 'Lazarus Grup'; did you mean 'Lazarus Group'?")]
    [InlineData("list:dprk-attributed/FBY", "list 'dprk-attributed' has no entry for 'FBY'; did you mean 'FBI'?")]
    [InlineData("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb", "--from: '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb' has a wrong Base58Check checksum")]
    [InlineData("0x098B716B8Aaf21512996dC57EB0615e2383E2F96", "--from: '0x098B716B8Aaf21512996dC57EB0615e2383E2F96' has a wrong EIP-55 checksum: expected all letters in one case, or the case that the checksum gives them")]
    public async Task Seeds(string seeds, string expected) =>
        await ShouldRefuse(Files.Ronin, expected, "trace", "--from", seeds, "--hops", "3");

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("101")]
    [InlineData("1000")]
    [InlineData("three")]
    public async Task HopsOutOfRange(string hops) =>
        await ShouldRefuse(Files.Ronin, $"--hops {hops}: expected a whole number from 1 to 100; see 'chainwatch trace --help'", "trace", "--from", Seed, "--hops", hops);

    [Fact]
    public async Task FailingTrace_LeavesAnOlderAnswerAsItWas()
    {
        string answer = _files.Write("answer.csv", "an older answer");
        string bad = _files.Write("bad.csv", Header, "ethereum");
        (await ConsoleRun.Of([.. Trace(bad), "--format", "csv", "--output", answer])).ShouldFailWith($"{bad}:2: the row has 1 fields; expected 9 as in the header");
        (await File.ReadAllTextAsync(answer)).ShouldBe("an older answer\n");
    }

    public void Dispose() => _files.Dispose();

    private static string[] Trace(string transfers) => ["trace", "--from", Seed, "--hops", "3", "--transfers", transfers];

    private async Task ShouldRefuse(string transfers, string expected, params string[] command)
    {
        string folder = Directory.CreateDirectory(_files["answers"]).FullName;
        string[] question = command.Length > 0 ? [.. command, "--transfers", transfers] : Trace(transfers);
        foreach (string format in new[] { "csv", "json" })
        {
            ConsoleRun run = await ConsoleRun.Of([.. question, "--format", format, "--output", Path.Combine(folder, "answer")]);
            run.ShouldFailWith(expected.Replace("FILE", transfers, StringComparison.Ordinal));
            Directory.EnumerateFileSystemEntries(folder).ShouldBeEmpty();
        }
    }

    private async Task ShouldRefuseLists(string command, string lists, string expected)
    {
        if (command == "trace")
        {
            await ShouldRefuse(Files.Ronin, expected, "trace", "--from", Seed, "--hops", "3", "--lists", lists);
        }
        else
        {
            (await ConsoleRun.Of("screen", Seed, "--lists", lists)).ShouldFailWith(expected);
        }
    }

    // Text as far as any reader needs to look; the rest is a hole that takes no room on the disk.
    private string LongLineSparse()
    {
        using FileStream file = File.Create(_files["long.csv"]);
        file.Write(System.Text.Encoding.ASCII.GetBytes(Header + "\n"));
        file.Write(Text(4 << 20));
        file.SetLength(Gigabyte);
        return file.Name;
    }

    // A gzip file may have many members: a thousand times the same one.
    private string LongLineCompressed()
    {
        using FileStream file = File.Create(_files["long.csv.gz"]);
        file.Write(Gzip(System.Text.Encoding.ASCII.GetBytes(Header + "\n")));
        byte[] megabyte = Gzip(Text(1 << 20));
        for (int i = 0; i < Gigabyte >> 20; i++)
        {
            file.Write(megabyte);
        }

        return file.Name;
    }

    private string WriteBytes(string name, byte[] bytes)
    {
        File.WriteAllBytes(_files[name], bytes);
        return _files[name];
    }

    private static byte[] Text(int length) => [.. Enumerable.Repeat((byte)'x', length)];

    private static byte[] Gzip(byte[] bytes)
    {
        using MemoryStream compressed = new();
        using (GZipStream gzip = new(compressed, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }

    private static string Sha256(byte[] bytes) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes));

    [GeneratedRegex("\"count\": (\\d+)")]
    private static partial Regex Count();
}
