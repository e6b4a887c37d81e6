using System.Net;
using ChainWatch.Rpc;
using NBitcoin.RPC;
using Newtonsoft.Json;
using Newtonsoft.Json.Linq;

namespace ChainWatch.NBitcoin;

/// <summary>Sends a JSON-RPC call through NBitcoin, and gives back what it read as the answer to the request. Takes no batches.</summary>
internal sealed class RpcClientHandler(RPCClient rpc, string name) : HttpMessageHandler
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        JObject call = JObject.Parse(await request.Content!.ReadAsStringAsync(cancellationToken).ConfigureAwait(false));
        string method = (string)call["method"]!;
        RPCRequest asked = new(method, [.. call["params"]!]) { ThrowIfRPCError = false };
        try
        {
            RPCResponse answer = await rpc.SendCommandAsync(asked, cancellationToken).ConfigureAwait(false);
            return Answer(HttpStatusCode.OK, Write(call["id"]!, answer));
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode status)
        {
            return Answer(status, "");
        }
        catch (JsonException e)
        {
            throw Unreadable(method, e);
        }
        catch (Exception e) when (e is ArgumentException or InvalidCastException or FormatException or OverflowException)
        {
            // What NBitcoin throws at an error object that has no code, or one that is no number.
            throw Unreadable(method, e);
        }
    }

    private static string Write(JToken id, RPCResponse answer)
    {
        JObject json = new() { ["jsonrpc"] = "2.0", ["id"] = id };
        if (answer.Error is RPCError error)
        {
            json["error"] = new JObject { ["code"] = (int)error.Code, ["message"] = error.Message };
        }
        else if (answer.Result is JToken result)
        {
            json["result"] = result;
        }

        return json.ToString(Formatting.None);
    }

    private static HttpResponseMessage Answer(HttpStatusCode status, string body) => new(status) { Content = new StringContent(body, System.Text.Encoding.UTF8, "application/json") };

    private RpcException Unreadable(string method, Exception e) => new(RpcErrorKind.BadAnswer, $"{name}: {method}: the answer is no JSON-RPC that NBitcoin can read; expected the URL of a JSON-RPC endpoint", inner: e);
}
