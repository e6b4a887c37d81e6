using System.Net;
using System.Security.Cryptography;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.Rpc.Tests;

public sealed class FileClientTests : IDisposable
{
    private static readonly byte[] Body = [.. Enumerable.Range(0, 200_000).Select(i => (byte)(i * 31))];

    private readonly string _path = Path.Combine(Directory.CreateTempSubdirectory("chainwatch-").FullName, "file");

    [Fact]
    public async Task DownloadAsync_File_IsThereWithItsChecksumAndHost()
    {
        await using TestEndpoint endpoint = new((_, _) => new LoopbackAnswer(Body));
        using FileClient client = Client(endpoint, "some/file.xml?key=QUERYKEY42");
        FileDownload download = await client.DownloadAsync("a file", _path);

        File.ReadAllBytes(_path).ShouldBe(Body);
        download.Hosts.ShouldBe([Name(endpoint)]);
        (download.Bytes, download.Sha256).ShouldBe((Body.Length, Convert.ToHexStringLower(SHA256.HashData(Body))));
        LoopbackRequest request = endpoint.Requests.Single();
        (request.Method, request.Target, request.Headers["User-Agent"]).ShouldBe(("GET", "/some/file.xml?key=QUERYKEY42", "tests/1"));
    }

    [Theory]
    [InlineData(403, "", "HTTP 403: refused, mostly by a web firewall")]
    [InlineData(401, "", "HTTP 401: a user and password are wanted")]
    [InlineData(202, "", "HTTP 202 with an empty body: mostly the challenge of a web firewall")]
    [InlineData(202, "come again", "HTTP 202: taken in hand, and no file")]
    public async Task DownloadAsync_Refused_IsNotAskedAgain(int status, string body, string expected)
    {
        await using TestEndpoint endpoint = new((_, _) => LoopbackAnswer.Text(body, status));
        RpcException error = await FailureAsync(endpoint);
        error.Kind.ShouldBe(RpcErrorKind.Unauthorized);
        error.Message.ShouldStartWith($"{Name(endpoint)}: a file: {expected}");
        endpoint.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(200, "x-amzn-waf-action", "challenge")]
    [InlineData(405, "x-amzn-waf-action", "captcha")]
    [InlineData(403, "cf-mitigated", "challenge")]
    public async Task DownloadAsync_ChallengeOfAFirewall_IsToldByItsHeader(int status, string header, string value)
    {
        await using TestEndpoint endpoint = new((_, _) => LoopbackAnswer.Text("<html>", status) with { Headers = new Dictionary<string, string> { [header] = value } });
        RpcException error = await FailureAsync(endpoint);
        error.Kind.ShouldBe(RpcErrorKind.Unauthorized);
        error.Message.ShouldBe($"{Name(endpoint)}: a file: HTTP {status}, the challenge of a web firewall: it wants a browser and gives a program no file");
    }

    [Theory]
    [InlineData(404, "HTTP 404: there is no such file; expected the file's URL")]
    [InlineData(204, "HTTP 204 and no whole file; expected HTTP 200")]
    [InlineData(400, "HTTP 400 and no file; expected HTTP 200")]
    [InlineData(302, "HTTP 302, a redirect that leads nowhere; expected a place that it leads to")]
    public async Task DownloadAsync_NoFile_IsNotAskedAgain(int status, string expected)
    {
        await using TestEndpoint endpoint = new((_, _) => LoopbackAnswer.Text("", status));
        RpcException error = await FailureAsync(endpoint);
        error.Kind.ShouldBe(RpcErrorKind.Fatal);
        error.Message.ShouldBe($"{Name(endpoint)}: a file: {expected}");
        endpoint.Requests.Count.ShouldBe(1);
    }

    [Theory]
    [InlineData(503)]
    [InlineData(429)]
    public async Task DownloadAsync_ServerFails_IsAskedAgainAfterTheTimeItWants(int status)
    {
        await using TestEndpoint endpoint = new((_, number) => number < 3
            ? LoopbackAnswer.Text("<html>", status) with { Headers = new Dictionary<string, string> { ["Retry-After"] = "7" } }
            : new LoopbackAnswer(Body));
        using FileClient client = Client(endpoint);
        (await client.DownloadAsync("a file", _path)).Bytes.ShouldBe(Body.Length);
        endpoint.Clock.Delays.ShouldBe([TimeSpan.FromSeconds(7), TimeSpan.FromSeconds(7)]);
    }

