using System.Globalization;
using ChainWatch.Rpc;

namespace ChainWatch.Bitcoin.Node;

/// <summary>The calls of Bitcoin Core's JSON-RPC that are made, written in one place.</summary>
internal static class NodeCalls
{
    public static RpcCall ChainInfo { get; } = RpcCall.Of("getblockchaininfo");

    public static RpcCall NetworkInfo { get; } = RpcCall.Of("getnetworkinfo");

    public static RpcCall BlockHash(long height) => RpcCall.Of("getblockhash", height.ToString(CultureInfo.InvariantCulture));

    /// <summary>The 80 bytes of a header.</summary>
    public static RpcCall Header(string hash) => RpcCall.Of("getblockheader", $"\"{hash}\"", "false");

    /// <summary>A block's bytes. Nodes before Bitcoin Core 0.15 take no number.</summary>
    public static RpcCall RawBlock(string hash, bool asWord) => RpcCall.Of("getblock", $"\"{hash}\"", asWord ? "false" : "0");

    /// <summary>A block with its transactions and the outputs that they spend (Bitcoin Core 25 and later).</summary>
    public static RpcCall WholeBlock(string hash) => RpcCall.Of("getblock", $"\"{hash}\"", "3");

    /// <summary>A transaction's bytes. The form with a word is not used: 0 is taken by all.</summary>
    public static RpcCall RawTransaction(TxId id) => RpcCall.Of("getrawtransaction", $"\"{id}\"", "0");
}
