using System.Globalization;
using ChainWatch.Rpc;

namespace ChainWatch.Ethereum;

/// <summary>The calls of the execution API that are made, written in one place.</summary>
internal static class NodeCalls
{
    public static RpcCall ChainId { get; } = RpcCall.Of("eth_chainId");

    public static RpcCall ClientVersion { get; } = RpcCall.Of("web3_clientVersion");

    public static RpcCall Block(long height, bool whole) => RpcCall.Of("eth_getBlockByNumber", Quantity(height), whole ? "true" : "false");

    public static RpcCall Block(string tag) => RpcCall.Of("eth_getBlockByNumber", $"\"{tag}\"", "false");

    public static RpcCall BlockReceipts(long height) => RpcCall.Of("eth_getBlockReceipts", Quantity(height));

    public static RpcCall Receipt(TxId tx) => RpcCall.Of("eth_getTransactionReceipt", Quote(tx));

    public static RpcCall Transaction(TxId tx) => RpcCall.Of("eth_getTransactionByHash", Quote(tx));

    public static RpcCall TraceBlock(long height) => RpcCall.Of("trace_block", Quantity(height));

    public static RpcCall TraceTransaction(TxId tx) => RpcCall.Of("trace_transaction", Quote(tx));

    public static RpcCall DebugTraceBlock(long height) => RpcCall.Of("debug_traceBlockByNumber", Quantity(height), CallTracer);

    public static RpcCall DebugTraceTransaction(TxId tx) => RpcCall.Of("debug_traceTransaction", Quote(tx), CallTracer);

    /// <summary>Events in a range of blocks, by their first topic and one address among the others.</summary>
    public static RpcCall Logs(long first, long last, IEnumerable<TxId> events, int place, IEnumerable<Address> addresses)
    {
        string at = $"[{string.Join(',', addresses.Select(a => $"\"0x{new string('0', 24)}{a.ToCanonicalString()[2..]}\""))}]";
        string topics = $"[[{string.Join(',', events.Select(Quote))}],{(place == 1 ? at : $"null,{at}")}]";
        return RpcCall.Of("eth_getLogs", $"{{\"fromBlock\":{Quantity(first)},\"toBlock\":{Quantity(last)},\"topics\":{topics}}}");
    }

    /// <summary>Traces in a range of blocks whose payer (or payee) is one of the addresses. Never both: some nodes read that as "or", some as "and".</summary>
    public static RpcCall TraceFilter(long first, long last, bool from, IEnumerable<Address> addresses) => RpcCall.Of(
        "trace_filter",
        $"{{\"fromBlock\":{Quantity(first)},\"toBlock\":{Quantity(last)},\"{(from ? "fromAddress" : "toAddress")}\":[{string.Join(',', addresses.Select(a => $"\"{a.ToCanonicalString()}\""))}]}}");

    /// <summary>A page of an address's transactions, from a block on, the oldest first.</summary>
    public static RpcCall SearchAfter(Address address, long block, int count) => RpcCall.Of(
        "ots_searchTransactionsAfter", $"\"{address.ToCanonicalString()}\"", block.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture));

    private const string CallTracer = "{\"tracer\":\"callTracer\"}";

    private static string Quantity(long value) => string.Create(CultureInfo.InvariantCulture, $"\"0x{value:x}\"");

    private static string Quote(TxId tx) => $"\"0x{tx}\"";
}
