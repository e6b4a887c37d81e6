using Nethereum.JsonRpc.Client;
using Nethereum.JsonRpc.Client.RpcMessages;

namespace ChainWatch.Nethereum.Tests;

/// <summary>A client of a user's own that always fails in one way; null: it never answers.</summary>
internal sealed class ThrowingClient(Exception? error) : ClientBase
{
    public int Calls { get; private set; }

    public override Task<RpcResponseMessage> SendAsync(RpcRequestMessage rpcRequestMessage, string? route = null)
    {
        Calls++;
        return error is null ? new TaskCompletionSource<RpcResponseMessage>().Task : Task.FromException<RpcResponseMessage>(error);
    }

    protected override Task<RpcResponseMessage[]> SendAsync(RpcRequestMessage[] requests)
    {
        Calls++;
        return error is null ? new TaskCompletionSource<RpcResponseMessage[]>().Task : Task.FromException<RpcResponseMessage[]>(error);
    }
}