    [Fact]
    public async Task DownloadAsync_CutInTheMiddle_IsAskedAgainAndStartsAnew()
    {
        await using TestEndpoint endpoint = new((_, number) => new LoopbackAnswer(Body) { CutInTheMiddle = number == 1 });
        using FileClient client = Client(endpoint);
        (await client.DownloadAsync("a file", _path)).Bytes.ShouldBe(Body.Length);
        File.ReadAllBytes(_path).ShouldBe(Body);
        endpoint.Requests.Count.ShouldBe(2);
    }

    [Fact]
    public async Task DownloadAsync_CutEveryTime_SaysHowMuchCameAndLeavesNothing()
    {
        await using TestEndpoint endpoint = new((_, _) => new LoopbackAnswer(Body) { CutInTheMiddle = true });
        RpcException error = await FailureAsync(endpoint);
        error.Kind.ShouldBe(RpcErrorKind.Transient);
        error.Message.ShouldBe($"{Name(endpoint)}: a file: cut short: {Body.Length / 2} bytes came of {Body.Length}");
        endpoint.Requests.Count.ShouldBe(1 + TestEndpoint.Options.RetriesMax);
    }

    // A reader that does not compare, as of HTTP/2, gives fewer bytes than announced without an error.
    [Fact]
    public async Task DownloadAsync_FewerBytesThanAnnounced_IsCutShort()
    {
        using HttpClient http = new(new Answering(() => new HttpResponseMessage(HttpStatusCode.OK)
        {
            Content = new ByteArrayContent(Body, 0, 1000) { Headers = { ContentLength = Body.Length } },
        })) { Timeout = Timeout.InfiniteTimeSpan };
        using FileClient client = new(http, RpcEndpoint.Parse("https://files.example/a"), "tests/1", TestEndpoint.Options with { RetriesMax = 0 }, new FakeClock(), () => 1);
        RpcException error = await Should.ThrowAsync<RpcException>(() => client.DownloadAsync("a file", _path));
        error.Message.ShouldBe($"https://files.example: a file: cut short: 1000 bytes came of {Body.Length}");
        File.Exists(_path).ShouldBeFalse();
    }

    [Fact]
    public async Task DownloadAsync_EmptyBody_IsNoFile()
    {
        await using TestEndpoint endpoint = new((_, _) => new LoopbackAnswer([]));
        (await FailureAsync(endpoint)).Message.ShouldBe($"{Name(endpoint)}: a file: an empty body; expected a file");
    }

    [Fact]
    public async Task DownloadAsync_TooLong_IsRefused()
    {
        await using TestEndpoint endpoint = new((_, _) => new LoopbackAnswer(Body));
        (await FailureAsync(endpoint, TestEndpoint.Options with { ResponseBytesMax = 100 })).Message.ShouldBe($"{Name(endpoint)}: a file: more than 100 bytes; expected a shorter file");
    }

    [Fact]
    public async Task DownloadAsync_Redirects_AreFollowedWithoutCredentialsAndTheHostsAreTold()
    {
        await using TestEndpoint other = new((_, _) => new LoopbackAnswer(Body));
        await using TestEndpoint endpoint = new((request, _) => Redirect(request.Target == "/a" ? "/b" : $"{other.Uri}signed?secret=SIGNATURE"));
        using FileClient client = Client(endpoint, "a", e => e with { User = "me", Password = "PASSWORD42" });
        FileDownload download = await client.DownloadAsync("a file", _path);

        download.Hosts.ShouldBe([Name(endpoint), Name(other)]);
        endpoint.Requests.Select(r => (r.Target, r.Headers.ContainsKey("Authorization"))).ShouldBe([("/a", true), ("/b", true)]);
        other.Requests.Select(r => (r.Target, r.Headers.ContainsKey("Authorization"))).ShouldBe([("/signed?secret=SIGNATURE", false)]);
    }

    [Fact]
    public async Task DownloadAsync_RedirectedToAHostThatRefuses_NamesBothAndNoSecret()
    {
        await using TestEndpoint other = new((_, _) => LoopbackAnswer.Text("", 403));
        await using TestEndpoint endpoint = new((_, _) => Redirect($"{other.Uri}signed?secret=SIGNATURE"));
        (await FailureAsync(endpoint)).Message.ShouldStartWith($"{Name(endpoint)}: a file: redirected to {Name(other)}: HTTP 403: refused");
    }

