using System.Text.Json;

namespace ChainWatch.Rpc.Recording;

/// <summary>A JSON-RPC call as it stands in a request: its id, and what is asked by it.</summary>
/// <param name="Id">The id.</param>
/// <param name="Question">Method and parameters, as they stand there.</param>
internal readonly record struct RpcCallText(long Id, string Question)
{
    /// <summary>The calls of a request's body; null where it is no JSON-RPC.</summary>
    public static (RpcCallText[] Calls, bool IsBatch)? Read(byte[] body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return ([ReadOne(document.RootElement)], false);
            }

            RpcCallText[] calls = [.. document.RootElement.EnumerateArray().Select(ReadOne)];
            return calls.DistinctBy(c => c.Id).Count() == calls.Length ? (calls, true) : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException or FormatException)
        {
            return null;
        }
    }

    private static RpcCallText ReadOne(JsonElement call) =>
        new(call.GetProperty("id").GetInt64(), $"{call.GetProperty("method").GetString()} {call.GetProperty("params").GetRawText()}");
}
