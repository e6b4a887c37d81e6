using System.Globalization;
using System.Numerics;
using System.Text.Json.Nodes;

namespace ChainWatch.TestNodes.Faults;

/// <content>Faults that are told in JSON, or not told at all.</content>
public sealed partial class Fault
{
    /// <summary>eth_getLogs refuses to answer with more than so many logs, in Infura's words.</summary>
    public static Fault ResultLimit(int max = 10_000, int? times = null) => new Fault(times)
    {
        Change = (_, answer) => answer["result"] is JsonArray logs && logs.Count > max
            && SetError(answer, Error(-32005, string.Create(CultureInfo.InvariantCulture, $"query returned more than {max} results"))),
    }.On("eth_getLogs");

    /// <summary>eth_getLogs and trace_filter refuse a range of more than so many blocks.</summary>
    public static Fault RangeLimit(long blocks, int? times = null) => new Fault(times)
    {
        InsteadOfCall = call => RangeOf(call) > blocks
            ? Error(-32000, string.Create(CultureInfo.InvariantCulture, $"block range is too wide, maximum is {blocks}"))
            : null,
    }.On("eth_getLogs", "trace_filter");

    /// <summary>A rate limit told under HTTP 200, by an error object for each call.</summary>
    public static Fault RateLimitedUnder200(int? times = null) => new(times)
    {
        InsteadOfCall = _ => Error(-32005, "daily request count exceeded, request rate limited"),
    };

    /// <summary>The endpoint does not know these methods.</summary>
    public static Fault Unsupported(params string[] methods) => new Fault(times: null)
    {
        InsteadOfCall = call => Error(-32601, $"the method {call.Method} does not exist/is not available"),
    }.On(methods);

    /// <summary>The endpoint knows no internal calls: no trace_*, debug_trace*, ots_*.</summary>
    public static Fault NoTraces() => new(times: null)
    {
        InsteadOfCall = call => call.Method.StartsWith("trace_", StringComparison.Ordinal) || call.Method.StartsWith("debug_", StringComparison.Ordinal) || call.Method.StartsWith("ots_", StringComparison.Ordinal)
            ? Error(-32601, $"the method {call.Method} does not exist/is not available")
            : null,
    };

    /// <summary>The answer carries another request's id.</summary>
    public static Fault WrongId(int? times = null) => new(times)
    {
        Change = (_, answer) =>
        {
            answer["id"] = 987_654_321;
            return true;
        },
    };

    /// <summary>The last log is missing: of eth_getLogs, of a receipt, of a block's receipts. Answers without logs do not count.</summary>
    public static Fault PartialLogs(int? times = null) => new Fault(times) { Change = (call, answer) => DropLastLog(call.Method, answer["result"]) }
        .On("eth_getLogs", "eth_getTransactionReceipt", "eth_getBlockReceipts");

    /// <summary>An empty array where there is something: answers that are empty anyway do not count.</summary>
    /// <param name="method">eth_getLogs, eth_getBlockReceipts, trace_block, …</param>
    /// <param name="times">How often; null for always.</param>
    public static Fault EmptyArray(string method, int? times = null) => new Fault(times)
    {
        Change = (_, answer) =>
        {
            if (answer["result"] is not JsonArray { Count: > 0 })
            {
                return false;
            }

            answer["result"] = new JsonArray();
            return true;
        },
    }.On(method);

    /// <summary>The endpoint answers as if its head were so many blocks behind.</summary>
    public static Fault Lagging(long blocks, int? times = null) => new(times) { LagBlocks = blocks, Change = (call, answer) => Lag(call, answer, call.Head - blocks) };

    private static long RangeOf(RpcCall call)
    {
        JsonNode? filter = call.Parameter(0);
        return filter?["blockHash"] is not null ? 1 : (call.Height(filter?["toBlock"]) ?? call.Head) - (call.Height(filter?["fromBlock"]) ?? call.Head) + 1;
    }

    private static bool DropLastLog(string method, JsonNode? result)
    {
        JsonArray? logs = method switch
        {
            "eth_getLogs" => result as JsonArray,
            "eth_getTransactionReceipt" => result?["logs"] as JsonArray,
            _ => (result as JsonArray)?.Select(receipt => receipt?["logs"] as JsonArray).LastOrDefault(l => l is { Count: > 0 }),
        };
        if (logs is not { Count: > 0 })
        {
            return false;
        }

        logs.RemoveAt(logs.Count - 1);
        return true;
    }

    // What the node told of later blocks is taken out of its answer. The proxy puts the right block where "latest" was asked for.
    private static bool Lag(RpcCall call, JsonObject answer, long head)
    {
        if (call.Method == "eth_blockNumber")
        {
            answer["result"] = RpcClient.Quantity(head);
            return true;
        }

        switch (answer["result"])
        {
            case JsonObject found when IsBeyond(found, head):
                answer["result"] = null;
                return true;
            case JsonArray rows when rows.Any(row => IsBeyond(row, head)):
                JsonNode?[] seen = [.. rows.Where(row => !IsBeyond(row, head))];
                rows.Clear();
                Array.ForEach(seen, rows.Add);
                if (call.Method == "eth_getBlockReceipts")
                {
                    answer["result"] = null;
                }

                return true;
            case JsonArray when call.Method.StartsWith("debug_traceBlock", StringComparison.Ordinal) && call.Height(call.Parameter(0)) > head:
                return SetError(answer, Error(-32000, "block not found"));
            default:
                return false;
        }
    }

    // Blocks have a number; receipts, logs, transactions and traces a blockNumber (traces as a plain number).
    private static bool IsBeyond(JsonNode? row, long head) => row is JsonObject && (row["blockNumber"] ?? row["number"]) is JsonValue height
        && (height.TryGetValue(out string? _) ? RpcClient.Number(height) : new BigInteger(height.GetValue<long>())) > head;
}
