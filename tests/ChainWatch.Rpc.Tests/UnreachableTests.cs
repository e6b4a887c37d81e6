using System.Net;
using System.Net.Sockets;

namespace ChainWatch.Rpc.Tests;

public sealed class UnreachableTests
{
    [Fact]
    public async Task CallAsync_NothingAnswersThere_OneQuickRetryAndOneClearLine()
    {
        int port = FreePort();
        FakeClock clock = new();
        using HttpClient http = RpcHttp.Create();
        using JsonRpcClient client = new(http, RpcEndpoint.Parse($"http://127.0.0.1:{port}/v3/0123456789abcdef"), TestEndpoint.Options, clock, () => 1);
        RpcException error = await client.FailureAsync();
        error.Kind.ShouldBe(RpcErrorKind.Unreachable);
        error.Message.ShouldBe($"http://127.0.0.1:{port}: test_call: cannot be reached: nothing answers there; is the node running, and the port right?");
        client.RequestCount.ShouldBe(2);
        clock.Delays.ShouldBe([new RpcOptions().DelayBase]);
    }

    [Fact]
    public async Task CallAsync_HostThatIsNot_SaysSo()
    {
        // A resolver's answer, without one: names are not looked up here.
        using HttpClient http = Failing(() => new HttpRequestException(HttpRequestError.NameResolutionError, "Name or service not known (nowhere.invalid:443)"));
        using JsonRpcClient client = new(http, RpcEndpoint.Parse("https://nowhere.invalid/v3/0123456789abcdef"), TestEndpoint.Options, new FakeClock(), () => 1);
        RpcException error = await client.FailureAsync();
        error.Kind.ShouldBe(RpcErrorKind.Unreachable);
        error.Message.ShouldBe("https://nowhere.invalid: test_call: the host's name is not known; expected a URL that can be reached");
        client.RequestCount.ShouldBe(2);
    }

    [Fact]
    public async Task CallAsync_NoTls_SaysSo()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        Task plain = AnswerPlainlyAsync(listener, 2);
        using HttpClient http = RpcHttp.Create();
        using JsonRpcClient client = new(http, RpcEndpoint.Parse($"https://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}"), TestEndpoint.Options, new FakeClock(), () => 1);
        RpcException error = await client.FailureAsync();
        error.Kind.ShouldBe(RpcErrorKind.Unreachable);
        error.Message.ShouldContain("no TLS connection");
        await plain;
    }

    [Fact]
    public async Task CallAsync_NoConnectionInTime_IsNoCancellation()
    {
        using HttpClient http = Failing(() => new TaskCanceledException("connect", new TimeoutException()));
        using JsonRpcClient client = new(http, RpcEndpoint.Parse("http://127.0.0.1:1"), TestEndpoint.Options, new FakeClock(), () => 1);
        RpcException error = await client.FailureAsync();
        error.Kind.ShouldBe(RpcErrorKind.Unreachable);
        error.Message.ShouldContain("no connection in time");
        client.RequestCount.ShouldBe(2);
    }

    [Fact]
    public async Task CallAsync_GoneAfterItWasThere_IsAskedAgainForLonger()
    {
        bool there = true;
        using HttpClient http = new(new Scripted(async request =>
        {
            string id = AskedId(await request.Content!.ReadAsStringAsync());
            return there ? new HttpResponseMessage { Content = new StringContent($$"""{"id":{{id}},"result":7}""") } : throw new HttpRequestException(HttpRequestError.ConnectionError);
        })) { Timeout = Timeout.InfiniteTimeSpan };
        using JsonRpcClient client = new(http, RpcEndpoint.Parse("http://127.0.0.1:1"), TestEndpoint.Options with { RetriesMax = 4 }, new FakeClock(), () => 1);
        (await client.TextAsync()).ShouldBe("7");
        there = false;
        (await client.FailureAsync()).Kind.ShouldBe(RpcErrorKind.Transient);
        client.RequestCount.ShouldBe(6);
    }

    private static async Task AnswerPlainlyAsync(TcpListener listener, int times)
    {
        for (int i = 0; i < times; i++)
        {
            using TcpClient client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"u8.ToArray());
        }
    }

    private static string AskedId(string json) => System.Text.Json.JsonDocument.Parse(json).RootElement.GetProperty("id").GetRawText();

    private static int FreePort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private static HttpClient Failing(Func<Exception> error) => new(new Scripted(_ => throw error())) { Timeout = Timeout.InfiniteTimeSpan };

    private sealed class Scripted(Func<HttpRequestMessage, Task<HttpResponseMessage>> script) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => script(request);
    }
}
