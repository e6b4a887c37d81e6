using ChainWatch.Bitcoin;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.TestNodes.Bitcoin;

namespace ChainWatch.Console.Tests.Endpoints.Watching;

/// <summary>Payments with change, each from the oldest output that the payer has.</summary>
internal sealed class BitcoinScene : IScene
{
    private const int Matured = 100;
    private const int Rich = 8;
    private readonly Bcoin _node;
    private readonly Dictionary<string, string> _addresses = [];
    private readonly List<IDisposable> _clients = [];
    private readonly List<Dictionary<string, Output[]>> _before = [];
    private Dictionary<string, Output[]> _outputs = [];

    private BitcoinScene(Bcoin node) => _node = node;

    public Chain Chain => Chain.Bitcoin;

    public Asset Coin { get; } = Asset.Native(Chain.Bitcoin);

    /// <summary>Starts a node on which some people have coins.</summary>
    public static async Task<BitcoinScene> StartAsync(string folder, IReadOnlyList<string> people, params IReadOnlyList<string> rich)
    {
        BitcoinScene scene = new(await Bcoin.StartAsync(new BcoinOptions { Folder = folder }));
        foreach (string person in people)
        {
            scene._addresses[person] = await scene._node.AddressAsync(person, KeyKind.Legacy);
        }

        foreach (string person in rich)
        {
            for (int i = 0; i < Rich; i++)
            {
                TxId coinbase = await scene._node.MineAsync(1, scene._addresses[person]);
                scene.Give(person, new Output(coinbase, 0, 5_000_000_000));
            }
        }

        await scene._node.MineAsync(Matured);
        return scene;
    }

    public IChainSource OpenSource()
    {
        HttpClient http = RpcHttp.Create();
        RpcEndpoint endpoint = RpcEndpoint.Parse(_node.Endpoint.ToString()) with { User = _node.User, Password = _node.Password };
        JsonRpcClient client = new(http, endpoint, new RpcOptions { RetriesMax = 1, DelayBase = TimeSpan.FromMilliseconds(5), DelayMax = TimeSpan.FromMilliseconds(20), BreakerBreak = TimeSpan.FromMilliseconds(500) });
        _clients.AddRange([client, http]);
        return new BitcoinTransferSource(client, new BitcoinSourceOptions { TakenAs = Chain.Bitcoin });
    }

    public Address AddressOf(string person) => Address.Parse(_addresses[person]);

    public async Task PayAsync(string from, string to, long units)
    {
        Spend spend = Take(from, to, units);
        Settle(spend, await _node.SpendAsync(spend), from, to);
    }

    public async Task MineAsync()
    {
        await _node.MineAsync();
        _before.Add(new Dictionary<string, Output[]>(_outputs));
    }

    public async Task ReorgAsync(int depth, string from, string to, long units)
    {
        _before.RemoveRange(_before.Count - depth, depth);
        _outputs = new Dictionary<string, Output[]>(_before[^1]);
        Spend spend = Take(from, to, units);
        Settle(spend, (await _node.ReorgAsync(depth, [spend]))[0], from, to);
        for (int i = 0; i <= depth; i++)
        {
            _before.Add(new Dictionary<string, Output[]>(_outputs));
        }
    }

    public Task StopAsync() => _node.StopAsync();

    public Task RestartAsync() => _node.RestartAsync();

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(c => c.Dispose());
        await _node.DisposeAsync();
    }

    private Spend Take(string from, string to, long units)
    {
        Output output = _outputs[from].First(o => o.Satoshis > units);
        _outputs[from] = [.. _outputs[from].Where(o => o != output)];
        return new Spend([(output.Tx, output.Index)], [(_addresses[to], units), (_addresses[from], output.Satoshis - units)]);
    }

    private void Settle(Spend spend, TxId tx, string from, string to)
    {
        Give(to, new Output(tx, 0, spend.Outputs[0].Satoshis));
        Give(from, new Output(tx, 1, spend.Outputs[1].Satoshis));
    }

    private void Give(string person, Output output) => _outputs[person] = [.. _outputs.GetValueOrDefault(person, []), output];

    private sealed record Output(TxId Tx, int Index, long Satoshis);
}
