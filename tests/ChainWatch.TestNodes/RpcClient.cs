using System.Globalization;
using System.Net.Http.Headers;
using System.Numerics;
using System.Text.Json.Nodes;

namespace ChainWatch.TestNodes;

/// <summary>JSON-RPC as the tests need it: one call at a time, no retry, an error is an exception.</summary>
public sealed class RpcClient(Uri endpoint) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private long _id;

    /// <summary>Calls a method and returns its result, null where it is null.</summary>
    /// <exception cref="InvalidOperationException">The node answered with an error.</exception>
    public async Task<JsonNode?> CallAsync(string method, params JsonNode?[] parameters)
    {
        JsonObject request = new() { ["jsonrpc"] = "2.0", ["id"] = Interlocked.Increment(ref _id), ["method"] = method, ["params"] = new JsonArray(parameters) };
        JsonNode answer = JsonNode.Parse(await PostAsync(request.ToJsonString()))!;
        return answer["error"] is JsonNode error
            ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}")
            : answer["result"]?.DeepClone();
    }

    /// <summary>Posts a body and returns the answer's text, whatever its status.</summary>
    public async Task<string> PostAsync(string body)
    {
        using StringContent content = new(body, Json);
        using HttpResponseMessage response = await _http.PostAsync(endpoint, content);
        return await response.Content.ReadAsStringAsync();
    }

    /// <summary>A quantity as nodes write it.</summary>
    public static string Quantity(BigInteger value) => value.IsZero ? "0x0" : "0x" + value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');

    /// <summary>Reads a quantity.</summary>
    public static BigInteger Number(JsonNode? quantity) => BigInteger.Parse("0" + ((string)quantity!)[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
