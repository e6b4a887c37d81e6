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
    /// <param name="limits">Limits and patience; null: the defaults.</param>
    /// <param name="clock">Tells when the node was asked; null: the system's.</param>
    /// <exception cref="ChainWatchException">The client's address is not one of HTTP.</exception>
    public static BitcoinTransferSource AsTransferSource(this RPCClient rpc, BitcoinSourceOptions? options = null, RpcOptions? limits = null, TimeProvider? clock = null) =>
        new(rpc.AsJsonRpcClient(limits), options, clock);

    /// <summary>The client as one of ChainWatch: with its patience, its limits and its errors of one line that name no secret.</summary>
    /// <remarks>
    /// A call goes out as from ChainWatch's own client, with the address, credentials and <see cref="RPCClient.HttpClient"/> of NBitcoin's, and its
    /// answer is read here: status, ids, errors and bytes are the node's own. NBitcoin reads none of it, and asks nothing again but
    /// what was refused, with a renewed cookie.
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
            // Known here so that no message repeats them; sent as NBitcoin does.
            User = rpc.CredentialString?.UserPassword?.UserName,
            Password = rpc.CredentialString?.UserPassword?.Password,
        };
        HttpClient http = new(new RpcClientHandler(single)) { Timeout = Timeout.InfiniteTimeSpan };
        return new JsonRpcClient(http, endpoint, limits);
    }
}
