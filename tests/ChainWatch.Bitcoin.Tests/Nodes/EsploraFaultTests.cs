using System.Text.Json;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Esplora;
using static ChainWatch.Bitcoin.Tests.Nodes.EsploraModels;

namespace ChainWatch.Bitcoin.Tests.Nodes;

public sealed class EsploraFaultTests : IAsyncLifetime, IDisposable
{
    private readonly EsploraChain _chain = Busy(blocks: 20, each: 4);
    private readonly HttpClient _http = new();
    private readonly EsploraServer _server;

    public EsploraFaultTests() => _server = new EsploraServer(_chain);

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task A_fault_strikes_so_often_and_then_no_more()
    {
        EsploraFault limit = _server.Inject(EsploraFault.TooManyRequests(times: 2, retryAfterSeconds: 3));
        using (HttpResponseMessage refused = await _http.GetAsync(new Uri(_server.Endpoint, "blocks/tip/height")))
        {
            ((int)refused.StatusCode, refused.Headers.RetryAfter?.Delta).ShouldBe((429, TimeSpan.FromSeconds(3)));
        }

        (await AskAsync("blocks/tip/height")).Status.ShouldBe(429);
        (await AskAsync("blocks/tip/height")).ShouldBe((200, "19"));
        (limit.Used, _server.CallsOf(EsploraKind.TipHeight)).ShouldBe((2, 3));
    }

    [Fact]
    public async Task A_fault_can_be_kept_to_a_kind_begin_later_and_be_switched_off()
    {
        EsploraFault broken = _server.Inject(EsploraFault.ServerError(500).On(EsploraKind.TipHash).After(1));
        (await AskAsync("blocks/tip/hash")).Status.ShouldBe(200);
        (await AskAsync("blocks/tip/height")).Status.ShouldBe(200);
        (await AskAsync("blocks/tip/hash")).Status.ShouldBe(500);
        (await AskAsync("blocks/tip/hash")).Status.ShouldBe(500);
        broken.SwitchOff();
        (await AskAsync("blocks/tip/hash")).Status.ShouldBe(200);
        broken.Used.ShouldBe(2);
    }

    [Fact]
    public async Task Bodies_are_pages_of_gateways_empty_cut_or_truncated()
    {
        _server.Inject(EsploraFault.GatewayPageUnder200(times: 1));
        (int status, string page) = await AskAsync($"address/{Alice}/txs/chain");
        (status, page.StartsWith("<html>", StringComparison.Ordinal)).ShouldBe((200, true));

        _server.Inject(EsploraFault.EmptyBody(times: 1));
        (await AskAsync($"address/{Alice}/txs/chain")).ShouldBe((200, ""));

        _server.Inject(EsploraFault.TruncatedJson(times: 1));
        (await AskAsync("blocks/tip/height")).ShouldBe((200, "19"));
        string truncated = (await AskAsync($"address/{Alice}/txs/chain")).Body;
        Should.Throw<JsonException>(() => JsonNode.Parse(truncated));

        _server.Inject(EsploraFault.CutConnection(times: 1));
        await Should.ThrowAsync<HttpRequestException>(() => AskAsync($"address/{Alice}/txs/chain"));

        _server.Inject(EsploraFault.EmptyList(times: 1));
        (await AskAsync($"address/{Alice}/txs/chain")).ShouldBe((200, "[]"));
        (await PageAsync()).Count.ShouldBe(25);
    }

