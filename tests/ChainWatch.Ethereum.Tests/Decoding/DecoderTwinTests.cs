using System.Globalization;
using System.Numerics;
using System.Text.Json;
using ChainWatch.Ethereum.Decoding;
using ChainWatch.Tests;

namespace ChainWatch.Ethereum.Tests.Decoding;

/// <summary>The decoders against a slow twin, and against bytes that were changed.</summary>
public class DecoderTwinTests
{
    [Fact]
    public void Logs_AreThoseOfTheTwin()
    {
        for (int number = 0; number < CaseCount.DecoderInputs / 250; number++)
        {
            string json = new RandomAnswer(number).Logs(number % 6);
            List<LogRow> rows = [];
            LogDecoder.Decode(System.Text.Encoding.UTF8.GetBytes(json), rows);

            rows.Select(Text).ShouldBe(Twin(json), $"case {number}");
        }
    }

    [Fact]
    public void Receipts_AreThoseOfTheTwin()
    {
        for (int number = 0; number < CaseCount.DecoderInputs / 500; number++)
        {
            string json = new RandomAnswer(number).Receipts(number % 5);
            using Receipts receipts = ReceiptDecoder.Decode(System.Text.Encoding.UTF8.GetBytes(json));
            using JsonDocument document = JsonDocument.Parse(json);

            receipts.Rows.Select(r => $"{r.Tx} {r.Index} {r.BlockHash} {r.Block} {r.Succeeded} {r.Created?.On(Chain.Ethereum).ToCanonicalString()} {r.LogEnd - r.LogStart}").ShouldBe(
                document.RootElement.EnumerateArray().Select(r => string.Create(CultureInfo.InvariantCulture, $"{Hex(r, "transactionHash")} {Number(r, "transactionIndex")} {Hex(r, "blockHash")} {Number(r, "blockNumber")} {Status(r)} {Created(r)} {r.GetProperty("logs").GetArrayLength()}")),
                $"case {number}");
            receipts.Logs.Select(Text).ShouldBe(document.RootElement.EnumerateArray().SelectMany(r => Twin(r.GetProperty("logs").GetRawText())), $"case {number}");
        }
    }

    [Fact]
    public void ChangedBytes_AreReadOrRefused_NeverMore()
    {
        Random random = new(11);
        int refused = 0;
        int mutations = CaseCount.DecoderInputs / 5;
        byte[][] answers = [.. Enumerable.Range(0, 40).Select(i => System.Text.Encoding.UTF8.GetBytes(i % 2 == 0 ? new RandomAnswer(i).Receipts(2) : new RandomAnswer(i).Logs(3)))];
        for (int i = 0; i < mutations; i++)
        {
            byte[] bytes = [.. answers[i % answers.Length]];
            int changes = random.Next(1, 4);
            for (int change = 0; change < changes; change++)
            {
                bytes[random.Next(bytes.Length)] = random.Next(3) == 0 ? (byte)random.Next(256) : "\"[]{},:0x\\ nf"u8[random.Next(13)];
            }

            ReadOnlySpan<byte> cut = random.Next(4) == 0 ? bytes.AsSpan(0, random.Next(bytes.Length)) : bytes;
            try
            {
                if (i % 2 == 0)
                {
                    ReceiptDecoder.Decode(cut).Dispose();
                }
                else
                {
                    LogDecoder.Decode(cut, []);
                }
            }
            catch (EthereumFormatException)
            {
                refused++;
            }
        }

        refused.ShouldBeInRange(mutations / 10, mutations);
    }

