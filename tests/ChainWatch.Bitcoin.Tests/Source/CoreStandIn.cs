using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChainWatch.Bitcoin.Decoding;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.Bitcoin.Tests.Source;

/// <summary>
/// Answers as Bitcoin Core documents it, from blocks that it was given: real ones, or copies of a real node's. Can be without
/// what some nodes are without, and can be made to lie.
/// </summary>
internal sealed class CoreStandIn : IAsyncDisposable
{
    public const string RegtestGenesis = "0f9188f13cb7b2c71f2a335e3a4fc328bf5beb436012afca590b1a11466e2206";
    public const string MainnetGenesis = "000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f";
    private readonly LoopbackServer _server;
    private readonly Dictionary<string, StandInBlock> _byHash = [];
    private readonly Dictionary<string, byte[]> _transactions = [];
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private Dictionary<long, StandInBlock> _byHeight = [];

    public CoreStandIn(params StandInBlock[] blocks)
    {
        Become(blocks);
        _server = new LoopbackServer((request, _) => Task.FromResult(Answer(request)));
    }

    public Uri Endpoint => _server.Endpoint;

    /// <summary>The highest number that <c>getblock</c> knows; above it, the form of 1.</summary>
    public int VerbosityMax { get; init; } = 3;

    /// <summary>Whether transactions of blocks are found by their ids.</summary>
    public bool HasIndex { get; init; } = true;

    /// <summary>The hash of block 0.</summary>
    public string Genesis { get; init; } = RegtestGenesis;

    /// <summary>Further fields of <c>getblockchaininfo</c>.</summary>
    public JsonObject More { get; init; } = [];

    /// <summary>Changes a result, or answers in its place; throws a <see cref="Refusal"/> to refuse. Called one at a time.</summary>
    public Func<string, JsonArray, JsonNode?, JsonNode?> Change { get; set; } = (_, _, result) => result;

    /// <summary>How often a method was called.</summary>
    public int CallsOf(string method) => _calls.GetValueOrDefault(method);

    /// <summary>Has another chain from now on. Blocks of the one before are still known by their hashes.</summary>
    public void Become(IEnumerable<StandInBlock> blocks)
    {
        Dictionary<long, StandInBlock> byHeight = blocks.ToDictionary(b => (long)b.Height);
        foreach (StandInBlock block in byHeight.Values.Where(b => _byHash.TryAdd(b.Hash, b)))
        {
            foreach ((TxId id, byte[] bytes) in block.Transactions())
            {
                _transactions[id.ToString()] = bytes;
            }
        }

        _byHeight = byHeight;
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private LoopbackAnswer Answer(LoopbackRequest request)
    {
        JsonNode body = JsonNode.Parse(request.Body)!;
        lock (_lock)
        {
            JsonNode answer = body is JsonArray batch ? new JsonArray([.. batch.Select(call => Answer(call!.AsObject()))]) : Answer(body.AsObject());
            return LoopbackAnswer.Text(answer.ToJsonString());
        }
    }

    private JsonObject Answer(JsonObject call)
    {
        JsonObject answer = new() { ["jsonrpc"] = "2.0", ["id"] = call["id"]!.DeepClone() };
        string method = (string)call["method"]!;
        _calls.AddOrUpdate(method, 1, (_, n) => n + 1);
        try
        {
            JsonArray parameters = call["params"]!.AsArray();
            answer["result"] = Change(method, parameters, Result(method, parameters));
        }
        catch (Refusal refusal)
        {
            answer["error"] = new JsonObject { ["code"] = refusal.Code, ["message"] = refusal.Message };
        }

        return answer;
    }

    private JsonNode? Result(string method, JsonArray parameters)
    {
        switch (method)
        {
            case "getblockchaininfo":
                StandInBlock head = _byHeight[_byHeight.Keys.Max()];
                JsonObject info = new() { ["chain"] = "regtest", ["blocks"] = head.Height, ["headers"] = head.Height, ["bestblockhash"] = head.Hash, ["verificationprogress"] = 1, ["initialblockdownload"] = false, ["pruned"] = false };
                foreach ((string name, JsonNode? value) in More)
                {
                    info[name] = value?.DeepClone();
                }

                return info;
            case "getnetworkinfo":
                return new JsonObject { ["version"] = 280000, ["subversion"] = "/Satoshi:28.0.0/" };
            case "getblockhash":
                long height = (long)parameters[0]!;
                return height == 0 ? Genesis : _byHeight.TryGetValue(height, out StandInBlock? at) ? at.Hash : throw new Refusal(-8, "Block height out of range");
            case "getblockheader":
                return Convert.ToHexStringLower(Find(parameters).Bytes.AsSpan(0, BlockHeader.Length));
            case "getblock":
                int verbosity = parameters[1]!.GetValueKind() == JsonValueKind.False ? 0 : (int)parameters[1]!;
                StandInBlock block = Find(parameters);
                return verbosity == 0 ? Convert.ToHexStringLower(block.Bytes) : block.Json(verbosity > VerbosityMax ? 1 : verbosity);
            case "getrawtransaction":
                return HasIndex && _transactions.TryGetValue((string)parameters[0]!, out byte[]? bytes)
                    ? Convert.ToHexStringLower(bytes)
                    : throw new Refusal(-5, HasIndex ? "No such mempool or blockchain transaction. Use gettransaction for wallet transactions." : "No such mempool transaction. Use -txindex or provide a block hash to enable blockchain transaction queries. Use gettransaction for wallet transactions.");
            default:
                throw new Refusal(-32601, "Method not found");
        }
    }

    private StandInBlock Find(JsonArray parameters) => _byHash.GetValueOrDefault((string)parameters[0]!) ?? throw new Refusal(-5, "Block not found");

    /// <summary>An error of the node's own.</summary>
    internal sealed class Refusal(int code, string message) : Exception(message)
    {
        public int Code => code;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{code}: {Message}");
    }
}
