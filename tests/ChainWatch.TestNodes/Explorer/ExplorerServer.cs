using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Http;
using ChainWatch.TestNodes.Ronin;

namespace ChainWatch.TestNodes.Explorer;

/// <summary>An explorer's API over the re-enactment, in Etherscan's manner or Blockscout's.</summary>
public sealed class ExplorerServer : IAsyncDisposable
{
    private readonly RoninReenactment _play;
    private readonly ExplorerOptions _options;
    private readonly ExplorerRows _rows;
    private readonly LoopbackServer _server;
    private readonly ConcurrentDictionary<string, int> _counts = new(StringComparer.Ordinal);
    private int _rateLimits;

    private ExplorerServer(RoninReenactment play, ExplorerOptions options, ExplorerRows rows)
    {
        _play = play;
        _options = options;
        _rows = rows;
        _server = new LoopbackServer((request, _) => AnswerAsync(request));
    }

    /// <summary>Where the API is: what comes before the question mark.</summary>
    public Uri Endpoint => new(_server.Endpoint, IsBlockscout ? "api" : "v2/api");

    /// <summary>Requests that came, by action.</summary>
    public IReadOnlyDictionary<string, int> Calls => _counts;

    private bool IsBlockscout => _options.Dialect == ExplorerDialect.Blockscout;

    /// <summary>Starts to answer about a re-enactment.</summary>
    public static async Task<ExplorerServer> StartAsync(RoninReenactment play, ExplorerOptions? options = null)
    {
        options ??= new ExplorerOptions();
        return new ExplorerServer(play, options, await ExplorerRows.BuildAsync(play, options.Dialect));
    }

    /// <summary>The next requests are told that there are too many of them, under HTTP 200 (Blockscout: 429).</summary>
    public void LimitRate(int times) => _rateLimits = times;

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private async Task<LoopbackAnswer> AnswerAsync(LoopbackRequest request)
    {
        IReadOnlyDictionary<string, string> query = request.Query;
        string action = query.GetValueOrDefault("action", request.Method == "POST" ? "eth-rpc" : "");
        _counts.AddOrUpdate(action, 1, (_, count) => count + 1);
        if (Interlocked.Decrement(ref _rateLimits) >= 0)
        {
            return IsBlockscout
                ? LoopbackAnswer.Text("""{"message":"429 Too Many Requests","result":null,"status":"0"}""", 429)
                : NotOk("Max calls per sec rate limit reached (5/sec)");
        }

        if (IsBlockscout && request.Method == "POST" && request.Target.EndsWith("/api/eth-rpc", StringComparison.Ordinal))
        {
            return await AskNodeAsync(JsonNode.Parse(request.Body)!.AsObject());
        }

        if (!IsBlockscout && query.GetValueOrDefault("chainid") != _play.Chain.Id["eip155:".Length..])
        {
            return NotOk("Missing or unsupported chainid parameter (required for v2 api), please see https://api.etherscan.io/v2/chainlist for the list of supported chainids");
        }

        if (!IsBlockscout && query.GetValueOrDefault("apikey") != _options.ApiKey)
        {
            return NotOk(query.ContainsKey("apikey") ? "Invalid API Key" : "Missing/Invalid API Key");
        }

        return (query.GetValueOrDefault("module"), action) switch
        {
            ("account", "txlist") => Rows(_rows.Transactions, query, "No transactions found"),
            ("account", "txlistinternal") => Rows(_rows.Internals, query, IsBlockscout ? "No internal transactions found" : "No transactions found"),
            ("account", "tokentx") => Rows(_rows.Tokens, query, IsBlockscout ? "No token transfers found" : "No transactions found"),
            ("block", "eth_block_number") when IsBlockscout => await AskNodeAsync(Call("eth_blockNumber")),
            ("proxy", _) when !IsBlockscout => await ProxyAsync(action, query),
            ("account" or "block", _) => IsBlockscout ? Told("0", "Unknown action", null) : NotOk("Error! Missing Or invalid Action name"),
            _ => IsBlockscout ? Told("0", "Unknown module", null) : NotOk("Error! Missing Or invalid Module name"),
        };
    }

