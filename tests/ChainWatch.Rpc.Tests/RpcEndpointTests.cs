using ChainWatch.Rpc.Tests.Client;
using Microsoft.Extensions.DependencyInjection;

namespace ChainWatch.Rpc.Tests;

public class RpcEndpointTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8545", "http://127.0.0.1:8545")]
    [InlineData("https://mainnet.example/v3/0123456789", "https://mainnet.example")]
    [InlineData("https://user:secret@node.example:8443/?key=abcdef", "https://node.example:8443")]
    public void Name_IsSchemeHostAndPort(string url, string name)
    {
        RpcEndpoint.Parse(url).Name.ShouldBe(name);
        RpcEndpoint.Parse(url).ToString().ShouldBe(name);
    }

    [Theory]
    [InlineData("")]
    [InlineData("localhost:8545")]
    [InlineData("ws://127.0.0.1:8546/secretkey")]
    [InlineData("file:///etc/passwd")]
    [InlineData("http://")]
    public void WhatIsNoHttpUrl_IsOneLineWithoutItsPath(string text)
    {
        string message = Should.Throw<ChainWatchException>(() => RpcEndpoint.Parse(text)).Message;
        message.ShouldContain("expected http://");
        message.ShouldNotContain("secretkey");
    }

    [Fact]
    public void Options_RefuseWhatMakesNoSense()
    {
        Should.Throw<ChainWatchException>(() => new RpcOptions { Concurrency = 0 }).Message.ShouldBe("Concurrency 0: expected 1 to 256");
        Should.Throw<ChainWatchException>(() => new RpcOptions { BatchSizeMax = 1001 });
        Should.Throw<ChainWatchException>(() => new RpcOptions { AttemptTimeout = TimeSpan.Zero });
        Should.Throw<ChainWatchException>(() => new RpcOptions { RetriesMax = -1 });
    }

    [Fact]
    public async Task Container_GivesClientsThatWork()
    {
        await using ScriptedEndpoint endpoint = new();
        ServiceCollection services = new();
        services.AddRpcClient("node", RpcEndpoint.Parse(endpoint.Url.ToString()));
        await using ServiceProvider provider = services.BuildServiceProvider();
        using RpcAnswer answer = await provider.GetRequiredKeyedService<JsonRpcClient>("node").CallAsync(RpcCall.Of("m"));

        answer.IsNull.ShouldBeFalse();
        provider.GetRequiredKeyedService<RestClient>("node").Endpoint.Name.ShouldBe(endpoint.Url.GetLeftPart(UriPartial.Authority));
    }

    [Fact]
    public async Task RestClient_KeepsTheParametersOfItsUrl()
    {
        await using ScriptedEndpoint endpoint = new();
        endpoint.Then("{}").Then("{}");
        using HttpClient http = RpcHttp.Create();
        using RestClient client = new(http, RpcEndpoint.Parse($"{endpoint.Url}v2/api?chainid=5&apikey=secretkey"));
        (await client.GetAsync("txlist", "?module=account")).Dispose();
        (await client.PostAsync("m", "/eth-rpc", "{}"u8.ToArray())).Dispose();

        endpoint.Requests.Select(r => r.Target).ShouldBe(["/v2/api?chainid=5&apikey=secretkey&module=account", "/v2/api/eth-rpc?chainid=5&apikey=secretkey"]);
        client.FindParameter("chainid").ShouldBe("5");
        client.Endpoint.IsVersion2.ShouldBeTrue();
    }
}
