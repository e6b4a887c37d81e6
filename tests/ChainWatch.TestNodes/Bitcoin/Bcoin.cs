using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text.Json.Nodes;

namespace ChainWatch.TestNodes.Bitcoin;

/// <summary>
/// A real Bitcoin full node on a private chain on a free loopback port. It mines on demand, all that waits in the order of
/// sending, at times that follow from the heights: the same orders give the same chain. Whatever the consensus allows may
/// wait, without a fee too. Every block creates 50 coins. Segwit is active after height 431, a block's coins can be spent
/// 100 blocks later.
/// </summary>
public sealed class Bcoin : IAsyncDisposable
{
    private const int StartTries = 3;
    private readonly NodeTools _tools;
    private readonly BcoinOptions _options;
    private readonly List<(string Name, KeyKind Kind)> _keys = [];
    private readonly RpcClient _rpc;
    private BcoinProcess? _process;
    private int _branch;

    private Bcoin(NodeTools tools, BcoinOptions options, int port, int peerPort)
    {
        _tools = tools;
        _options = options;
        Endpoint = new Uri($"http://127.0.0.1:{port}/");
        PeerEndpoint = new IPEndPoint(IPAddress.Loopback, peerPort);
        _rpc = new RpcClient(Endpoint, (User, Password));
    }

    /// <summary>Where its JSON-RPC listens, without the credentials.</summary>
    public Uri Endpoint { get; }

    /// <summary>Where it takes peers of its network.</summary>
    public IPEndPoint PeerEndpoint { get; }

    /// <summary>The user of HTTP's basic authentication.</summary>
    public string User { get; } = "x";

    /// <summary>The password, another for each node.</summary>
    public string Password { get; } = RandomNumberGenerator.GetHexString(32, lowercase: true);

    /// <summary>Starts a node and waits until it answers.</summary>
    /// <exception cref="Xunit.SkipException">The tools are absent here.</exception>
    public static async Task<Bcoin> StartAsync(BcoinOptions? options = null)
    {
        NodeTools tools = NodeTools.RequireBcoin();
        for (int tries = 1; ; tries++)
        {
            // A free port may be taken between finding and using it: then another is tried.
            Bcoin bcoin = new(tools, options ?? new BcoinOptions(), FreePort(), FreePort());
            try
            {
                await bcoin.RestartAsync();
                return bcoin;
            }
            catch (InvalidOperationException) when (tries < StartTries)
            {
                await bcoin.DisposeAsync();
            }
        }
    }

    /// <summary>Ends the node; what waits for a block is lost, and where the options name no folder the chain too.</summary>
    public async Task StopAsync()
    {
        if (_process is BcoinProcess process)
        {
            await process.OrderAsync("close");
            await process.DisposeAsync();
            _process = null;
        }
    }

    /// <summary>Starts the stopped node again, on the same port with the same keys.</summary>
    public async Task RestartAsync()
    {
        _process = new BcoinProcess(_tools);
        await _process.OrderAsync("open", new JsonObject
        {
            ["mainnetPrefixes"] = _options.MainnetPrefixes,
            ["folder"] = _options.Folder,
            ["firstBlockTime"] = _options.FirstBlockTime,
            ["secondsPerBlock"] = _options.SecondsPerBlock,
            ["port"] = Endpoint.Port,
            ["peerPort"] = PeerEndpoint.Port,
            ["password"] = Password,
        });
        foreach ((string name, KeyKind kind) in _keys)
        {
            await OwnAsync(name, kind);
        }
    }

    /// <summary>Calls a method of the node's JSON-RPC.</summary>
    /// <exception cref="InvalidOperationException">The node answered with an error: its code and message are told.</exception>
    public Task<JsonNode?> CallAsync(string method, params JsonNode?[] parameters) => _rpc.CallAsync(method, parameters);

    /// <summary>
    /// What pays a key: its address, or <c>script:</c> and hexadecimal where the kind has none. From then on the node signs
    /// for such outputs. The private key is the SHA-256 of "chainwatch test key " and the name.
    /// </summary>
    public async Task<string> AddressAsync(string keyName, KeyKind kind = KeyKind.Segwit)
    {
        string address = await OwnAsync(keyName, kind);
        if (!_keys.Contains((keyName, kind)))
        {
            _keys.Add((keyName, kind));
        }

        return address;
    }

    /// <summary>The output script of an address, in hexadecimal.</summary>
    public async Task<string> ScriptAsync(string address) => (string)(await OrderAsync("script", new JsonObject { ["to"] = address }))!;

