using System.Globalization;
using System.Runtime.InteropServices;
using ChainWatch.Ethereum.Decoding;
using ChainWatch.Ethereum.Tests.Source;

namespace ChainWatch.Ethereum.Tests.Recorded;

/// <summary>What real nodes answered is decoded to what others (ethereum-etl) say it holds.</summary>
public class RecordedAnswerTests
{
    [SkippableTheory]
    [InlineData("block_with_logs")]
    [InlineData("blocks_with_transactions")]
    public void Blocks(string name)
    {
        string folder = RecordedAnswer.Folder($"ethereum-etl/test_export_blocks_job/{name}");
        Block[] blocks = [.. RecordedAnswer.Results(folder, "eth_getBlockByNumber").Select(json => BlockDecoder.Decode(json))];

        blocks.Select(b => $"{b.Height} {b.HashText} {b.ParentHashText} {b.Time.ToUnixTimeSeconds()} 0x{Convert.ToHexStringLower(b.LogsBloom)} {b.TransactionCount}")
            .ShouldBe(RecordedAnswer.Csv(Path.Combine(folder, "expected_blocks.csv")).OrderBy(r => r["number"], StringComparer.Ordinal)
                .Select(r => $"{r["number"]} {r["hash"]} {r["parent_hash"]} {r["timestamp"]} {r["logs_bloom"]} {r["transaction_count"]}"));
        blocks.SelectMany(b => b.Transactions.Select(t => $"0x{t.Hash} {b.Height} {t.Index} {Text(t.From)} {Text(t.To)} {t.Value}")).Order(StringComparer.Ordinal)
            .ShouldBe(RecordedAnswer.Csv(Path.Combine(folder, "expected_transactions.csv"))
                .Select(r => $"{r["hash"]} {r["block_number"]} {r["transaction_index"]} {r["from_address"]} {r["to_address"]} {r["value"]}").Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public void Genesis_HasNoTransactions()
    {
        string folder = RecordedAnswer.Folder("ethereum-etl/test_export_blocks_job/block_without_transactions");

        Block block = BlockDecoder.Decode(RecordedAnswer.Results(folder, "eth_getBlockByNumber").Single());
        (block.Height, block.TransactionCount).ShouldBe((0, 0));
    }

    [SkippableFact]
    public void ReceiptsAndLogs_AndTheirBloomIsTheBlocks()
    {
        string folder = RecordedAnswer.Folder("ethereum-etl/test_export_receipts_job/receipts_with_logs");
        using Receipts receipts = new();
        foreach (byte[] json in RecordedAnswer.Results(folder, "eth_getTransactionReceipt"))
        {
            ReceiptDecoder.DecodeOne(json, receipts);
        }

        receipts.Rows.Select(r => $"0x{r.Tx} {r.Index} 0x{r.BlockHash} {r.Block} {Text(r.Created)} {r.Succeeded}").Order(StringComparer.Ordinal)
            .ShouldBe(RecordedAnswer.Csv(Path.Combine(folder, "expected_receipts.csv"))
                .Select(r => $"{r["transaction_hash"]} {r["transaction_index"]} {r["block_hash"]} {r["block_number"]} {r["contract_address"]} {(r["status"].Length == 0 ? "" : r["status"] == "1" ? "True" : "False")}").Order(StringComparer.Ordinal));
        receipts.Logs.Select(Text).Order(StringComparer.Ordinal)
            .ShouldBe(RecordedAnswer.Csv(Path.Combine(folder, "expected_logs.csv"))
                .Select(r => $"{r["log_index"]} {r["transaction_hash"]} {r["transaction_index"]} {r["block_hash"]} {r["block_number"]} {r["address"]} {r["topics"]} {(r["data"].Length - 2) / 2}").Order(StringComparer.Ordinal));

        // The same block, 483920, is among the blocks: its header's bloom stands for exactly these events.
        Block block = BlockDecoder.Decode(RecordedAnswer.Results(RecordedAnswer.Folder("ethereum-etl/test_export_blocks_job/block_with_logs"), "eth_getBlockByNumber").Single());
        block.Height.ShouldBe(receipts.Rows[0].Block);
        new LogsBloom().IsOf(CollectionsMarshal.AsSpan(receipts.Logs), block.LogsBloom).ShouldBeTrue();
        new LogsBloom().IsOf(CollectionsMarshal.AsSpan(receipts.Logs)[1..], block.LogsBloom).ShouldBeFalse();
    }

    [SkippableFact]
    public void TokenTransfers()
    {
        string folder = RecordedAnswer.Folder("ethereum-etl/test_export_token_transfers_job/block_with_transfers");
        List<LogRow> logs = [];
        LogDecoder.Decode(RecordedAnswer.Results(folder, "eth_getFilterLogs").Single(), logs);
        ValueMoves moves = new(Chain.Ethereum, WrappedCoin.Of(Chain.Ethereum));
        Kept kept = new();
        logs.ForEach(l => moves.SendEvent(l, new ChainPosition(Chain.Ethereum, l.Block, l.TxIndex), default, kept));

        kept.Transfers.Select(t => $"{t.Asset.Contract!.Value.ToCanonicalString()} {t.From.ToCanonicalString()} {t.To.ToCanonicalString()} {t.Value} 0x{t.Tx} {t.Position.Block}")
            .ShouldBe(RecordedAnswer.Csv(Path.Combine(folder, "expected_token_transfers.csv")).Select(r => $"{r["token_address"]} {r["from_address"]} {r["to_address"]} {r["value"]} {r["transaction_hash"]} {r["block_number"]}"));
    }

    public static TheoryData<string, string> Traces
    {
        get
        {
            TheoryData<string, string> data = [];
            foreach (string name in new[] { "block_with_create", "block_with_error", "block_with_subtraces", "block_with_suicide", "block_without_transactions" })
            {
                data.Add("test_export_traces_job", name);
                data.Add("test_extract_geth_traces_job", name);
            }

            return data;
        }
    }

    [SkippableTheory]
    [MemberData(nameof(Traces))]
    public void TracesOfBlocks(string job, string name)
    {
        string folder = RecordedAnswer.Folder($"ethereum-etl/{job}/{name}");
        bool isGeth = job.Contains("geth", StringComparison.Ordinal);
        List<TraceRow> rows = [];
        foreach (byte[] json in RecordedAnswer.Results(folder, isGeth ? "debug_traceBlockByNumber" : "trace_block"))
        {
            if (isGeth)
            {
                CallTracerDecoder.DecodeBlock(json, rows);
            }
            else
            {
                ParityTraceDecoder.DecodeWhole(json, rows);
            }
        }

        IReadOnlyList<IReadOnlyDictionary<string, string>> all = RecordedAnswer.Csv(Path.Combine(folder, "expected_traces.csv"));
        // What the chain began with (genesis, the DAO fork) is in no node's answer.
        IReadOnlyDictionary<string, string>[] expected = [.. all.Where(r => r["trace_type"] is "call" or "create" or "suicide" or "reward")];
        bool Succeeded(IReadOnlyDictionary<string, string> row) => isGeth ? row["error"].Length == 0 : row["status"] == "1";
        rows.Select(r => $"{r.Kind} {r.Depth} {!r.IsReverted} {(r.Kind == TraceKind.Reward || r.From == default ? "" : Text(r.From))} {Text(r.To)} {r.Value}").Order(StringComparer.Ordinal)
            .ShouldBe(expected.Select(r => $"{KindOf(r)} {Depth(r)} {Succeeded(r)} {r["from_address"]} {r["to_address"]} {(r["value"].Length == 0 ? "0" : r["value"])}").Order(StringComparer.Ordinal));
        rows.Where(r => r.MovesInside).Select(r => $"{Text(r.From)} {Text(r.To)} {r.Value}").Order(StringComparer.Ordinal)
            .ShouldBe(expected
                .Where(r => Depth(r) > 0 && Succeeded(r) && r["value"] is not ("" or "0") && (r["trace_type"] is "create" or "suicide" || (r["trace_type"] == "call" && r["call_type"] == "call")))
                .Select(r => $"{r["from_address"]} {r["to_address"]} {r["value"]}").Order(StringComparer.Ordinal));
    }

    private static string KindOf(IReadOnlyDictionary<string, string> row) => row["trace_type"] switch
    {
        "call" => row["call_type"] == "call" ? nameof(TraceKind.Call) : nameof(TraceKind.CallWithoutValue),
        "create" => nameof(TraceKind.Create),
        "suicide" => nameof(TraceKind.SelfDestruct),
        _ => nameof(TraceKind.Reward),
    };

    private static int Depth(IReadOnlyDictionary<string, string> row) => row["trace_address"].Length == 0 ? 0 : row["trace_address"].Split(',').Length;

    private static string Text(Bytes20? address) => address is Bytes20 bytes ? bytes.On(Chain.Ethereum).ToCanonicalString() : "";

    private static string Text(LogRow log)
    {
        IEnumerable<string> topics = new[] { log.Topic0, log.Topic1, log.Topic2, log.Topic3 }.Take(log.TopicCount).Select(t => $"0x{t}");
        return string.Create(CultureInfo.InvariantCulture, $"{log.LogIndex} 0x{log.Tx} {log.TxIndex} 0x{log.BlockHash} {log.Block} {Text(log.Contract)} {string.Join(',', topics)} {log.DataLength}");
    }
}
