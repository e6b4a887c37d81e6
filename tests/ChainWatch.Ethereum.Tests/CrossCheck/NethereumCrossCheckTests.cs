using System.Globalization;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using ChainWatch.Encoding;
using ChainWatch.Ethereum.Decoding;
using ChainWatch.Ethereum.Tests.Nodes;
using ChainWatch.Ethereum.Tests.Source;
using ChainWatch.Sources;

namespace ChainWatch.Ethereum.Tests.CrossCheck;

/// <summary>Our own code says what Nethereum said of the same cases; where it refuses what Nethereum reads, that is counted.</summary>
public sealed class NethereumCrossCheckTests(RoninFixture fixture) : IClassFixture<RoninFixture>
{
    private static readonly ValueMoves Moves = new(Chain.Ethereum, WrappedCoin.Of(Chain.Ethereum));

    [Fact]
    public void Checksums_OfTenThousandAddresses()
    {
        string[] lines = [.. SeededCases.Addresses().Select(a => Address.FromPayload(Chain.Ethereum, AddressKind.Evm, a).ToString())];
        lines.Take(SeededCases.PlainCount).ShouldBe(LinesOf(NethereumVectors.FirstAddresses));
        LineDigest.Of(lines).ShouldBe(NethereumVectors.Addresses);
        lines.ShouldAllBe(l => Address.Parse(l).ToString() == l);
    }

    [Fact]
    public void Keccak256_OfAThousandMessages() => LineDigest.Of(SeededCases.Messages().Select(m =>
    {
        byte[] hash = new byte[Keccak256.Length];
        Keccak256.Hash(m, hash);
        return Convert.ToHexStringLower(hash);
    })).ShouldBe(NethereumVectors.Hashes);

    // Nethereum takes the last 20 bytes of a topic, whatever stands before them, and as much of the first word of data as there is.
    [Fact]
    public void Events_AreReadAlike_AndWhatIsNoTransferExactlyIsRefused()
    {
        byte[] json = System.Text.Encoding.UTF8.GetBytes(SeededLogs.Json());
        List<LogRow> rows = [];
        LogDecoder.Decode(json, rows);
        using JsonDocument document = JsonDocument.Parse(json);
        List<string> lines = [];
        int moves = 0;
        int refused = 0;
        foreach ((LogRow row, JsonElement log) in rows.Zip(document.RootElement.EnumerateArray()))
        {
            string lenient = Lenient(log);
            bool isMove = Moves.TryReadMove(row, out Bytes20 from, out Bytes20 to);
            lines.Add(isMove ? $"erc20 {Text(from)} {Text(to)} {row.Data}" : lenient);
            moves += isMove ? 1 : 0;
            bool isExact = row.DataLength == 32 && log.GetProperty("topics").EnumerateArray().Skip(1).All(t => t.GetString()![2..26].All(c => c == '0'));
            refused += !isMove && lenient.StartsWith("erc20", StringComparison.Ordinal) ? 1 : 0;
            isMove.ShouldBe(isExact && lenient.StartsWith("erc20", StringComparison.Ordinal), lenient);
        }

        lines.Take(40).ShouldBe(LinesOf(NethereumVectors.FirstLogs));
        LineDigest.Of(lines).ShouldBe(NethereumVectors.Logs);
        (lines.Count, moves, refused).ShouldBe((SeededLogs.Count, 2483, 2783));
    }

    [Fact]
    public void Bloom_OfEvents()
    {
        List<LogRow> rows = [];
        LogDecoder.Decode(System.Text.Encoding.UTF8.GetBytes(SeededLogs.Json()), rows);
        byte[] bloom = Convert.FromHexString(NethereumVectors.Bloom);
        new LogsBloom().IsOf(CollectionsMarshal.AsSpan(rows)[..20], bloom).ShouldBeTrue();
        new LogsBloom().IsOf(CollectionsMarshal.AsSpan(rows)[..21], bloom).ShouldBeFalse();
    }

    [SkippableFact]
    public void RecordedAnswers_HoldTheSame() => LineDigest.Of(RecordedChain.Answers().SelectMany(a => Lines(a.Method, a.Result))).ShouldBe(NethereumVectors.Recorded);

