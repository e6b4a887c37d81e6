using System.Text.Json;
using Nethereum.JsonRpc.Client.RpcMessages;

namespace ChainWatch.Nethereum;

/// <summary>Reads the body of a JSON-RPC request as Nethereum's messages: one call, or a batch of them.</summary>
internal static class RpcRequestReader
{
    // The 64 levels that our client writes of parameters, in a call, in a batch.
    private const int DepthMax = 64 + 2;

    /// <summary>The calls of a body, and whether they stand in a batch.</summary>
    /// <param name="content">The body, JSON that <see cref="Rpc.JsonRpcClient"/> wrote.</param>
    /// <param name="endpoint">Whom it is for, for messages.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="ChainWatchException">A call's parameters are no array.</exception>
    public static async Task<(RpcRequestMessage[] Calls, bool IsBatch)> ReadAsync(HttpContent content, string endpoint, CancellationToken cancellationToken)
    {
        using Stream body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using JsonDocument document = await JsonDocument.ParseAsync(body, new JsonDocumentOptions { MaxDepth = DepthMax }, cancellationToken).ConfigureAwait(false);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? ([.. document.RootElement.EnumerateArray().Select(c => ReadOne(c, endpoint))], true)
            : ([ReadOne(document.RootElement, endpoint)], false);
    }

    private static RpcRequestMessage ReadOne(JsonElement call, string endpoint)
    {
        string method = call.GetProperty("method").GetString()!;
        return Plain(call.GetProperty("params")) is object?[] parameters
            ? new RpcRequestMessage(call.GetProperty("id").GetInt64(), method, parameters)
            : throw new ChainWatchException($"{endpoint}: {method}: the parameters are no list; expected a JSON array");
    }

    // Each client has a serializer of its own, Newtonsoft's or the platform's: what both write alike are plain values.
    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.TryGetInt64(out long number) ? number : new ExactNumber(value.GetRawText()),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToArray(),
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(p => p.Name, p => Plain(p.Value), StringComparer.Ordinal),
        _ => null,
    };
}
