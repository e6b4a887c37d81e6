using System.CommandLine;
using ChainWatch.Sources;

namespace ChainWatch.Console.Arguments;

/// <summary>The nodes of a watch: one of an EVM chain, one of Bitcoin, or both.</summary>
internal sealed class WatchSources
{
    private readonly Option<string?> _ethereum = new("--ethereum")
    {
        Description = "A node of Ethereum or another EVM chain (JSON-RPC over HTTP); user:password@ in the URL, or the variable CHAINWATCH_RPC_TOKEN for a bearer token",
        HelpName = "URL",
    };

    private readonly Option<string?> _bitcoin = new("--bitcoin")
    {
        Description = "A node of Bitcoin (JSON-RPC over HTTP); user:password@ in the URL, or --bitcoin-cookie",
        HelpName = "URL",
    };

    private readonly Option<string?> _cookie = new("--bitcoin-cookie") { Description = "The node's cookie file, with user and password", HelpName = "FILE" };

    private readonly Option<string?> _asChain = new("--as-chain")
    {
        Description = "Take a Bitcoin network as another one: for a private network whose addresses are written as Bitcoin's",
        HelpName = "CHAIN",
    };

    public void AddTo(Command command)
    {
        command.Add(_ethereum);
        command.Add(_bitcoin);
        command.Add(_cookie);
        command.Add(_asChain);
    }

    /// <summary>Opens them, and asks each for its chain.</summary>
    /// <exception cref="ChainWatchException">None is given, or one does not answer.</exception>
    public async Task<Opened> OpenAsync(ParseResult parsed, TimeProvider clock, CancellationToken cancellationToken)
    {
        (string? ethereum, string? bitcoin) = (parsed.GetValue(_ethereum), parsed.GetValue(_bitcoin));
        if (ethereum is null && bitcoin is null)
        {
            throw new ChainWatchException("no node to watch; expected --ethereum, --bitcoin or both");
        }

        if (bitcoin is null && (parsed.GetValue(_cookie) ?? parsed.GetValue(_asChain)) is not null)
        {
            throw new ChainWatchException($"{(parsed.GetValue(_cookie) is null ? _asChain.Name : _cookie.Name)} goes with --bitcoin");
        }

        Chain? asChain = SourceArgument.AsChain(parsed.GetValue(_asChain));
        Opened opened = new();
        try
        {
            if (ethereum is not null)
            {
                await opened.AddAsync(LiveSource.Ethereum(ethereum, clock), cancellationToken).ConfigureAwait(false);
            }

            if (bitcoin is not null)
            {
                await opened.AddAsync(LiveSource.Bitcoin(bitcoin, parsed.GetValue(_cookie), asChain, clock), cancellationToken).ConfigureAwait(false);
            }
        }
        catch
        {
            opened.Dispose();
            throw;
        }

        return opened;
    }

    /// <summary>Nodes that answered.</summary>
    internal sealed class Opened : IDisposable
    {
        private readonly List<LiveSource> _nodes = [];
        private readonly List<Chain> _chains = [];

        public IReadOnlyList<IChainSource> Sources => [.. _nodes.Select(n => n.Source)];

        public IReadOnlyList<Chain> Chains => _chains;

        public async Task AddAsync(LiveSource node, CancellationToken cancellationToken)
        {
            _nodes.Add(node);
            _chains.Add((await node.Source.ProbeAsync(cancellationToken).ConfigureAwait(false)).Chain);
        }

        public void Dispose() => _nodes.ForEach(n => n.Dispose());
    }
}
