using System.Net;
using System.Net.Sockets;
using System.Net.WebSockets;
using System.Text.Json;
using ChainWatch.Rpc;
using Nethereum.JsonRpc.Client;

namespace ChainWatch.Nethereum;

/// <summary>
/// What a client of Nethereum throws, as the HTTP answer or failure that it stands for: our own layer then judges it, and asks
/// again where that helps. The clients wrap the cause, and tell of an answer that is no success its status alone.
/// </summary>
internal static class ClientFault
{
    private static readonly string PlatformTooDeep = WordsOfTooDeep();

    /// <summary>The answer with a status that the client would not read; else throws.</summary>
    /// <param name="thrown">What the client threw.</param>
    /// <param name="what">Endpoint and method, for messages.</param>
    /// <exception cref="HttpRequestException">No connection.</exception>
    /// <exception cref="IOException">The connection was cut.</exception>
    /// <exception cref="RpcException">Anything else that the endpoint, or asking again, may settle.</exception>
    /// <exception cref="ChainWatchException">The client is not fit for it, or the call for the client: no reason to take the endpoint for one that cannot.</exception>
    public static HttpResponseMessage Answer(Exception thrown, string what)
    {
        foreach (Exception cause in Causes(thrown))
        {
            switch (cause)
            {
                case ChainWatchException:
                    throw cause;
                case HttpRequestException { StatusCode: HttpStatusCode status }:
                    return new HttpResponseMessage(status);
                case HttpRequestException http:
                    throw new HttpRequestException(http.HttpRequestError, http.Message, http);
                case SocketException or WebSocketException:
                    throw new HttpRequestException(HttpRequestError.ConnectionError, cause.Message, cause);
                case IOException:
                    throw new IOException(cause.Message, cause);
                case RpcClientTimeoutException or OperationCanceledException or TimeoutException:
                    throw new RpcException(RpcErrorKind.Transient, $"{what}: no whole answer before Nethereum's own time-out; the endpoint is slow, or a setting short: ClientBase.ConnectionTimeout, or over WebSocket WebSocketClient.ForceCompleteReadTotalMilliseconds", inner: thrown);
                case Newtonsoft.Json.JsonException when cause.Message.Contains("MaxDepth", StringComparison.Ordinal):
                    throw new ChainWatchException($"{what}: the answer nests deeper than Nethereum's client reads; expected a client whose JsonSerializerSettings have a greater MaxDepth", thrown);
                case System.Text.Json.JsonException when cause.Message.StartsWith(PlatformTooDeep, StringComparison.Ordinal):
                    throw new ChainWatchException($"{what}: the answer nests deeper than Nethereum's client reads; expected a client whose JsonSerializerOptions have a greater MaxDepth", thrown);
                case NotSupportedException:
                    throw new ChainWatchException($"{what}: Nethereum's client cannot write the call's parameters; expected one whose serializer takes any type, not those of a JsonSerializerContext alone", thrown);
                case Newtonsoft.Json.JsonException or System.Text.Json.JsonException or RpcResponseFormatException:
                    throw new RpcException(RpcErrorKind.BadAnswer, $"{what}: the answer is no JSON-RPC that Nethereum's client can read; expected the URL of a JSON-RPC endpoint", inner: thrown);
                default:
                    continue;
            }
        }

        throw new RpcException(RpcErrorKind.Fatal, $"{what}: Nethereum's client failed with {Causes(thrown).Last().GetType().Name}", inner: thrown);
    }

    /// <summary>Whether a batch was answered with JSON of another shape than an array of responses: mostly one error for all.</summary>
    public static bool IsNoBatch(Exception thrown) =>
        Causes(thrown).Any(e => e is Newtonsoft.Json.JsonSerializationException) ||
        // What the platform's reader itself cannot read, cut short or too deep, it tells in a second JsonException within.
        Causes(thrown).OfType<System.Text.Json.JsonException>().FirstOrDefault() is { InnerException: not System.Text.Json.JsonException };

    // The platform has no code for it, and its words are its own: they are asked of it.
    private static string WordsOfTooDeep()
    {
        try
        {
            using JsonDocument none = JsonDocument.Parse("[[]]", new JsonDocumentOptions { MaxDepth = 1 });
            throw new InvalidOperationException("MaxDepth is not kept");
        }
        catch (System.Text.Json.JsonException e)
        {
            return e.Message.Split('1')[0];
        }
    }

    private static IEnumerable<Exception> Causes(Exception? thrown)
    {
        for (; thrown is not null; thrown = thrown.InnerException)
        {
            yield return thrown;
        }
    }
}
