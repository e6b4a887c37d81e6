using ChainWatch.Bitcoin;
using ChainWatch.Ethereum;
using ChainWatch.Rpc;
using ChainWatch.Sources;
using Microsoft.Extensions.Logging;

namespace ChainWatch.Hosting;

/// <summary>A node as a chain's source, with what it holds open.</summary>
public sealed class ChainNode : IDisposable
{
    private readonly IDisposable?[] _owned;

    private ChainNode(IChainSource source, params IDisposable?[] owned) => (Source, _owned) = (source, owned);

    /// <summary>What it reads.</summary>
    public IChainSource Source { get; }

    /// <summary>A node of Ethereum or of another EVM chain.</summary>
    /// <param name="endpoint">Whom to ask.</param>
    /// <param name="http">A client without a time-out of its own, which stays the caller's; null: one of its own.</param>
    /// <param name="clock">Time; null: the system's.</param>
    /// <param name="loggers">Where retries are told; null: nowhere.</param>
    public static ChainNode Ethereum(RpcEndpoint endpoint, HttpClient? http = null, TimeProvider? clock = null, ILoggerFactory? loggers = null)
    {
        HttpClient? own = http is null ? RpcHttp.Create() : null;
        JsonRpcClient client = new(http ?? own!, endpoint, logger: loggers?.CreateLogger<JsonRpcClient>());
        return new ChainNode(new EthereumTransferSource(client, clock: clock), client, own);
    }

    /// <summary>A node of Bitcoin, or of one of its test networks.</summary>
    /// <param name="endpoint">Whom to ask.</param>
    /// <param name="cookieFile">The node's cookie file, with user and password, which is read again where the node refuses them; null: the endpoint's own.</param>
    /// <param name="takenAs"><see cref="BitcoinSourceOptions.TakenAs"/>.</param>
    /// <param name="http">A client without a time-out of its own, which stays the caller's; null: one of its own.</param>
    /// <param name="clock">Time; null: the system's.</param>
    /// <param name="loggers">Where retries are told; null: nowhere.</param>
    /// <exception cref="ChainWatchException">The cookie file cannot be read.</exception>
    public static ChainNode Bitcoin(RpcEndpoint endpoint, string? cookieFile = null, Chain? takenAs = null, HttpClient? http = null, TimeProvider? clock = null, ILoggerFactory? loggers = null)
    {
        HttpClient? own = http is null ? RpcHttp.Create() : null;
        if (cookieFile is null)
        {
            (IChainSource source, IDisposable client) = Open(endpoint);
            return new ChainNode(source, client, own);
        }

        try
        {
            CookieSource source = new(cookieFile, (user, password) => Open(endpoint with { User = user, Password = password }));
            return new ChainNode(source, source, own);
        }
        catch
        {
            own?.Dispose();
            throw;
        }

        (IChainSource Source, IDisposable Client) Open(RpcEndpoint with)
        {
            JsonRpcClient client = new(http ?? own!, with, logger: loggers?.CreateLogger<JsonRpcClient>());
            return (new BitcoinTransferSource(client, new BitcoinSourceOptions { TakenAs = takenAs }, clock), client);
        }
    }

    /// <summary>The network of Bitcoin of a name; null for none.</summary>
    /// <param name="name">The name, such as <c>bitcoin-signet</c>.</param>
    /// <param name="option">Where it was given, for messages: an option's or a key's name.</param>
    /// <exception cref="ChainWatchException">It is none.</exception>
    public static Chain? Network(string? name, string option) => name is null ? null
        : Chain.TryParse(name, out Chain chain) && chain.IsBitcoin ? chain
        : throw new ChainWatchException($"{option} '{name}': expected bitcoin, bitcoin-testnet, bitcoin-testnet4, bitcoin-signet or bitcoin-regtest");

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(_owned, o => o?.Dispose());
}
