using ChainWatch.Rpc;
using ChainWatch.TestNodes.Bitcoin;

namespace ChainWatch.Bitcoin.Tests.Source;

/// <summary>The source under test over an endpoint, patient but not slow: its delays are milliseconds.</summary>
internal sealed class NodeSource : IDisposable
{
    private readonly HttpClient _http = RpcHttp.Create();
    private readonly JsonRpcClient _client;

    public NodeSource(Uri endpoint, BitcoinSourceOptions? options = null, (string User, string Password)? credentials = null, int retries = 3)
    {
        RpcEndpoint named = RpcEndpoint.Parse(endpoint.ToString()) with { User = credentials?.User, Password = credentials?.Password };
        RpcOptions patience = new()
        {
            DelayBase = TimeSpan.FromMilliseconds(1),
            DelayMax = TimeSpan.FromMilliseconds(20),
            AttemptTimeout = TimeSpan.FromSeconds(30),
            RetriesMax = retries,
            BreakerMinimumThroughput = 10_000,
        };
        _client = new JsonRpcClient(_http, named, patience);
        Source = new BitcoinTransferSource(_client, options);
    }

    public BitcoinTransferSource Source { get; }

    public static NodeSource Of(Bcoin bcoin, BitcoinSourceOptions? options = null, int retries = 3) => new(bcoin.Endpoint, options, (bcoin.User, bcoin.Password), retries);

    public void Dispose()
    {
        _client.Dispose();
        _http.Dispose();
    }
}
