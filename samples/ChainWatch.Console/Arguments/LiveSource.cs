using ChainWatch.Bitcoin;
using ChainWatch.Ethereum;
using ChainWatch.Hosting;
using ChainWatch.Rpc;
using ChainWatch.Rpc.Recording;
using ChainWatch.Sources;

namespace ChainWatch.Console.Arguments;

/// <summary>An endpoint's source with what it holds open.</summary>
internal sealed class LiveSource : IDisposable
{
    // Keys stand in variables, so that no command line (and no history of the shell) holds them.
    private const string TokenVariable = "CHAINWATCH_RPC_TOKEN";
    private const string EtherscanKeyVariable = "CHAINWATCH_ETHERSCAN_KEY";
    private readonly IDisposable[] _owned;

    private LiveSource(IChainSource source, params IDisposable[] owned) => (Source, _owned) = (source, owned);

    public IChainSource Source { get; }

    /// <summary>What of the URL decides how it is asked, without keys.</summary>
    public string Api { get; private init; } = "";

    public static LiveSource Ethereum(string url, TimeProvider clock, ExchangeLog? log = null)
    {
        RpcEndpoint endpoint = Parse("--ethereum", url);
        if (Environment.GetEnvironmentVariable(TokenVariable) is { Length: > 0 } token)
        {
            endpoint = endpoint with { BearerToken = token };
        }

        HttpClient http = Http(log, endpoint);
        ChainNode node = ChainNode.Ethereum(endpoint, http, clock);
        return new LiveSource(node.Source, node, http);
    }

    public static LiveSource Etherscan(string url, TimeProvider clock, ExchangeLog? log = null)
    {
        RpcEndpoint endpoint = Parse("--etherscan", WithKey(url, Environment.GetEnvironmentVariable(EtherscanKeyVariable)));
        HttpClient http = Http(log, endpoint);
        RestClient client = new(http, endpoint);
        return new LiveSource(new EtherscanTransferSource(client, clock: clock), client, http) { Api = ExchangeLog.ApiOf(endpoint) };
    }

    public static LiveSource Bitcoin(string url, string? cookieFile, Chain? takenAs, TimeProvider clock, ExchangeLog? log = null)
    {
        RpcEndpoint endpoint = Parse("--bitcoin", url);
        HttpClient http = Http(log, endpoint);
        try
        {
            ChainNode node = ChainNode.Bitcoin(endpoint, cookieFile, takenAs, http, clock);
            return new LiveSource(node.Source, node, http);
        }
        catch
        {
            http.Dispose();
            throw;
        }
    }

    public static LiveSource Esplora(string url, Chain? takenAs, TimeProvider clock, ExchangeLog? log = null)
    {
        RpcEndpoint endpoint = Parse("--esplora", url);
        HttpClient http = Http(log, endpoint);
        RestClient client = new(http, endpoint);
        return new LiveSource(new EsploraTransferSource(client, new EsploraOptions { TakenAs = takenAs }, clock), client, http);
    }

    /// <summary>The endpoint of a URL; errors name the option.</summary>
    public static RpcEndpoint Parse(string option, string url)
    {
        try
        {
            return RpcEndpoint.Parse(url);
        }
        catch (ChainWatchException e)
        {
            throw new ChainWatchException($"{option}: {e.Message}", e);
        }
    }

    public void Dispose() => Array.ForEach(_owned, o => o.Dispose());

    private static HttpClient Http(ExchangeLog? log, RpcEndpoint endpoint) => log?.CreateClient(endpoint) ?? RpcHttp.Create();

    private static string WithKey(string url, string? key) =>
        string.IsNullOrEmpty(key) || url.Contains("apikey=", StringComparison.OrdinalIgnoreCase) ? url : $"{url}{(url.Contains('?', StringComparison.Ordinal) ? '&' : '?')}apikey={Uri.EscapeDataString(key)}";
}