    [Theory]
    [InlineData("""[{"type":"call","action":{"from":"0x00","to":null}}]""")]
    [InlineData("[[[[[[[[[[")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1,2,3]")]
    public void MalformedTraces_AreRefused(string json)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(json);
        Should.Throw<EthereumFormatException>(() => ParityTraceDecoder.DecodeWhole(bytes, []));
        Should.Throw<EthereumFormatException>(() => CallTracerDecoder.DecodeBlock(bytes, []));
        Should.Throw<EthereumFormatException>(() => BlockDecoder.Decode(bytes));
    }

    [Fact]
    public void CallsTooDeep_AreRefusedAndNotFollowed()
    {
        string json = string.Concat(Enumerable.Repeat("{\"type\":\"CALL\",\"calls\":[", 20_000));
        Should.Throw<EthereumFormatException>(() => CallTracerDecoder.DecodeTransaction(System.Text.Encoding.UTF8.GetBytes(json), 0, [])).Message.ShouldContain("deep");
    }

    [Theory]
    [InlineData("0x", "number: '0x'; expected a quantity of at most 15 digits")]
    [InlineData("12", "number: '12'; expected hexadecimal digits after 0x")]
    [InlineData("0x1g", "number: '0x1g'; expected hexadecimal digits after 0x")]
    [InlineData("0x1234567890abcdef1", "number: '0x1234567890abcdef1'; expected a quantity of at most 15 digits")]
    public void WrongQuantity_NamesFieldAndWhatWasExpected(string text, string message) =>
        Should.Throw<EthereumFormatException>(() => BlockDecoder.Decode(System.Text.Encoding.UTF8.GetBytes($"{{\"number\":\"{text}\"}}"))).Message.ShouldBe(message);

    [Fact]
    public void HexDigits_OfEveryByte()
    {
        byte[] bytes = [.. Enumerable.Range(0, 256).Select(i => (byte)i)];
        byte[] decoded = new byte[256];
        HexDigits.TryDecode(System.Text.Encoding.ASCII.GetBytes(Convert.ToHexString(bytes)), decoded).ShouldBeTrue();
        decoded.ShouldBe(bytes);
        for (int place = 0; place < 64; place++)
        {
            for (int c = 0; c < 256; c++)
            {
                byte[] digits = System.Text.Encoding.ASCII.GetBytes(new string('a', 64));
                digits[place] = (byte)c;
                HexDigits.TryDecode(digits, new byte[32]).ShouldBe(char.IsAsciiHexDigit((char)c), $"{c} at {place}");
            }
        }
    }

    private static string Text(LogRow log)
    {
        IEnumerable<TxId> topics = new[] { log.Topic0, log.Topic1, log.Topic2, log.Topic3 }.Take(log.TopicCount);
        return string.Create(CultureInfo.InvariantCulture, $"{log.Contract.On(Chain.Ethereum).ToCanonicalString()} {string.Join(',', topics)} {log.DataLength} {log.Data} {log.Block} {log.Tx} {log.TxIndex} {log.BlockHash} {log.LogIndex} {log.IsRemoved}");
    }

    private static IEnumerable<string> Twin(string json)
    {
        using JsonDocument document = JsonDocument.Parse(json);
        return [.. document.RootElement.EnumerateArray().Select(l =>
        {
            string data = Hex(l, "data");
            BigInteger value = data.Length == 64 ? BigInteger.Parse("0" + data, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : 0;
            string topics = string.Join(',', l.GetProperty("topics").EnumerateArray().Select(t => t.GetString()![2..].ToLowerInvariant()));
            return string.Create(CultureInfo.InvariantCulture, $"0x{Hex(l, "address")} {topics} {data.Length / 2} {value} {Number(l, "blockNumber")} {Hex(l, "transactionHash")} {Number(l, "transactionIndex")} {Hex(l, "blockHash")} {Number(l, "logIndex")} {l.GetProperty("removed").GetBoolean()}");
        })];
    }

    private static string Hex(JsonElement element, string property) => element.GetProperty(property).GetString()![2..].ToLowerInvariant();

    private static long Number(JsonElement element, string property) => Convert.ToInt64(element.GetProperty(property).GetString(), 16);

    private static string Status(JsonElement receipt) => receipt.GetProperty("status").GetString() switch { null => "", "0x1" => "True", _ => "False" };

    private static string Created(JsonElement receipt) => receipt.GetProperty("contractAddress").GetString()?.ToLowerInvariant() ?? "";
}
