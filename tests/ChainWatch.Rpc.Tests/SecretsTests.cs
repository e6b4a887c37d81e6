using System.Diagnostics;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.Rpc.Tests;

public sealed class SecretsTests
{
    private static readonly string[] Secrets =
    [
        "a.user", "s3cr+t!", "s3cr%2Bt", "0123456789abcdef", "QUERYKEY42", "bearer-token-77", "header-key-99",
        Convert.ToBase64String("a.user:s3cr+t!"u8),
    ];

    public static TheoryData<int, string> Echoes => new()
    {
        { 200, """{"id":ID,"error":{"code":-32000,"message":"ECHO"}}""" },
        { 200, """{"id":ID,"error":{"code":-32603,"message":"Internal error","data":"ECHO"}}""" },
        { 200, """{"id":ID,"error":"ECHO"}""" },
        { 200, """{"id":ID,"message":"ECHO"}""" },
        { 200, "ECHO" },
        { 200, "<html>not found: ECHO" },
        { 401, """{"error":{"message":"ECHO"}}""" },
        { 403, """{"message":"ECHO"}""" },
        { 429, """{"message":"ECHO"}""" },
        { 500, """{"error":"ECHO"}""" },
        { 404, "ECHO" },
    };

    [Theory]
    [MemberData(nameof(Echoes))]
    public async Task Secrets_EchoedByTheServer_AreNowhere(int status, string body)
    {
        foreach (RpcEndpoint with in Variants)
        {
            await using TestEndpoint endpoint = new((request, _) =>
            {
                string echo = string.Join(' ', [request.Target, .. request.Headers.Where(h => h.Key is "Authorization" or "X-Api-Key").Select(h => h.Value)]);
                return LoopbackAnswer.Text(body.Replace("ID", $"{AskedCall.Read(request).Single().Id}", StringComparison.Ordinal).Replace("ECHO", echo, StringComparison.Ordinal), status);
            });
            RpcEndpoint secret = At(with, endpoint.Uri.Port);
            List<string> said = [];
            using ActivityListener listener = Listen(said);
            using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { RetriesMax = 2, BreakerMinimumThroughput = 2, BreakerFailureRatio = 0.1 }, secret);
            // The listener is told on other threads.
            void Say(params string[] texts)
            {
                lock (said)
                {
                    said.AddRange(texts);
                }
            }

            for (int i = 0; i < 3; i++)
            {
                RpcException error = await client.FailureAsync();
                Say(error.ToString(), error.Message);
            }

            Say([.. endpoint.Log.Lines, client.ToString()!, client.Endpoint.ToString(), $"{secret}"]);
            lock (said)
            {
                foreach (string text in said)
                {
                    Secrets.ShouldAllBe(s => !text.Contains(s, StringComparison.OrdinalIgnoreCase), text);
                }
            }

            endpoint.Requests.ShouldAllBe(r => r.Target.StartsWith("/v3/0123456789abcdef?apikey=QUERYKEY42", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task Secrets_CutByTheBeginningOfABody_AreNotHalfShown()
    {
        await using TestEndpoint endpoint = new((_, _) => LoopbackAnswer.Text("no such path, sorry: /v3/0123456789abcdef0123456789abcdef"));
        using JsonRpcClient client = endpoint.Client(TestEndpoint.Options with { RetriesMax = 0 }, RpcEndpoint.Parse($"{endpoint.Uri}v3/0123456789abcdef0123456789abcdef"));
        string message = (await client.FailureAsync()).Message;
        message.ShouldContain("no such path, sorry");
        message.ShouldNotContain("0123");
    }

    [Fact]
    public async Task Messages_OfAServer_AreOneLineAndNotLong()
    {
        string words = $"one\r\ntwo\u2028three\u0007{new string('x', 5000)}";
        await using TestEndpoint endpoint = new((call, _) => call.Error(-32000, words));
        using JsonRpcClient client = endpoint.Client();
        string message = (await client.FailureAsync()).Message;
        message.ShouldContain("one  two three x");
        message.ShouldEndWith("…");
        message.ShouldAllBe(c => !char.IsControl(c) && c != '\u2028');
        message.Length.ShouldBeLessThan(400);
    }

    [Fact]
    public async Task Authorization_OfUserAndPassword_IsBasic()
    {
        LoopbackRequest request = await AskedWithAsync(e => RpcEndpoint.Parse($"http://a.user:s3cr%2Bt!@127.0.0.1:{e.Uri.Port}/"));
        request.Headers["Authorization"].ShouldBe($"Basic {Convert.ToBase64String("a.user:s3cr+t!"u8)}");
        request.Target.ShouldBe("/");
    }

    [Fact]
    public async Task Authorization_OfAToken_IsBearer() =>
        (await AskedWithAsync(e => RpcEndpoint.Parse($"{e.Uri}") with { BearerToken = "bearer-token-77" })).Headers["Authorization"].ShouldBe("Bearer bearer-token-77");

    [Fact]
    public async Task Headers_OfTheEndpoint_GoWithEveryRequest() =>
        (await AskedWithAsync(e => RpcEndpoint.Parse($"{e.Uri}") with { Headers = new Dictionary<string, string> { ["X-Api-Key"] = "header-key-99" } })).Headers["X-Api-Key"].ShouldBe("header-key-99");

    [Theory]
    [InlineData("X-Api-Key", "with-a-line\nend")]
    [InlineData("X-Api-Key", "schlüssel")]
    [InlineData("X Api Key", "header-key-99")]
    [InlineData("Content-Type", "header-key-99")]
    public async Task Headers_ThatHttpDoesNotTake_AreAnErrorAndNotLeftOut(string name, string value)
    {
        await using TestEndpoint endpoint = new((call, _) => call.Result("7"));
        using JsonRpcClient client = endpoint.Client(endpoint: RpcEndpoint.Parse($"{endpoint.Uri}") with { Headers = new Dictionary<string, string> { [name] = value } });
        RpcException error = await client.FailureAsync();
        error.Kind.ShouldBe(RpcErrorKind.Fatal);
        error.Message.ShouldContain("cannot be sent");
        error.ToString().ShouldNotContain(value);
        endpoint.Requests.ShouldBeEmpty();
    }

    private static IEnumerable<RpcEndpoint> Variants =>
    [
        RpcEndpoint.Parse("http://a.user:s3cr%2Bt!@127.0.0.1/v3/0123456789abcdef?apikey=QUERYKEY42"),
        RpcEndpoint.Parse("http://127.0.0.1/v3/0123456789abcdef?apikey=QUERYKEY42") with { BearerToken = "bearer-token-77", Headers = new Dictionary<string, string> { ["X-Api-Key"] = "header-key-99" } },
    ];

    private static RpcEndpoint At(RpcEndpoint with, int port) =>
        RpcEndpoint.Parse($"http://127.0.0.1:{port}/v3/0123456789abcdef?apikey=QUERYKEY42") with { User = with.User, Password = with.Password, BearerToken = with.BearerToken, Headers = with.Headers };

    private static ActivityListener Listen(List<string> said)
    {
        ActivityListener listener = new()
        {
            ShouldListenTo = source => source.Name == "ChainWatch.Rpc",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                lock (said)
                {
                    said.Add($"{activity.DisplayName} {activity.StatusDescription} {string.Join(' ', activity.TagObjects)}");
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    private static async Task<LoopbackRequest> AskedWithAsync(Func<TestEndpoint, RpcEndpoint> make)
    {
        await using TestEndpoint endpoint = new((call, _) => call.Result("7"));
        using JsonRpcClient client = endpoint.Client(endpoint: make(endpoint));
        (await client.TextAsync()).ShouldBe("7");
        return endpoint.Requests.Single();
    }
}
