using System.Text.Json.Nodes;

namespace ChainWatch.TestNodes.Faults;

/// <summary>One JSON-RPC call on its way through the proxy.</summary>
/// <param name="Method">The method; for requests without JSON-RPC, the query's <c>action</c>.</param>
/// <param name="Request">The whole request object; a fault may rewrite its parameters before it goes on.</param>
/// <param name="Head">The node's head when the request came.</param>
public sealed record RpcCall(string Method, JsonObject Request, long Head)
{
    /// <summary>A parameter, or null.</summary>
    public JsonNode? Parameter(int index) => Request["params"] is JsonArray parameters && parameters.Count > index ? parameters[index] : null;

    /// <summary>A block parameter as a height: <c>latest</c> and its like are the head; null where it is none.</summary>
    public long? Height(JsonNode? block) => block is not JsonValue value || !value.TryGetValue(out string? text)
        ? null
        : text switch
        {
            "latest" or "safe" or "finalized" or "pending" => Head,
            "earliest" => 0,
            _ => text.StartsWith("0x", StringComparison.Ordinal) && text.Length < 18 ? (long)RpcClient.Number(value) : null,
        };
}
