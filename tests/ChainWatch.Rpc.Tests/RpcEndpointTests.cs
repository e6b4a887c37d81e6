namespace ChainWatch.Rpc.Tests;

public sealed class RpcEndpointTests
{
    [Theory]
    [InlineData("https://mainnet.example.org/v3/0123456789abcdef", "https://mainnet.example.org")]
    [InlineData("http://127.0.0.1:8545", "http://127.0.0.1:8545")]
    [InlineData("http://user:password@node:8332/wallet", "http://node:8332")]
    [InlineData("https://node:443/?apikey=0123456789abcdef#part", "https://node")]
    [InlineData("http://[::1]:8545/", "http://[::1]:8545")]
    public void Name_OfAUrl_IsSchemeHostAndPort(string url, string name)
    {
        RpcEndpoint endpoint = RpcEndpoint.Parse(url);
        endpoint.Name.ShouldBe(name);
        endpoint.ToString().ShouldBe(name);
    }

    [Fact]
    public void Parse_Credentials_AreReadAndTakenOutOfTheUrl()
    {
        RpcEndpoint endpoint = RpcEndpoint.Parse("http://us%40er:pass%3Aw:ord@node/path?a=b");
        (endpoint.User, endpoint.Password).ShouldBe(("us@er", "pass:w:ord"));
        endpoint.Uri.ToString().ShouldBe("http://node/path?a=b");
    }

    [Theory]
    [InlineData("")]
    [InlineData("   ")]
    [InlineData("mainnet.example.org/v3/0123456789abcdef")]
    [InlineData("localhost:8545")]
    [InlineData("http://")]
    [InlineData("http:///v3/0123456789abcdef")]
    [InlineData("ws://node/v3/0123456789abcdef")]
    [InlineData("wss://node/v3/0123456789abcdef")]
    [InlineData("ftp://user:0123456789abcdef@node/")]
    [InlineData("/v3/0123456789abcdef")]
    [InlineData("file:///v3/0123456789abcdef")]
    public void Parse_NoHttpUrl_IsRefusedInOneLineWithoutTheKey(string text)
    {
        ChainWatchException error = Should.Throw<ChainWatchException>(() => RpcEndpoint.Parse(text));
        error.Message.ShouldContain("expected http");
        error.ToString().ShouldNotContain("0123456789abcdef");
        error.Message.ShouldNotContain('\n');
    }

    [Fact]
    public void Parse_WebSocket_IsNamedAsWhatItIs() =>
        Should.Throw<ChainWatchException>(() => RpcEndpoint.Parse("wss://node/key")).Message.ShouldBe("'wss://node' is not reached over HTTP; expected http:// or https://");

    [Theory]
    [InlineData("wss://user:0123456789abcdef@node/v3/0123456789abcdef", "wss://node")]
    [InlineData("ws://127.0.0.1:8546", "ws://127.0.0.1:8546")]
    [InlineData("https://node/v3/0123456789abcdef", "https://node")]
    public void ParseAnyScheme_AWebSocket_HasItsNameWithoutTheKey(string url, string name) => RpcEndpoint.ParseAnyScheme(url).ToString().ShouldBe(name);

    [Theory]
    [InlineData("geth.ipc")]
    [InlineData("/v3/0123456789abcdef")]
    [InlineData("ws:///v3/0123456789abcdef")]
    public void ParseAnyScheme_WithoutAHost_IsRefusedInOneLineWithoutTheKey(string text)
    {
        ChainWatchException error = Should.Throw<ChainWatchException>(() => RpcEndpoint.ParseAnyScheme(text));
        error.Message.ShouldContain("expected http");
        error.ToString().ShouldNotContain("0123456789abcdef");
    }

    [Theory]
    [InlineData("https://node/v2/key", true)]
    [InlineData("https://node/api/V2", true)]
    [InlineData("https://node/v3/key", false)]
    [InlineData("https://v2.node/", false)]
    public void IsVersion2_OfAPath_IsAPartOfIt(string url, bool expected) => RpcEndpoint.Parse(url).IsVersion2.ShouldBe(expected);
}