    [SkippableFact]
    public async Task RoninReenacted_MovesTheSame()
    {
        using NodeSource node = new(fixture.Play.Node.Endpoint);
        (Kept kept, _) = await Kept.OfAsync(node.Source, new TransferQuery { Blocks = new BlockWindow(fixture.Play.FirstBlock, fixture.Play.LastBlock) });
        string[] lines = [.. kept.Transfers.Where(t => !t.Value.IsZero)
            .Select(t => $"{t.Position.Block} {t.Position.Index:d3} {t.From.ToCanonicalString()} {t.To.ToCanonicalString()} {t.Asset.Contract?.ToCanonicalString() ?? "native"} {t.Value}")
            .Order(StringComparer.Ordinal)];
        lines.Take(SeededCases.PlainCount).ShouldBe(LinesOf(NethereumVectors.FirstRonin));
        LineDigest.Of(lines).ShouldBe(NethereumVectors.Ronin);
    }

    private static string[] LinesOf(string text) => text.ReplaceLineEndings("\n").Split('\n');

    private static IEnumerable<string> Lines(string method, byte[] json)
    {
        switch (method)
        {
            case "eth_getBlockByNumber":
                Block block = BlockDecoder.Decode(json);
                return
                [
                    $"block {block.Height} {block.HashText} {block.ParentHashText} {block.Time.ToUnixTimeSeconds()} {block.TransactionCount}",
                    .. block.Transactions.Select(t => $"tx 0x{t.Hash} {t.Index} {Text(t.From)} {Text(t.To)} {t.Value}"),
                    .. block.Withdrawals.Select(w => $"withdrawal {Text(w.To)} {w.Gwei}"),
                ];
            case "eth_getBlockReceipts" or "eth_getTransactionReceipt":
                using (Receipts receipts = new())
                {
                    using JsonDocument document = JsonDocument.Parse(json);
                    JsonElement[] all = document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray()] : [document.RootElement];
                    Array.ForEach(all, r => ReceiptDecoder.DecodeOne(System.Text.Encoding.UTF8.GetBytes(r.GetRawText()), receipts));
                    return
                    [
                        .. receipts.Rows.Select(r => $"receipt 0x{r.Tx} {r.Block} {r.Index} {(r.Succeeded is bool done ? done ? "1" : "0" : "-")} {Text(r.Created)}"),
                        .. receipts.Logs.Select(Text),
                    ];
                }

            default:
                List<LogRow> logs = [];
                LogDecoder.Decode(json, logs);
                return [.. logs.Select(Text)];
        }
    }

    private static string Lenient(JsonElement log)
    {
        string[] topics = [.. log.GetProperty("topics").EnumerateArray().Select(t => t.GetString()![2..].ToLowerInvariant())];
        string data = log.GetProperty("data").GetString()![2..];
        string contract = log.GetProperty("address").GetString()!.ToLowerInvariant();
        string Last20(int topic) => $"0x{topics[topic][24..]}";
        BigInteger value = Number(data[..Math.Min(64, data.Length)]);
        bool isWeth = contract == SeededLogs.Weth && topics.Length == 2;
        return (topics.Length == 0 ? "" : topics[0]) switch
        {
            string t when t == ValueMoves.TransferTopic.ToString() && topics.Length == 3 => $"erc20 {Last20(1)} {Last20(2)} {value}",
            string t when t == ValueMoves.TransferTopic.ToString() && topics.Length == 4 => $"erc721 {Last20(1)} {Last20(2)} {Number(topics[3])}",
            string t when t == ValueMoves.DepositTopic.ToString() && isWeth => $"erc20 {contract} {Last20(1)} {value}",
            string t when t == ValueMoves.WithdrawalTopic.ToString() && isWeth => $"erc20 {Last20(1)} {contract} {value}",
            _ => "-",
        };
    }

    private static BigInteger Number(string hex) => BigInteger.Parse($"0{hex}", NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    private static string Text(Bytes20? address) => address is Bytes20 bytes ? bytes.On(Chain.Ethereum).ToCanonicalString() : "-";

    private static string Text(LogRow log) =>
        string.Create(CultureInfo.InvariantCulture, $"log {Text(log.Contract)} {log.Block} 0x{log.Tx} {log.TxIndex} {log.LogIndex} {log.TopicCount} {log.DataLength}");
}
