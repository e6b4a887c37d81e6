using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Numerics;
using System.Text.Json.Nodes;

namespace ChainWatch.TestNodes;

/// <summary>JSON-RPC as the tests need it: one call at a time, no retry, an error is an exception.</summary>
/// <param name="endpoint">Where the node listens.</param>
/// <param name="credentials">A user and a password for HTTP's basic authentication; null sends none.</param>
public sealed class RpcClient(Uri endpoint, (string User, string Password)? credentials = null) : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(60) };
    private long _id;

    /// <summary>Calls a method and returns its result, null where it is null.</summary>
    /// <exception cref="InvalidOperationException">The node answered with an error: its code and message are told.</exception>
    /// <exception cref="HttpRequestException">The node is not there, or refuses the credentials.</exception>
    public async Task<JsonNode?> CallAsync(string method, params JsonNode?[] parameters)
    {
        JsonObject request = new() { ["jsonrpc"] = "2.0", ["id"] = Interlocked.Increment(ref _id), ["method"] = method, ["params"] = new JsonArray(parameters) };
        JsonNode answer = JsonNode.Parse(await SendAsync(request.ToJsonString(), mustBeLetIn: true))!;
        return answer["error"] is JsonNode error
            ? throw new InvalidOperationException($"{method}: {error.ToJsonString()}")
            : answer["result"]?.DeepClone();
    }

    /// <summary>Posts a body and returns the answer's text, whatever its status.</summary>
    public Task<string> PostAsync(string body) => SendAsync(body, mustBeLetIn: false);

    /// <summary>A quantity as nodes write it.</summary>
    public static string Quantity(BigInteger value) => value.IsZero ? "0x0" : "0x" + value.ToString("x", CultureInfo.InvariantCulture).TrimStart('0');

    /// <summary>Reads a quantity.</summary>
    public static BigInteger Number(JsonNode? quantity) => BigInteger.Parse("0" + ((string)quantity!)[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<string> SendAsync(string body, bool mustBeLetIn)
    {
        using StringContent content = new(body, Json);
        using HttpRequestMessage request = new(HttpMethod.Post, endpoint) { Content = content };
        if (credentials is (string user, string password))
        {
            request.Headers.Authorization = new("Basic", Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"{user}:{password}")));
        }

        using HttpResponseMessage response = await _http.SendAsync(request);
        return mustBeLetIn && response.StatusCode == HttpStatusCode.Unauthorized
            ? throw new HttpRequestException("the node refuses the credentials", null, response.StatusCode)
            : await response.Content.ReadAsStringAsync();
    }
}
