using System.Text.Json;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.Rpc.Tests;

/// <summary>A call as the server read it.</summary>
internal sealed record AskedCall(long Id, string Method, string Params)
{
    public string Result(string json) => $$"""{"jsonrpc":"2.0","id":{{Id}},"result":{{json}}}""";

    public string Error(int code, string message) => $$$"""{"jsonrpc":"2.0","id":{{{Id}}},"error":{"code":{{{code}}},"message":{{{JsonSerializer.Serialize(message)}}} }}""";

    public static bool IsBatch(LoopbackRequest request) => request.Body.Length > 0 && request.Body[0] == (byte)'[';

    public static AskedCall[] Read(LoopbackRequest request)
    {
        using JsonDocument document = JsonDocument.Parse(request.Body);
        return document.RootElement.ValueKind == JsonValueKind.Array ? [.. document.RootElement.EnumerateArray().Select(ReadOne)] : [ReadOne(document.RootElement)];
    }

    private static AskedCall ReadOne(JsonElement call)
    {
        call.GetProperty("jsonrpc").GetString().ShouldBe("2.0");
        return new AskedCall(call.GetProperty("id").GetInt64(), call.GetProperty("method").GetString()!, call.GetProperty("params").GetRawText());
    }
}
