using System.Text.Json;
using Nethereum.JsonRpc.Client.RpcMessages;

namespace ChainWatch.Nethereum;

/// <summary>Reads the body of a JSON-RPC request as Nethereum's messages: one call, or a batch of them.</summary>
internal static class RpcRequestReader
{
    /// <summary>The calls of a body, and whether they stand in a batch.</summary>
    public static async Task<(RpcRequestMessage[] Calls, bool IsBatch)> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        using Stream body = await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
        using JsonDocument document = await JsonDocument.ParseAsync(body, default, cancellationToken).ConfigureAwait(false);
        return document.RootElement.ValueKind == JsonValueKind.Array
            ? ([.. document.RootElement.EnumerateArray().Select(ReadOne)], true)
            : ([ReadOne(document.RootElement)], false);
    }

    private static RpcRequestMessage ReadOne(JsonElement call) =>
        new(call.GetProperty("id").GetInt64(), call.GetProperty("method").GetString()!, (object?[])Plain(call.GetProperty("params"))!);

    // Each client has a serializer of its own, Newtonsoft's or the platform's: what both write alike are plain values.
    private static object? Plain(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Number => value.GetInt64(),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Array => value.EnumerateArray().Select(Plain).ToArray(),
        JsonValueKind.Object => value.EnumerateObject().ToDictionary(p => p.Name, p => Plain(p.Value), StringComparer.Ordinal),
        _ => null,
    };
}
