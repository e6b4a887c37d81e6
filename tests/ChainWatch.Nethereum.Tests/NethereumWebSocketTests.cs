using System.Net;
using System.Net.WebSockets;
using System.Text.Json;
using ChainWatch.Rpc;
using ChainWatch.TestNodes.Http;
using Nethereum.JsonRpc.WebSocketClient;

namespace ChainWatch.Nethereum.Tests;

/// <summary>Over WebSocket the wait for each piece of an answer has a bound of its own, far below the other clients'.</summary>
public sealed class NethereumWebSocketTests
{
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task LateAnswer_NamesTheSettingThatEndsTheWait_AndIsReadWithAGreaterOne()
    {
        Uri node = await FreePortAsync();
        using HttpListener listener = new();
        listener.Prefixes.Add(node.ToString());
        listener.Start();
        Task serving = ServeAsync(listener);
        string url = new UriBuilder(node) { Scheme = "ws" }.Uri.ToString();
        using JsonRpcClient rpc = new WebSocketClient(url).AsJsonRpcClient(RpcEndpoint.ParseAnyScheme(url), new RpcOptions { RetriesMax = 0 });

        RpcException error = await Should.ThrowAsync<RpcException>(() => rpc.CallAsync(RpcCall.Of("trace_block", "\"0x1\"")));
        error.Kind.ShouldBe(RpcErrorKind.Transient);
        error.Message.ShouldEndWith("no whole answer before Nethereum's own time-out; the endpoint is slow, or a setting short: ClientBase.ConnectionTimeout, or over WebSocket WebSocketClient.ForceCompleteReadTotalMilliseconds");

        // For the whole process: other tests that run meanwhile are only given more time.
        int before = WebSocketClient.ForceCompleteReadTotalMilliseconds;
        WebSocketClient.ForceCompleteReadTotalMilliseconds = 20_000;
        try
        {
            using RpcAnswer answer = await rpc.CallAsync(RpcCall.Of("trace_block", "\"0x1\""));
            System.Text.Encoding.UTF8.GetString(answer.Result.Span).ShouldBe("\"late\"");
        }
        finally
        {
            WebSocketClient.ForceCompleteReadTotalMilliseconds = before;
        }

        listener.Close();
        await serving;
    }

    // One connection after another; each call is answered late.
    private static async Task ServeAsync(HttpListener listener)
    {
        while (listener.IsListening)
        {
            try
            {
                HttpListenerContext context = await listener.GetContextAsync();
                using WebSocket socket = (await context.AcceptWebSocketAsync(null)).WebSocket;
                byte[] buffer = new byte[4096];
                while (await socket.ReceiveAsync(buffer.AsMemory(), default) is { MessageType: WebSocketMessageType.Text } received)
                {
                    using JsonDocument call = JsonDocument.Parse(buffer.AsMemory(0, received.Count));
                    await Task.Delay(Late);
                    byte[] answer = System.Text.Encoding.UTF8.GetBytes(StubEndpoint.Result(call.RootElement.GetProperty("id").GetInt64(), "\"late\""));
                    await socket.SendAsync(answer, WebSocketMessageType.Text, endOfMessage: true, default);
                }
            }
            catch (Exception e) when (e is WebSocketException or HttpListenerException or ObjectDisposedException)
            {
                // The client gave the connection up, or the test is over.
            }
        }
    }

    private static async Task<Uri> FreePortAsync()
    {
        await using LoopbackServer server = new((_, _) => Task.FromResult(LoopbackAnswer.Text("")));
        return server.Endpoint;
    }
}
