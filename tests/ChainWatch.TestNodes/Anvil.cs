using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Numerics;
using System.Text.Json.Nodes;

namespace ChainWatch.TestNodes;

/// <summary>
/// A real EVM node on a free loopback port, which mines on demand, in the order of sending, without fees. Any address can
/// send. It ends with this object, and with the process at the latest.
/// </summary>
public sealed class Anvil : IAsyncDisposable
{
    private const int StartTries = 3;
    private static readonly TimeSpan StartLimit = TimeSpan.FromSeconds(20);
    private readonly Process _process;
    private readonly RpcClient _rpc;

    private Anvil(Process process, Uri endpoint)
    {
        _process = process;
        Endpoint = endpoint;
        _rpc = new RpcClient(endpoint);
        AppDomain.CurrentDomain.ProcessExit += OnProcessExit;
    }

    /// <summary>Where it listens.</summary>
    public Uri Endpoint { get; }

    /// <summary>Starts a node and waits until it answers.</summary>
    /// <exception cref="Xunit.SkipException">The tools are absent here.</exception>
    public static async Task<Anvil> StartAsync(AnvilOptions? options = null)
    {
        options ??= new AnvilOptions();
        NodeTools tools = NodeTools.Require();
        for (int tries = 1; ; tries++)
        {
            // A free port may be taken between finding and using it: then the node exits at once and another is tried.
            int port = FreePort();
            Anvil anvil = new(Launch(tools.AnvilPath, port, options), new Uri($"http://127.0.0.1:{port}/"));
            if (await anvil.AnswersAsync())
            {
                await anvil.CallAsync("anvil_autoImpersonateAccount", true);
                return anvil;
            }

            await anvil.DisposeAsync();
            if (tries == StartTries)
            {
                throw new InvalidOperationException("anvil did not start");
            }
        }
    }

    /// <summary>Calls a method of the node.</summary>
    public Task<JsonNode?> CallAsync(string method, params JsonNode?[] parameters) => _rpc.CallAsync(method, parameters);

    /// <summary>Sends a transaction from any address; it waits for <see cref="MineAsync"/>.</summary>
    /// <param name="from">The sender; the node does not ask for its key.</param>
    /// <param name="to">The receiver; null creates a contract.</param>
    /// <param name="value">Wei.</param>
    /// <param name="data">Call data or creation code, hexadecimal with 0x.</param>
    /// <param name="gas">The gas limit; 1,000,000 by default, so that the node need not estimate and a failing one is mined.</param>
    /// <returns>The transaction's hash.</returns>
    public async Task<TxId> SendAsync(Address from, Address? to, BigInteger value, string data = "0x", long gas = 1_000_000)
    {
        JsonObject transaction = new()
        {
            ["from"] = from.ToCanonicalString(),
            ["value"] = RpcClient.Quantity(value),
            ["data"] = data,
            ["gas"] = RpcClient.Quantity(gas),
            ["gasPrice"] = "0x0",
        };
        if (to is Address receiver)
        {
            transaction["to"] = receiver.ToCanonicalString();
        }

        return TxId.Parse((string)(await CallAsync("eth_sendTransaction", transaction))!);
    }

    /// <summary>Mines one block of all that waits.</summary>
    /// <param name="timestamp">Its time in seconds of Unix time; null for the node's choice.</param>
    public async Task MineAsync(long? timestamp = null)
    {
        if (timestamp is long seconds)
        {
            await CallAsync("evm_setNextBlockTimestamp", seconds);
        }

        await CallAsync("evm_mine");
    }

    /// <summary>Sends a creation, mines it and returns the contract's address.</summary>
    public async Task<Address> DeployAsync(Address from, string creationCode, BigInteger value)
    {
        TxId hash = await SendAsync(from, null, value, creationCode);
        await MineAsync();
        JsonNode receipt = (await CallAsync("eth_getTransactionReceipt", $"0x{hash}"))!;
        return Address.Parse((string)receipt["contractAddress"]!, from.Chain);
    }

