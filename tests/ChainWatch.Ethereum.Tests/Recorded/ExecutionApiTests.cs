using System.Runtime.InteropServices;
using System.Text.Json;
using ChainWatch.Ethereum.Decoding;
using ChainWatch.Rpc;

namespace ChainWatch.Ethereum.Tests.Recorded;

/// <summary>The request and response pairs of ethereum/execution-apis, of a test chain.</summary>
public class ExecutionApiTests
{
    [SkippableFact]
    public void EveryResponse_Parses()
    {
        int blocks = 0;
        int receipts = 0;
        int logs = 0;
        int errors = 0;
        foreach ((string file, string method, string response) in RecordedAnswer.Pairs())
        {
            using JsonDocument document = JsonDocument.Parse(response);
            if (document.RootElement.TryGetProperty("error", out JsonElement error))
            {
                RpcErrorClassifier.Classify(null, error.GetProperty("code").GetInt32(), error.GetProperty("message").GetString()).ShouldBeOneOf(RpcErrorKind.BlockUnknown, RpcErrorKind.RangeTooWide, RpcErrorKind.Fatal);
                errors++;
                continue;
            }

            byte[] result = RecordedAnswer.Result(response);
            if (result.AsSpan().SequenceEqual("null"u8))
            {
                continue;
            }

            JsonElement expected = document.RootElement.GetProperty("result");
            switch (method)
            {
                case "eth_getBlockByNumber":
                    Block block = BlockDecoder.Decode(result);
                    block.HashText.ShouldBe(expected.GetProperty("hash").GetString(), file);
                    block.TransactionCount.ShouldBe(expected.GetProperty("transactions").GetArrayLength(), file);
                    blocks++;
                    break;
                case "eth_getBlockReceipts":
                    using (Receipts decoded = ReceiptDecoder.Decode(result))
                    {
                        decoded.Rows.Count.ShouldBe(expected.GetArrayLength(), file);
                        decoded.Logs.Count.ShouldBe(expected.EnumerateArray().Sum(r => r.GetProperty("logs").GetArrayLength()), file);
                        // Each receipt carries the bloom of its own events.
                        foreach ((ReceiptRow row, JsonElement receipt) in decoded.Rows.Zip(expected.EnumerateArray()))
                        {
                            byte[] bloom = Convert.FromHexString(receipt.GetProperty("logsBloom").GetString()!.AsSpan(2));
                            new LogsBloom().IsOf(CollectionsMarshal.AsSpan(decoded.Logs)[row.LogStart..row.LogEnd], bloom).ShouldBeTrue(file);
                            receipts++;
                        }
                    }

                    break;
                case "eth_getLogs":
                    List<LogRow> rows = [];
                    LogDecoder.Decode(result, rows);
                    rows.Select(r => $"0x{r.Tx} {r.LogIndex} {r.TopicCount}").ShouldBe(expected.EnumerateArray().Select(l => $"{l.GetProperty("transactionHash").GetString()} {Convert.ToInt64(l.GetProperty("logIndex").GetString(), 16)} {l.GetProperty("topics").GetArrayLength()}"), file);
                    logs += rows.Count;
                    break;
            }
        }

        blocks.ShouldBeGreaterThan(5);
        receipts.ShouldBeGreaterThan(3);
        logs.ShouldBeGreaterThan(3);
        errors.ShouldBeGreaterThan(2);
    }
}
