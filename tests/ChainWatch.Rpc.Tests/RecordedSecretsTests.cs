using System.Net.Http.Headers;
using ChainWatch.Rpc.Recording;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.Rpc.Tests;

/// <summary>Answers that are kept as evidence say no secret, and are otherwise as they came.</summary>
public sealed class RecordedSecretsTests
{
    // What a node's cookie file holds.
    private const string Password = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0";

    private static readonly string s_basic = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"__cookie__:{Password}"));

    [Theory]
    [InlineData("Basic", Password)]
    [InlineData("Basic", "__cookie__:" + Password)]
    [InlineData("Basic", null)]
    [InlineData("Bearer", "bearer-token-77")]
    public async Task Authorization_ThatIsNotOfTheUrl_IsNotKept(string scheme, string? echoed)
    {
        string token = scheme == "Basic" ? s_basic : "bearer-token-77";
        string kept = await KeptAsync("", $$"""{"result":null,"error":{"code":-1,"message":"who is {{echoed ?? token}}?"},"id":1}""", new AuthenticationHeaderValue(scheme, token));
        kept.ShouldBe("""{"result":null,"error":{"code":-1,"message":"who is ***?"},"id":1}""");
    }

    [Theory]
    [InlineData("""{"id":1,"error":{"message":"no key abcdef0123"}}""", """{"id":1,"error":{"message":"no key ***"}}""")]
    [InlineData("""{"status":"0","message":"NOTOK","result":"no key abcdef0123"}""", """{"status":"0","message":"NOTOK","result":"no key ***"}""")]
    [InlineData("""{"result":"0xabcdef0123","error": null,"id":1}""", """{"result":"0xabcdef0123","error": null,"id":1}""")]
    [InlineData("""{"result":"0xabcdef0123","id":1}""", """{"result":"0xabcdef0123","id":1}""")]
    [InlineData("""[{"id":1,"error":{"message":"no key abcdef0123"}},{"id":2,"error":{"message":"abcdef0123"}}]""", """[{"id":1,"error":{"message":"no key ***"}},{"id":2,"error":{"message":"***"}}]""")]
    [InlineData("""[{"id":1,"result":"0xabcdef0123","error":null},{"id":2,"error":{"message":"reverted"}}]""", """[{"id":1,"result":"0xabcdef0123","error":null},{"id":2,"error":{"message":"reverted"}}]""")]
    [InlineData("""{"id":1,"result":{"hash":"0xabcdef0123","calls":[{"error":"execution reverted"}]}}""", """{"id":1,"result":{"hash":"0xabcdef0123","calls":[{"error":"execution reverted"}]}}""")]
    public async Task FewHexDigits_AreTheChainsUnlessAnErrorIsTold(string answer, string expected) =>
        (await KeptAsync("?apikey=abcdef0123", answer, null)).ShouldBe(expected);

    private static async Task<string> KeptAsync(string pathAndQuery, string answer, AuthenticationHeaderValue? authorization)
    {
        await using TestEndpoint server = new((_, _) => LoopbackAnswer.Text(answer));
        using MemoryStream answers = new();
        ExchangeLog log = new(answers, TimeProvider.System);
        using HttpClient client = log.CreateClient(RpcEndpoint.Parse($"{server.Uri}{pathAndQuery}"));
        using HttpRequestMessage request = new(HttpMethod.Post, server.Uri) { Content = new StringContent("{}") };
        request.Headers.Authorization = authorization;
        using HttpResponseMessage response = await client.SendAsync(request);
        await response.Content.ReadAsByteArrayAsync();
        return System.Text.Encoding.UTF8.GetString(log.ReadAnswer(0));
    }
}
