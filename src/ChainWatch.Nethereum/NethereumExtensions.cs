using ChainWatch.Ethereum;
using ChainWatch.Rpc;
using Microsoft.Extensions.Logging;
using Nethereum.JsonRpc.Client;
using Nethereum.Web3;

namespace ChainWatch.Nethereum;

/// <summary>
/// Plugs a client of Nethereum in where ChainWatch asks a node. Requests, checks, retries and decoding are those of
/// <see cref="JsonRpcClient"/> and <see cref="EthereumTransferSource"/>: Nethereum carries the calls, and nothing else. Its
/// request interceptors do not see them.
/// </summary>
public static class NethereumExtensions
{
    /// <summary>Transfers through the client of an <see cref="IWeb3"/>, which stays the caller's.</summary>
    /// <param name="web3">Carries the calls.</param>
    /// <param name="endpoint">
    /// Whom the client asks, since clients do not tell: the reports name it. Its credentials are not used, the client has its
    /// own; what is secret in it is kept out of messages. For a client over WebSocket: <see cref="RpcEndpoint.ParseAnyScheme"/>.
    /// </param>
    /// <param name="options">How to read; null: the defaults.</param>
    /// <param name="limits">
    /// Limits and patience; null: the defaults. Nethereum's own end an attempt besides: <see cref="ClientBase.ConnectionTimeout"/>, 20 s
    /// by default; over WebSocket <c>WebSocketClient.ForceCompleteReadTotalMilliseconds</c>, 2 s by default, from one piece of the answer to the next.
    /// </param>
    /// <param name="clock">Tells when the node was asked; null: the system's.</param>
    public static EthereumTransferSource AsTransferSource(this IWeb3 web3, RpcEndpoint endpoint, EthereumSourceOptions? options = null, RpcOptions? limits = null, TimeProvider? clock = null) =>
        web3.Client.AsTransferSource(endpoint, options, limits, clock);

    /// <summary>Transfers through a client, which stays the caller's.</summary>
    /// <inheritdoc cref="AsTransferSource(IWeb3, RpcEndpoint, EthereumSourceOptions?, RpcOptions?, TimeProvider?)"/>
    /// <param name="client">Carries the calls.</param>
    /// <param name="endpoint">Whom the client asks: the reports name it.</param>
    /// <param name="options">How to read; null: the defaults.</param>
    /// <param name="limits">Limits and patience; null: the defaults.</param>
    /// <param name="clock">Tells when the node was asked; null: the system's.</param>
    public static EthereumTransferSource AsTransferSource(this IClient client, RpcEndpoint endpoint, EthereumSourceOptions? options = null, RpcOptions? limits = null, TimeProvider? clock = null) =>
        new(client.AsJsonRpcClient(endpoint, limits, clock), options, clock);

    /// <summary>
    /// JSON-RPC over a client of Nethereum: one retry layer, batches, one classifier of errors, as over HTTP. Differences: of an
    /// answer with a status of error the status alone is seen, without its words and its Retry-After; an answer with neither
    /// result nor error reads as a result of null; <see cref="JsonRpcClient.BytesReceived"/> counts answers as they are written
    /// again. <see cref="RpcOptions.ResponseBytesMax"/> does not bound memory: Nethereum has read the whole answer before it is
    /// checked. Nor does <see cref="RpcOptions.Concurrency"/> bound calls that were given up, by cancellation or
    /// <see cref="RpcOptions.AttemptTimeout"/>: they run on until Nethereum's own time-out. Nothing needs to be disposed.
    /// </summary>
    /// <param name="client">Carries the calls; it stays the caller's.</param>
    /// <param name="endpoint">Whom the client asks: messages name it.</param>
    /// <param name="options">Limits and patience; null: the defaults.</param>
    /// <param name="clock">Measures delays; null: the system's.</param>
    /// <param name="jitter">A number from 0 to 1 for each delay; null: random.</param>
    /// <param name="logger">Where retries are logged; null: nowhere.</param>
    public static JsonRpcClient AsJsonRpcClient(this IClient client, RpcEndpoint endpoint, RpcOptions? options = null, TimeProvider? clock = null, Func<double>? jitter = null, ILogger<JsonRpcClient>? logger = null)
    {
        HttpClient http = new(new NethereumHandler(client, endpoint)) { Timeout = Timeout.InfiniteTimeSpan };
        return new JsonRpcClient(http, endpoint, options, clock, jitter, logger);
    }
}
