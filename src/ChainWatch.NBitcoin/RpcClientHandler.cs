using System.Net;
using NBitcoin.RPC;

namespace ChainWatch.NBitcoin;

/// <summary>
/// Sends JSON-RPC calls, or a batch of them, with NBitcoin's address and credentials, and gives back what the node answered: status, headers and bytes.
/// NBitcoin is told of a refusal alone, upon which it reads the cookie anew. What else is wrong with an answer it would hide: it
/// keeps no error that is no object, no status beside JSON, and no id.
/// </summary>
internal sealed class RpcClientHandler : HttpMessageHandler
{
    private readonly RPCClient _rpc;
    private readonly AsyncLocal<Exchange?> _exchange = new();

    /// <summary>A handler over a client.</summary>
    /// <param name="rpc">Of the handler's own, since its <see cref="RPCClient.HttpClient"/>, which is the one that sends, is exchanged.</param>
    public RpcClientHandler(RPCClient rpc)
    {
        HttpClient http = rpc.HttpClient;
        rpc.HttpClient = new HttpClient(new Wire(http, _exchange)) { Timeout = Timeout.InfiniteTimeSpan };
        _rpc = rpc;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Exchange exchange = new(await request.Content!.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
        _exchange.Value = exchange;
        try
        {
            // Its one call stands for what is in the body.
            await _rpc.SendCommandAsync(new RPCRequest { Method = "", ThrowIfRPCError = false }, cancellationToken).ConfigureAwait(false);
        }
        catch (HttpRequestException) when (exchange.Answer is not null)
        {
            // NBitcoin's way to say that the node refused: the answer says so, too.
        }
        catch
        {
            exchange.Answer?.Dispose();
            throw;
        }

        return exchange.Answer!;
    }

    private sealed class Exchange(byte[] body)
    {
        public byte[] Body => body;

        public HttpResponseMessage? Answer { get; set; }
    }

    // What NBitcoin sends through: the request is its own but for the body, and the answer is kept from it.
    private sealed class Wire(HttpClient http, AsyncLocal<Exchange?> current) : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Exchange exchange = current.Value!;
            exchange.Answer?.Dispose();
            exchange.Answer = null;

            // A message is sent once only, and NBitcoin's is on its way already.
            using HttpRequestMessage sent = new(request.Method, request.RequestUri) { Content = new ByteArrayContent(exchange.Body) };
            sent.Headers.Authorization = request.Headers.Authorization;
            sent.Content.Headers.ContentType = new("application/json");
            exchange.Answer = await http.SendAsync(sent, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            return exchange.Answer.StatusCode == HttpStatusCode.Unauthorized
                ? new HttpResponseMessage(HttpStatusCode.Unauthorized)
                : new HttpResponseMessage { Content = new StringContent("{}") };
        }
    }
}