    /// <summary>Builds a transaction, signs it with the keys asked for so far and leaves it waiting for a block.</summary>
    /// <param name="inputs">The outputs that it spends, confirmed or waiting, in this order.</param>
    /// <param name="outputs">
    /// Whom it pays, in this order: an address of any kind, or <c>script:</c> and the output's script in hexadecimal. What is
    /// left over is the fee.
    /// </param>
    /// <exception cref="InvalidOperationException">The node refuses it, with its reason.</exception>
    public Task<TxId> SpendAsync(IReadOnlyList<(TxId Tx, int Index)> inputs, IReadOnlyList<(string To, long Satoshis)> outputs) =>
        SpendAsync(new Spend(inputs, outputs));

    /// <summary>Builds a transaction, signs it with the keys asked for so far and leaves it waiting for a block.</summary>
    /// <exception cref="InvalidOperationException">The node refuses it, with its reason.</exception>
    public async Task<TxId> SpendAsync(Spend spend) => TxId.Parse((string)(await OrderAsync("spend", Json(spend)))!);

    /// <summary>Mines blocks; the first takes all that waits, in the order of sending.</summary>
    /// <param name="count">How many.</param>
    /// <param name="to">Who gets the new coins; null for the legacy address of the key "miner".</param>
    /// <returns>The last block's coinbase transaction.</returns>
    public async Task<TxId> MineAsync(int count = 1, string? to = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        JsonObject order = new() { ["count"] = count, ["branch"] = _branch, ["to"] = to ?? await MinerAsync() };
        return TxId.Parse((string)(await OrderAsync("mine", order))!);
    }

    /// <summary>
    /// Replaces the last blocks by a branch that is one block longer. The transactions of the replaced blocks, and all that
    /// waited, are gone.
    /// </summary>
    /// <param name="depth">How many blocks are replaced.</param>
    /// <param name="withTransactions">What the branch's first block holds; may spend anew what the replaced blocks spent. Null for nothing.</param>
    /// <returns>The transactions of the branch's first block.</returns>
    public async Task<IReadOnlyList<TxId>> ReorgAsync(int depth, IReadOnlyList<Spend>? withTransactions = null)
    {
        JsonObject order = new()
        {
            ["depth"] = depth,
            ["branch"] = ++_branch,
            ["to"] = await MinerAsync(),
            ["spends"] = new JsonArray([.. (withTransactions ?? []).Select(Json)]),
        };
        return Ids(await OrderAsync("reorg", order) ?? new JsonArray());
    }

    /// <summary>The height of the head.</summary>
    public async Task<int> HeadAsync() => (int)(await CallAsync("getblockcount"))!;

    /// <summary>The hash of a block of the best chain.</summary>
    public async Task<string> BlockHashAsync(int height) => (string)(await CallAsync("getblockhash", height))!;

    /// <summary>A block of the best chain as it is on the wire, in hexadecimal.</summary>
    public async Task<string> RawBlockAsync(int height) => (string)(await CallAsync("getblock", await BlockHashAsync(height), false))!;

    /// <summary>The transactions of a block of the best chain, in its order, the coinbase first.</summary>
    public async Task<IReadOnlyList<TxId>> TransactionsAsync(int height) => Ids((await CallAsync("getblock", await BlockHashAsync(height), true))!["tx"]!);

    /// <summary>
    /// The outputs that a block of the best chain spent: for each transaction but the coinbase, in the block's order, an array
    /// of its inputs' <c>{value, scriptHex, height, coinbase}</c>; value in satoshis, height of the block that made the output.
    /// </summary>
    public async Task<JsonNode> SpentOutputsAsync(int height) => (await OrderAsync("spentOutputs", new JsonObject { ["height"] = height }))!;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            await _process.DisposeAsync();
            _process = null;
        }

        _rpc.Dispose();
    }

    private Task<string> MinerAsync() => AddressAsync("miner", KeyKind.Legacy);

    private async Task<string> OwnAsync(string name, KeyKind kind) =>
        (string)(await OrderAsync("own", new JsonObject { ["name"] = name, ["kind"] = kind.ToString() }))!;

    private Task<JsonNode?> OrderAsync(string order, JsonObject details) =>
        _process?.OrderAsync(order, details) ?? throw new InvalidOperationException("the node is stopped");

    private static JsonObject Json(Spend spend) => new()
    {
        ["inputs"] = new JsonArray([.. spend.Inputs.Select(input => new JsonObject { ["tx"] = input.Tx.ToString(), ["index"] = input.Index })]),
        ["outputs"] = new JsonArray([.. spend.Outputs.Select(output => new JsonObject { ["to"] = output.To, ["satoshis"] = output.Satoshis })]),
    };

    private static TxId[] Ids(JsonNode ids) => [.. ids.AsArray().Select(id => TxId.Parse((string)id!))];

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
