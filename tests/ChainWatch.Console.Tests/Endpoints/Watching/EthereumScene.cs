using System.Numerics;
using System.Security.Cryptography;
using ChainWatch.Ethereum;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.TestNodes;
using ChainWatch.TestNodes.Faults;

namespace ChainWatch.Console.Tests.Endpoints.Watching;

internal sealed class EthereumScene : IScene
{
    private readonly Anvil _node;
    private readonly FaultProxy _proxy;
    private readonly List<IDisposable> _clients = [];
    private readonly HashSet<string> _rich = [];

    private EthereumScene(Anvil node) => (_node, _proxy) = (node, new FaultProxy(node.Endpoint));

    public Chain Chain => Chain.Ethereum;

    public Asset Coin { get; } = Asset.Native(Chain.Ethereum);

    public static async Task<EthereumScene> StartAsync() => new(await Anvil.StartAsync());

    public IChainSource OpenSource()
    {
        HttpClient http = RpcHttp.Create();
        JsonRpcClient client = new(http, RpcEndpoint.Parse(_proxy.Endpoint.ToString()), new RpcOptions { RetriesMax = 1, DelayBase = TimeSpan.FromMilliseconds(5), DelayMax = TimeSpan.FromMilliseconds(20) });
        _clients.AddRange([client, http]);
        return new EthereumTransferSource(client);
    }

    public Address AddressOf(string person) => Address.FromPayload(Chain.Ethereum, AddressKind.Evm, SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(person)).AsSpan(0, 20));

    public async Task PayAsync(string from, string to, long units)
    {
        if (_rich.Add(from))
        {
            await _node.SetBalanceAsync(AddressOf(from), BigInteger.Pow(10, 20));
        }

        await _node.SendAsync(AddressOf(from), AddressOf(to), units);
    }

    public Task MineAsync() => _node.MineAsync();

    public async Task ReorgAsync(int depth, string from, string to, long units)
    {
        await _node.ReorgAsync(depth, 0, AddressOf(from), AddressOf(to), units);

        // The other branch wins by being longer.
        await _node.MineAsync();
    }

    public Task StopAsync()
    {
        _proxy.Inject(Fault.CutConnection());
        return Task.CompletedTask;
    }

    public Task RestartAsync()
    {
        _proxy.Clear();
        return Task.CompletedTask;
    }

    /// <summary>Another node answers from now on, which lags behind; 0: the one from before.</summary>
    public void Lag(int blocks)
    {
        _proxy.Clear();
        if (blocks > 0)
        {
            _proxy.Inject(Fault.Lagging(blocks));
        }
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await _proxy.DisposeAsync();
        await _node.DisposeAsync();
    }
}
