using ChainWatch.Rpc;
using ChainWatch.Sources;
using ChainWatch.Watching;
using Microsoft.Extensions.Logging;

namespace ChainWatch.Hosting;

/// <summary>What options ask for, opened: the nodes and the webhook.</summary>
internal sealed class ConfiguredWatch : IDisposable
{
    private readonly List<IDisposable> _owned = [];

    private ConfiguredWatch(ChainWatchOptions options, WatchSurroundings with)
    {
        ConfiguredRequest request = new(options);
        List<IChainSource> sources = [.. with.Sources];
        if (options.Ethereum is EthereumNodeOptions ethereum)
        {
            RpcEndpoint endpoint = RpcEndpoint.Parse(ethereum.Url) with { BearerToken = ethereum.BearerToken };
            sources.Add(Own(ChainNode.Ethereum(endpoint, with.Http?.Invoke(ChainWatchClients.Ethereum), with.Clock, with.Loggers)).Source);
        }

        if (options.Bitcoin is BitcoinNodeOptions bitcoin)
        {
            Chain? takenAs = ChainNode.Network(bitcoin.AsChain, $"{options.Place}:Bitcoin:AsChain");
            sources.Add(Own(ChainNode.Bitcoin(RpcEndpoint.Parse(bitcoin.Url), bitcoin.CookieFile, takenAs, with.Http?.Invoke(ChainWatchClients.Bitcoin), with.Clock, with.Loggers)).Source);
        }

        Setup = new WatchSetup
        {
            StateFolder = options.StateFolder,
            Inputs = new WatchInputs(request.Rules, request.RuleFiles, request.Wallets, request.WalletFiles),
            Sources = sources,
            Sinks = [.. options.Webhook is WebhookTargetOptions webhook ? [Sink(webhook, with)] : Array.Empty<IAlertSink>(), .. with.Sinks],
            Told = with.Told,
            Interval = TimeSpan.FromSeconds(options.IntervalSeconds),
            Limits = new WatchLimits { ListAgeDaysMax = options.MaxListAgeDays },
            Clock = with.Clock,
            Loggers = with.Loggers,
        };
    }

    public WatchSetup Setup { get; }

    /// <exception cref="ChainWatchException">An option is not as it must be.</exception>
    public static ConfiguredWatch Open(ChainWatchOptions options, WatchSurroundings with)
    {
        IReadOnlyList<string> problems = OptionsProblems.Of(options, with.Sources.Count > 0);
        return problems.Count == 0 ? new ConfiguredWatch(options, with) : throw new ChainWatchException(string.Join("; ", problems));
    }

    public void Dispose() => _owned.ForEach(o => o.Dispose());

    private WebhookSink Sink(WebhookTargetOptions webhook, WatchSurroundings with)
    {
        HttpClient http = with.Http?.Invoke(ChainWatchClients.Webhook) ?? Own(RpcHttp.Create());
        WebhookOptions options = new() { Secret = System.Text.Encoding.UTF8.GetBytes(webhook.Secret), Name = webhook.Name };
        return new WebhookSink(http, RpcEndpoint.Parse(webhook.Url) with { BearerToken = webhook.BearerToken }, options, with.Clock, logger: with.Loggers?.CreateLogger<WebhookSink>());
    }

    private T Own<T>(T owned) where T : IDisposable
    {
        _owned.Add(owned);
        return owned;
    }
}
