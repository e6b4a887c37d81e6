using Nethereum.JsonRpc.Client;
using Nethereum.JsonRpc.Client.RpcMessages;
using RpcError = Nethereum.JsonRpc.Client.RpcError;

namespace ChainWatch.Nethereum;

/// <summary>A call of a batch, which keeps its answer as it came: nothing of it is decoded by the client.</summary>
internal sealed class BatchItem(RpcRequestMessage call) : IRpcRequestResponseBatchItem
{
    /// <summary>What came: one answer, none, or several where the endpoint mixes them up.</summary>
    public List<RpcResponseMessage> Answers { get; } = [];

    public RpcRequestMessage RpcRequestMessage => call;

    public bool HasError => Answers.Exists(a => a.HasError);

    public object? RawResponse => Answers.Count > 0 ? Answers[0].Result : null;

    public RpcError? RpcError => Answers.Find(a => a.HasError)?.Error is { } error ? new RpcError(error.Code, error.Message, error.Data) : null;

    public void DecodeResponse(RpcResponseMessage rpcResponse) => Answers.Add(rpcResponse);
}