    private Task<LoopbackAnswer> ProxyAsync(string action, IReadOnlyDictionary<string, string> query) => action switch
    {
        "eth_blockNumber" or "eth_chainId" => AskNodeAsync(Call(action)),
        "eth_getBlockByNumber" => AskNodeAsync(Call(action, query["tag"], query.GetValueOrDefault("boolean") == "true")),
        "eth_getTransactionByHash" or "eth_getTransactionReceipt" => AskNodeAsync(Call(action, query["txhash"])),
        _ => Task.FromResult(NotOk("Error! Missing Or invalid Action name")),
    };

    private static JsonObject Call(string method, params JsonNode?[] parameters) =>
        new() { ["jsonrpc"] = "2.0", ["id"] = 83, ["method"] = method, ["params"] = new JsonArray(parameters) };

    private async Task<LoopbackAnswer> AskNodeAsync(JsonObject call)
    {
        using RpcClient node = new(_play.Node.Endpoint);
        return LoopbackAnswer.Text(await node.PostAsync(call.ToJsonString()));
    }

    private LoopbackAnswer Rows(List<ExplorerRow> table, IReadOnlyDictionary<string, string> query, string none)
    {
        if (query.GetValueOrDefault("txhash") is string hash)
        {
            return Listed(table.Where(row => row.Hash == hash).Select(row => Without(row, IsBlockscout ? [] : ["hash", "traceId"])), none);
        }

        string? contract = query.GetValueOrDefault("contractaddress")?.ToLowerInvariant();
        if (!Address.TryParse(query.GetValueOrDefault("address"), _play.Chain, out Address address) && contract is null)
        {
            return IsBlockscout ? Told("0", "Invalid address hash", null) : NotOk("Error! Invalid address format");
        }

        int page = Math.Max(1, Number(query, "page", 1));
        int offset = Number(query, "offset", 0) is > 0 and int given ? given : _options.RowsMax;
        if ((long)page * offset > _options.RowsMax && !IsBlockscout)
        {
            return Told("0", string.Create(CultureInfo.InvariantCulture, $"Result window is too large, PageNo x Offset size must be less than or equal to {_options.RowsMax}"), null);
        }

        long first = Number(query, "startblock", 0);
        long last = Number(query, "endblock", int.MaxValue);
        IEnumerable<ExplorerRow> found = table.Where(row => row.Block >= first && row.Block <= last
            && (contract is null || row.Contract == contract) && (address == default || row.Addresses.Contains(address.ToCanonicalString())));
        bool descending = query.GetValueOrDefault("sort", IsBlockscout ? "desc" : "asc") == "desc";
        found = descending ? found.Reverse() : found;
        return Listed(found.Take(_options.RowsMax).Skip((page - 1) * offset).Take(offset).Select(row => Without(row, [])), none);
    }

    private static LoopbackAnswer Listed(IEnumerable<JsonObject> rows, string none)
    {
        JsonArray result = [.. rows];
        return result.Count == 0 ? Told("0", none, result) : Told("1", "OK", result);
    }

    private static JsonObject Without(ExplorerRow row, string[] fields)
    {
        JsonObject copy = row.Fields.DeepClone().AsObject();
        Array.ForEach(fields, field => copy.Remove(field));
        return copy;
    }

    private static int Number(IReadOnlyDictionary<string, string> query, string name, int otherwise) =>
        int.TryParse(query.GetValueOrDefault(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    private static LoopbackAnswer NotOk(string result) => Told("0", "NOTOK", result);

    private static LoopbackAnswer Told(string status, string message, JsonNode? result) =>
        LoopbackAnswer.Text(new JsonObject { ["status"] = status, ["message"] = message, ["result"] = result }.ToJsonString());
}