    /// <summary>Puts the code that a creation would leave at an address. No block is mined and no constructor's storage is kept.</summary>
    public async Task SetCodeAsync(Address at, string creationCode)
    {
        JsonNode? code = await CallAsync("eth_call", new JsonObject { ["data"] = creationCode });
        await CallAsync("anvil_setCode", at.ToCanonicalString(), code);
    }

    /// <summary>Gives an address a balance in wei. No block is mined.</summary>
    public Task SetBalanceAsync(Address of, BigInteger wei) => CallAsync("anvil_setBalance", of.ToCanonicalString(), RpcClient.Quantity(wei));

    /// <summary>The balance in wei at the head.</summary>
    public async Task<BigInteger> BalanceAsync(Address of) => RpcClient.Number(await CallAsync("eth_getBalance", of.ToCanonicalString(), "latest"));

    /// <summary>The height of the head.</summary>
    public async Task<long> HeadAsync() => (long)RpcClient.Number(await CallAsync("eth_blockNumber"));

    /// <summary>
    /// Replaces the last blocks by as many others; their transactions are gone unless they are sent again.
    /// </summary>
    /// <param name="depth">How many blocks.</param>
    public Task ReorgAsync(int depth) => CallAsync("anvil_reorg", depth, new JsonArray());

    /// <summary>
    /// Replaces the last blocks by as many others, one of which pays somebody.
    /// </summary>
    /// <param name="depth">How many blocks.</param>
    /// <param name="block">Which of the new blocks has the payment, from 0.</param>
    /// <param name="from">The payer.</param>
    /// <param name="to">The payee.</param>
    /// <param name="wei">How much.</param>
    public Task ReorgAsync(int depth, int block, Address from, Address to, BigInteger wei)
    {
        JsonObject transaction = new()
        {
            ["from"] = from.ToCanonicalString(),
            ["to"] = to.ToCanonicalString(),
            ["value"] = RpcClient.Quantity(wei),
            ["gas"] = "0x5208",
            ["gasPrice"] = "0x0",
        };
        return CallAsync("anvil_reorg", depth, new JsonArray(new JsonArray(transaction, block)));
    }

    /// <summary>Remembers the state.</summary>
    /// <returns>What <see cref="RevertAsync"/> takes.</returns>
    public async Task<string> SnapshotAsync() => (string)(await CallAsync("evm_snapshot"))!;

    /// <summary>Goes back to a snapshot, which is used up.</summary>
    public Task RevertAsync(string snapshot) => CallAsync("evm_revert", snapshot);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        AppDomain.CurrentDomain.ProcessExit -= OnProcessExit;
        Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _rpc.Dispose();
    }

    private void OnProcessExit(object? sender, EventArgs e) => Kill();

    private void Kill()
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
        }
    }

    private async Task<bool> AnswersAsync()
    {
        for (Stopwatch waited = Stopwatch.StartNew(); waited.Elapsed < StartLimit && !_process.HasExited; await Task.Delay(20))
        {
            try
            {
                await CallAsync("eth_chainId");

                // Another process may have taken the port, and answer.
                return !_process.HasExited;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }
        }

        return false;
    }

    private static Process Launch(string path, int port, AnvilOptions options)
    {
        string[] arguments =
        [
            "--host", "127.0.0.1", "--port", Text(port), "--chain-id", options.ChainId.ToString(CultureInfo.InvariantCulture),
            "--number", Text(options.Number), "--timestamp", Text(options.Timestamp),
            "--silent", "--no-mining", "--order", "fifo", "--no-request-size-limit", "--accounts", "0",
            "--block-base-fee-per-gas", "0", "--gas-price", "0", "--disable-min-priority-fee",
        ];
        ProcessStartInfo start = new(path) { RedirectStandardOutput = true, RedirectStandardError = true };
        Array.ForEach(arguments, start.ArgumentList.Add);
        if (options.Hardfork is string fork)
        {
            start.ArgumentList.Add("--hardfork");
            start.ArgumentList.Add(fork);
        }

        Process process = Process.Start(start)!;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
