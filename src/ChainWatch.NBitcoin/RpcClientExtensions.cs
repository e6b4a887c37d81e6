using ChainWatch.Bitcoin;
using ChainWatch.Rpc;
using NBitcoin.RPC;

namespace ChainWatch.NBitcoin;

/// <summary>NBitcoin's <see cref="RPCClient"/> as the transport of ChainWatch's own source of Bitcoin.</summary>
public static class RpcClientExtensions
{
    /// <summary>
    /// Transactions of Bitcoin from the node that the client asks: what ChainWatch's own adapter asks and checks, sent with the
    /// client's address, credentials (a renewed cookie, too) and <see cref="RPCClient.HttpClient"/>. It holds nothing that must be
    /// disposed. The chain is the one that the node's first block tells, not <see cref="RPCClient.Network"/>.
    /// </summary>
    /// <param name="rpc">The client; one that collects a batch is asked as if it did not.</param>
    /// <param name="options">How to read; null: the defaults.</param>
    /// <param name="limits">Limits and patience; null: the defaults. Batches are not sent: <see cref="AsJsonRpcClient"/> tells why.</param>
    /// <param name="clock">Tells when the node was asked; null: the system's.</param>
    /// <exception cref="ChainWatchException">The client's address is not one of HTTP.</exception>
    public static BitcoinTransferSource AsTransferSource(this RPCClient rpc, BitcoinSourceOptions? options = null, RpcOptions? limits = null, TimeProvider? clock = null) =>
        new(rpc.AsJsonRpcClient(limits), options, clock);

    /// <summary>The client as one of ChainWatch: with its patience, its limits and its errors of one line that name no secret.</summary>
    /// <remarks>
    /// Every call is a request of its own: NBitcoin tells the answers of a batch apart by their order, not by their ids, so that a
    /// node that answers in another order, or leaves one out, would be misread. A node that says 503 is asked again by NBitcoin itself
    /// until <see cref="RpcOptions.AttemptTimeout"/> ends it. <see cref="RpcOptions.ResponseBytesMax"/> bounds what is kept of an answer; NBitcoin
    /// has read it whole by then.
    /// </remarks>
    /// <param name="rpc">The client; one that collects a batch is asked as if it did not.</param>
    /// <param name="limits">Limits and patience; null: the defaults.</param>
    /// <exception cref="ChainWatchException">The client's address is not one of HTTP.</exception>
    public static JsonRpcClient AsJsonRpcClient(this RPCClient rpc, RpcOptions? limits = null)
    {
        ArgumentNullException.ThrowIfNull(rpc);

        // A client that collects a batch answers nothing until the batch is sent.
        RPCClient single = new(rpc.CredentialString, rpc.Address, rpc.Network) { HttpClient = rpc.HttpClient };
        RpcEndpoint endpoint = RpcEndpoint.Parse(rpc.Address.AbsoluteUri) with
        {
            // Known here so that no message repeats them; sent by NBitcoin.
            User = rpc.CredentialString?.UserPassword?.UserName,
            Password = rpc.CredentialString?.UserPassword?.Password,
        };
        HttpClient http = new(new RpcClientHandler(single, endpoint.Name)) { Timeout = Timeout.InfiniteTimeSpan };
        return new JsonRpcClient(http, endpoint, (limits ?? new RpcOptions()) with { BatchSizeMax = 1 });
    }
}