    [Fact]
    public async Task DownloadAsync_RoundInACircle_EndsAfterFiveRedirects()
    {
        await using TestEndpoint endpoint = new((_, _) => Redirect("/again"));
        (await FailureAsync(endpoint)).Message.ShouldBe($"{Name(endpoint)}: a file: more than 5 redirects; expected a URL that leads to the file");
        endpoint.Requests.Count.ShouldBe(1 + FileClient.RedirectsMax);
    }

    [Theory]
    [InlineData("http://files.example/x?secret=SIGNATURE", "http://files.example")]
    [InlineData("ftp://files.example/x?secret=SIGNATURE", "ftp://files.example")]
    public async Task DownloadAsync_RedirectThatIsNotHttps_IsNotFollowed(string to, string named)
    {
        await using TestEndpoint endpoint = new((_, _) => Redirect(to));
        (await FailureAsync(endpoint)).Message.ShouldBe($"{Name(endpoint)}: a file: HTTP 302, a redirect to {named}, which is not followed; expected one to https://");
    }

    // What is on this machine is not for others to ask for.
    [Fact]
    public async Task DownloadAsync_AnotherHostRedirectsToThisMachine_IsNotFollowed()
    {
        using HttpClient http = new(new Answering(() => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("http://127.0.0.1:8332/") } })) { Timeout = Timeout.InfiniteTimeSpan };
        using FileClient client = new(http, RpcEndpoint.Parse("https://files.example/a"), "tests/1", TestEndpoint.Options, new FakeClock(), () => 1);
        (await Should.ThrowAsync<RpcException>(() => client.DownloadAsync("a file", _path))).Message.ShouldContain("a redirect to http://127.0.0.1:8332, which is not followed");
    }

    [Fact]
    public async Task DownloadAsync_FileCannotBeWritten_IsNoFaultOfTheEndpoint()
    {
        await using TestEndpoint endpoint = new((_, _) => new LoopbackAnswer(Body));
        using FileClient client = Client(endpoint);
        string path = Path.Combine(_path, "no", "folder");
        ChainWatchException error = await Should.ThrowAsync<ChainWatchException>(() => client.DownloadAsync("a file", path));
        error.Message.ShouldBe($"{path}: the file cannot be written: the disk is full, or the folder takes none");
        endpoint.Requests.Count.ShouldBe(1);
    }

    [Fact]
    public void Constructor_PlainHttpElsewhere_IsRefused()
    {
        using HttpClient http = RpcHttp.Create();
        Should.Throw<ChainWatchException>(() => new FileClient(http, RpcEndpoint.Parse("http://files.example/SECRET42"), "tests/1"))
            .Message.ShouldBe("http://files.example: expected https://; plain http is taken from this machine alone");
    }

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_path)!, recursive: true);

    private async Task<RpcException> FailureAsync(TestEndpoint endpoint, RpcOptions? options = null)
    {
        using FileClient client = Client(endpoint, "secret/path", options: options);
        RpcException error = await Should.ThrowAsync<RpcException>(() => client.DownloadAsync("a file", _path));
        File.Exists(_path).ShouldBeFalse();
        error.Message.ShouldNotContain("secret/path");
        error.Message.ShouldNotContain("SIGNATURE");
        return error;
    }

    private static FileClient Client(TestEndpoint endpoint, string pathAndQuery = "", Func<RpcEndpoint, RpcEndpoint>? change = null, RpcOptions? options = null)
    {
        RpcEndpoint whom = RpcEndpoint.Parse(new Uri(endpoint.Uri, pathAndQuery).ToString());
        return new FileClient(endpoint.Http, change?.Invoke(whom) ?? whom, "tests/1", options ?? TestEndpoint.Options, endpoint.Clock, () => 1);
    }

    private static LoopbackAnswer Redirect(string to) => LoopbackAnswer.Text("", 302) with { Headers = new Dictionary<string, string> { ["Location"] = to } };

    private static string Name(TestEndpoint endpoint) => endpoint.Uri.ToString().TrimEnd('/');

    private sealed class Answering(Func<HttpResponseMessage> answer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(answer());
    }
}