    [Fact]
    public async Task A_repeated_page_is_the_first_one()
    {
        JsonArray first = await PageAsync();
        EsploraFault repeated = _server.Inject(EsploraFault.RepeatedPage(times: 1));
        Ids(await PageAsync()).ShouldBe(Ids(first));
        repeated.Used.ShouldBe(0);
        Ids(await PageAsync(first)).ShouldBe(Ids(first));
        Ids(await PageAsync(first)).Intersect(Ids(first)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_page_may_lack_a_transaction_and_not_be_the_last()
    {
        JsonArray whole = await PageAsync();
        _server.Inject(EsploraFault.DroppedTransaction(times: 1));
        JsonArray lacking = await PageAsync();
        lacking.Count.ShouldBe(24);
        Ids(lacking).Except(Ids(whole)).ShouldBeEmpty();
        (await PageAsync(lacking)).Count.ShouldBe(25);
    }

    [Fact]
    public async Task A_server_that_lags_knows_nothing_later()
    {
        _server.Inject(EsploraFault.LaggingAt(5));
        (await AskAsync("blocks/tip/height")).ShouldBe((200, "5"));
        (await AskAsync("block-height/6")).Status.ShouldBe(404);
        (await PageAsync()).Count.ShouldBe(24);
        (await AskAsync($"tx/{_chain.Tip.Transactions[1].TxId}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task After_a_reorganisation_between_two_pages_the_second_is_empty_where_the_last_seen_is_gone()
    {
        EsploraChain other = Busy(blocks: 21, each: 4, branch: "'");
        _server.Inject(EsploraFault.OtherChain(other).After(1));
        JsonArray first = await PageAsync();
        (await PageAsync(first)).ShouldBeEmpty();
        (await AskAsync("blocks/tip/hash")).ShouldBe((200, other.Tip.Hash));
        (await AskAsync($"block/{_chain.Tip.Hash}/status")).Body.ShouldBe("""{"in_best_chain":false,"height":null,"next_best":null}""");
    }

    [Fact]
    public async Task The_chain_can_be_exchanged()
    {
        _server.Chain = Busy(blocks: 3, each: 1);
        (await PageAsync()).Count.ShouldBe(3);
    }

    [Fact]
    public async Task A_server_of_another_network_refuses_the_address_and_has_other_blocks()
    {
        EsploraChain regtest = new(Chain.BitcoinRegtest, Busy(blocks: 1, each: 1, branch: "regtest").Blocks);
        _server.Inject(EsploraFault.OtherChain(regtest));
        (await AskAsync($"address/{Alice}")).ShouldBe((400, "Address on invalid network"));
        (await AskAsync("block-height/0")).Body.ShouldNotBe(_chain.Blocks[0].Hash);
    }

    [Fact]
    public async Task An_answer_may_be_about_another_address()
    {
        _server.Inject(EsploraFault.AnotherAddress(Miner, times: 2));
        ((string?)JsonNode.Parse((await AskAsync($"address/{Alice}")).Body)!["address"]).ShouldBe($"{Miner}");
        // Miner pays each of Alice's payments, and has the coinbases, which are none of hers.
        JsonArray others = await PageAsync();
        others.ShouldAllBe(tx => Pays(tx!, Miner) || Spends(tx!, Miner));
        others.ShouldContain(tx => !Pays(tx!, Alice));
        (await PageAsync()).ShouldAllBe(tx => Pays(tx!, Alice));
    }

    [Fact]
    public async Task A_previous_output_may_be_wrong_or_missing()
    {
        string path = $"tx/{_chain.Tip.Transactions[1].TxId}";
        JsonNode right = JsonNode.Parse((await AskAsync(path)).Body)!;
        _server.Inject(EsploraFault.WrongPreviousOutput(EsploraOutput.To(Bob, 7), times: 1));
        JsonNode wrong = JsonNode.Parse((await AskAsync(path)).Body)!;
        wrong["vin"]![0]!["prevout"]!["scriptpubkey_address"]!.GetValue<string>().ShouldBe($"{Bob}");
        ((long)wrong["vin"]![0]!["prevout"]!["value"]!).ShouldBe(7);
        ((long)wrong["fee"]!).ShouldBe((long)right["fee"]!);

        EsploraFault missing = _server.Inject(EsploraFault.WrongPreviousOutput(null, times: 1));
        (await AskAsync("blocks/tip/height")).Status.ShouldBe(200);
        JsonArray page = await PageAsync();
        page[0]!["vin"]![0]!["prevout"].ShouldBeNull();
        page.Skip(1).ShouldAllBe(tx => tx!["vin"]![0]!["prevout"] != null);
        missing.Used.ShouldBe(1);
    }

    [Fact]
    public async Task Clear_takes_the_faults_away_and_counts_from_zero()
    {
        _server.Inject(EsploraFault.ServerError());
        (await AskAsync("blocks/tip/height")).Status.ShouldBe(500);
        _server.Clear();
        _server.Requests.ShouldBe(0);
        (await AskAsync("blocks/tip/height")).Status.ShouldBe(200);
        _server.Calls.ShouldBe(new Dictionary<string, int> { [EsploraKind.TipHeight] = 1 });
    }

    private static string[] Ids(JsonArray page) => [.. page.Select(tx => (string)tx!["txid"]!)];

    private static bool Pays(JsonNode tx, Address address) => tx["vout"]!.AsArray().Any(output => (string?)output!["scriptpubkey_address"] == $"{address}");

    private static bool Spends(JsonNode tx, Address address) => tx["vin"]!.AsArray().Any(input => (string?)input!["prevout"]?["scriptpubkey_address"] == $"{address}");

    private async Task<JsonArray> PageAsync(JsonArray? after = null) =>
        JsonNode.Parse((await AskAsync($"address/{Alice}/txs/chain{(after is null ? "" : "/" + Ids(after)[^1])}")).Body)!.AsArray();

    private Task<(int Status, string Body)> AskAsync(string path) => _http.AskAsync(_server, path);
}
