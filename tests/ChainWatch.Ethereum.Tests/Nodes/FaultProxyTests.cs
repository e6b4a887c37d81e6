using System.Net;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes;
using ChainWatch.TestNodes.Faults;
using ChainWatch.TestNodes.Ronin;

namespace ChainWatch.Ethereum.Tests.Nodes;

public sealed class FaultProxyTests(RoninFixture fixture) : IClassFixture<RoninFixture>, IAsyncLifetime
{
    private const string Batch = """[{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]},{"jsonrpc":"2.0","id":2,"method":"eth_blockNumber","params":[]}]""";
    private FaultProxy? _proxy;
    private RpcClient? _client;

    private RoninReenactment Play => fixture.Play;

    private FaultProxy Proxy => _proxy ??= new FaultProxy(Play.Node.Endpoint);

    private RpcClient Client => _client ??= new RpcClient(Proxy.Endpoint);

    private JsonObject AllLogs => new() { ["fromBlock"] = RpcClient.Quantity(Play.FirstBlock), ["toBlock"] = "latest" };

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _client?.Dispose();
        if (_proxy is not null)
        {
            await _proxy.DisposeAsync();
        }
    }

    [SkippableFact]
    public async Task Without_faults_everything_passes_and_is_counted()
    {
        JsonNode? direct = await Play.Node.CallAsync("eth_getBlockReceipts", "latest");
        JsonNode.DeepEquals(await Client.CallAsync("eth_getBlockReceipts", "latest"), direct).ShouldBeTrue();
        JsonNode.Parse(await Client.PostAsync(Batch))!.AsArray().Count.ShouldBe(2);
        Proxy.Requests.ShouldBe(2);
        Proxy.CallsOf("eth_chainId").ShouldBe(1);
        Proxy.CallsOf("eth_getBlockReceipts").ShouldBe(1);
    }

    [SkippableFact]
    public async Task Result_limit_and_range_limit_are_errors_of_eth_getLogs()
    {
        Proxy.Inject(Fault.ResultLimit(max: 5));
        (await ErrorAsync("eth_getLogs", AllLogs)).ShouldBe((-32005, "query returned more than 5 results"));
        Proxy.Clear();
        Proxy.Inject(Fault.RangeLimit(blocks: 119));
        (await ErrorAsync("eth_getLogs", AllLogs)).Code.ShouldBe(-32000);
        JsonObject narrower = new() { ["fromBlock"] = RpcClient.Quantity(Play.FirstBlock + 1), ["toBlock"] = RpcClient.Quantity(Play.LastBlock) };
        (await Client.CallAsync("eth_getLogs", narrower))!.AsArray().Count.ShouldBeGreaterThan(100);
    }

    [SkippableFact]
    public async Task Too_many_requests_is_429_with_and_without_Retry_After()
    {
        Fault fault = Proxy.Inject(Fault.TooManyRequests(times: 1, retryAfterSeconds: 7));
        Proxy.Inject(Fault.TooManyRequests(times: 1));
        using HttpClient http = new();
        using HttpResponseMessage first = await http.PostAsync(Proxy.Endpoint, new StringContent(Batch));
        using HttpResponseMessage second = await http.PostAsync(Proxy.Endpoint, new StringContent(Batch));
        using HttpResponseMessage third = await http.PostAsync(Proxy.Endpoint, new StringContent(Batch));
        (first.StatusCode, second.StatusCode, third.StatusCode).ShouldBe((HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests, HttpStatusCode.OK));
        first.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
        second.Headers.RetryAfter.ShouldBeNull();
        fault.Used.ShouldBe(1);
    }

    [SkippableFact]
    public async Task A_rate_limit_under_200_ends_after_its_times()
    {
        Proxy.Inject(Fault.RateLimitedUnder200(times: 3));
        for (int i = 0; i < 3; i++)
        {
            (await ErrorAsync("eth_chainId")).Code.ShouldBe(-32005);
        }

        ((string?)await Client.CallAsync("eth_chainId")).ShouldBe("0x1");
    }

    [SkippableFact]
    public async Task A_lagging_node_knows_nothing_of_the_last_blocks()
    {
        Proxy.Inject(Fault.Lagging(blocks: 10));
        long head = Play.LastBlock - 10;
        RpcClient.Number(await Client.CallAsync("eth_blockNumber")).ShouldBe(head);
        RpcClient.Number((await Client.CallAsync("eth_getBlockByNumber", "latest", false))!["number"]).ShouldBe(head);
        (await Client.CallAsync("eth_getBlockByNumber", RpcClient.Quantity(head), false)).ShouldNotBeNull();
        (await Client.CallAsync("eth_getBlockByNumber", RpcClient.Quantity(head + 1), false)).ShouldBeNull();
        (await Client.CallAsync("eth_getBlockReceipts", RpcClient.Quantity(head + 1))).ShouldBeNull();
        (await Client.CallAsync("trace_block", RpcClient.Quantity(head + 1)))!.AsArray().ShouldBeEmpty();
        (await Client.CallAsync("eth_getTransactionReceipt", $"0x{Play.Transactions[^1].Hash}")).ShouldBeNull();
        (await Client.CallAsync("eth_getLogs", AllLogs))!.AsArray().Max(l => (long)RpcClient.Number(l!["blockNumber"])).ShouldBe(head);
    }

    [SkippableTheory]
    [InlineData("eth_getLogs")]
    [InlineData("eth_getBlockReceipts")]
    public async Task Partial_logs_lack_the_last_one(string method)
    {
        JsonNode parameter = method == "eth_getLogs" ? AllLogs : RpcClient.Quantity(Play.FirstBlock);
        int whole = LogsIn(await Client.CallAsync(method, parameter.DeepClone()));
        Proxy.Inject(Fault.PartialLogs(times: 1));
        LogsIn(await Client.CallAsync(method, parameter.DeepClone())).ShouldBe(whole - 1);
        LogsIn(await Client.CallAsync(method, parameter.DeepClone())).ShouldBe(whole);
    }

    [SkippableTheory]
    [InlineData("eth_getLogs")]
    [InlineData("eth_getBlockReceipts")]
    [InlineData("trace_block")]
    public async Task An_empty_array_stands_where_there_is_something(string method)
    {
        JsonNode parameter = method == "eth_getLogs" ? AllLogs : RpcClient.Quantity(Play.FirstBlock);
        Proxy.Inject(Fault.EmptyArray(method, times: 1));
        (await Client.CallAsync(method, parameter.DeepClone()))!.AsArray().ShouldBeEmpty();
        (await Client.CallAsync(method, parameter.DeepClone()))!.AsArray().ShouldNotBeEmpty();
    }

    [SkippableFact]
    public async Task A_cut_connection_breaks_the_body_off()
    {
        Proxy.Inject(Fault.CutConnection(times: 1));
        await Should.ThrowAsync<HttpRequestException>(() => Client.CallAsync("eth_getBlockByNumber", "latest", true));
        (await Client.CallAsync("eth_getBlockByNumber", "latest", true)).ShouldNotBeNull();
    }

    [SkippableFact]
    public async Task A_slow_drip_arrives_whole()
    {
        Fault fault = Proxy.Inject(Fault.SlowDrip(TimeSpan.FromMilliseconds(5)));
        (await Client.CallAsync("eth_getBlockByNumber", "latest", true)).ShouldNotBeNull();
        fault.Used.ShouldBe(1);
    }

    [SkippableFact]
    public async Task Invalid_json_a_wrong_id_and_a_server_error_look_as_they_are_named()
    {
        Proxy.Inject(Fault.InvalidJson(times: 1));
        await Should.ThrowAsync<System.Text.Json.JsonException>(() => Client.CallAsync("eth_chainId"));
        Proxy.Clear();
        Proxy.Inject(Fault.WrongId(times: 1));
        ((int)JsonNode.Parse(await Client.PostAsync("""{"jsonrpc":"2.0","id":1,"method":"eth_chainId","params":[]}"""))!["id"]!).ShouldBe(987_654_321);
        Proxy.Clear();
        Proxy.Inject(Fault.ServerError(status: 503, times: 1));
        using HttpClient http = new();
        using HttpResponseMessage response = await http.PostAsync(Proxy.Endpoint, new StringContent(Batch));
        response.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [SkippableFact]
    public async Task Unsupported_methods_fail_alone_in_a_batch()
    {
        Proxy.Inject(Fault.Unsupported("eth_chainId"));
        JsonArray answers = JsonNode.Parse(await Client.PostAsync(Batch))!.AsArray();
        ((int)answers.Single(a => (int)a!["id"]! == 1)!["error"]!["code"]!).ShouldBe(-32601);
        answers.Single(a => (int)a!["id"]! == 2)!["result"].ShouldNotBeNull();
        Proxy.Inject(Fault.NoTraces());
        (await ErrorAsync("trace_block", "latest")).Code.ShouldBe(-32601);
    }

    [SkippableFact]
    public async Task Batches_can_be_refused_as_a_whole()
    {
        Proxy.Inject(Fault.NoBatches());
        ((int)JsonNode.Parse(await Client.PostAsync(Batch))!["error"]!["code"]!).ShouldBe(-32600);
        ((string?)await Client.CallAsync("eth_chainId")).ShouldBe("0x1");
    }

    private static int LogsIn(JsonNode? answer) => answer!.AsArray().Sum(row => row!["logs"] is JsonArray logs ? logs.Count : row["topics"] is null ? 0 : 1);

    private async Task<(int Code, string Message)> ErrorAsync(string method, params JsonNode?[] parameters)
    {
        JsonObject request = new() { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = new JsonArray(parameters) };
        JsonNode error = JsonNode.Parse(await Client.PostAsync(request.ToJsonString()))!["error"]!;
        return ((int)error["code"]!, (string)error["message"]!);
    }
}
