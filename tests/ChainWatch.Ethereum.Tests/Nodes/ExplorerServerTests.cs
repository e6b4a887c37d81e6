using System.Text.Json.Nodes;
using ChainWatch.TestNodes;
using ChainWatch.TestNodes.Explorer;
using ChainWatch.TestNodes.Faults;
using ChainWatch.TestNodes.Ronin;

namespace ChainWatch.Ethereum.Tests.Nodes;

public sealed class ExplorerServerTests(RoninFixture fixture) : IClassFixture<RoninFixture>
{
    private RoninReenactment Play => fixture.Play;

    [SkippableFact]
    public async Task Transactions_of_an_address_have_an_index_and_tell_failure()
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play);
        JsonArray rows = await RowsAsync(server, "txlist", Play.Cast.Wallet(1));
        rows.Count.ShouldBe(Play.Transactions.Count(t => t.From == Play.Cast.Wallet(1) || t.To == Play.Cast.Wallet(1)));
        rows.Count(r => (string?)r!["isError"] == "1").ShouldBe(1);
        MinedTransaction first = Play.Transactions.First(t => t.From == Play.Cast.Wallet(1));
        ((string?)rows[0]!["hash"]).ShouldBe($"0x{first.Hash}");
        ((string?)rows[0]!["transactionIndex"]).ShouldBe($"{first.Position.Index}");
    }

    [SkippableFact]
    public async Task Internal_rows_of_Etherscan_have_no_index_and_list_what_was_undone()
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play);
        JsonNode paid = (await RowsAsync(server, "txlistinternal", Play.Cast.Watched)).Single()!;
        paid["transactionIndex"].ShouldBeNull();
        ((string?)paid["value"]).ShouldBe("100000000000000000000");
        ((string?)(await RowsAsync(server, "txlistinternal", Play.Cast.Named("never paid"))).Single()!["isError"]).ShouldBe("1");
        JsonNode created = (await RowsAsync(server, "txlistinternal", Play.Vault))[0]!;
        ((string?)created["contractAddress"], (string?)created["to"], (string?)created["type"]).ShouldBe((Play.Vault.ToCanonicalString(), "", "create"));
        JsonArray byHash = (await AskAsync(server, $"module=account&action=txlistinternal&txhash={(string)paid["hash"]!}"))["result"]!.AsArray();
        byHash.Single()!["hash"].ShouldBeNull();
    }

    [SkippableFact]
    public async Task Token_rows_carry_the_contract_and_its_own_word_for_the_symbol()
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play);
        JsonNode fake = (await RowsAsync(server, "tokentx", Play.Cast.Named("fake bystander"))).Single()!;
        ((string?)fake["tokenSymbol"], (string?)fake["contractAddress"]).ShouldBe(("USDC", Play.Cast.FakeUsdc.ToCanonicalString()));
        (await RowsAsync(server, "tokentx", Play.Cast.Named("twin"))).Count.ShouldBe(2);
        ((string?)(await RowsAsync(server, "tokentx", Play.Cast.Named("paid nothing"))).Single()!["value"]).ShouldBe("0");
        (await AskAsync(server, $"module=account&action=tokentx&address={Play.Cast.Named("collector")}")).ToJsonString()
            .ShouldBe("""{"status":"0","message":"No transactions found","result":[]}""");
    }

    [SkippableFact]
    public async Task Windows_pages_and_order_are_kept()
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play, new ExplorerOptions { RowsMax = 4 });
        Address wallet = Play.Cast.Wallet(1);
        string[] all = [.. Play.Transactions.Where(t => t.From == wallet || t.To == wallet).Select(t => $"0x{t.Hash}")];
        Hashes(await RowsAsync(server, "txlist", wallet)).ShouldBe(all[..4]);
        Hashes(await RowsAsync(server, "txlist", wallet, "&page=2&offset=2")).ShouldBe(all[2..4]);
        Hashes(await RowsAsync(server, "txlist", wallet, "&sort=desc&page=1&offset=1")).ShouldBe([all[^1]]);
        ((string?)(await AskAsync(server, $"module=account&action=txlist&address={wallet}&page=3&offset=2"))["message"]).ShouldStartWith("Result window is too large");
        long block = Play.Transactions.First(t => t.From == wallet && t.Position.Block > Play.FirstBlock).Position.Block;
        Hashes(await RowsAsync(server, "txlist", wallet, $"&startblock={block}&endblock={block}")).ShouldBe([all[1]]);
    }

    [SkippableFact]
    public async Task The_node_answers_through_module_proxy()
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play);
        RpcClient.Number((await AskAsync(server, "module=proxy&action=eth_blockNumber"))["result"]).ShouldBe(Play.LastBlock);
        JsonNode receipt = (await AskAsync(server, $"module=proxy&action=eth_getTransactionReceipt&txhash=0x{Play.Transactions[5].Hash}"))["result"]!;
        RpcClient.Number(receipt["transactionIndex"]).ShouldBe(Play.Transactions[5].Position.Index!.Value);
    }

    [SkippableFact]
    public async Task Keys_chains_and_rates_are_refused_under_200()
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play);
        using HttpClient http = new();
        (await http.GetStringAsync(new Uri($"{server.Endpoint}?chainid=1&apikey=WRONG&module=proxy&action=eth_blockNumber"))).ShouldBe("""{"status":"0","message":"NOTOK","result":"Invalid API Key"}""");
        (await http.GetStringAsync(new Uri($"{server.Endpoint}?chainid=5&apikey=TESTKEY&module=proxy&action=eth_blockNumber"))).ShouldContain("unsupported chainid");
        server.LimitRate(times: 1);
        ((string?)(await AskAsync(server, "module=proxy&action=eth_blockNumber"))["result"]).ShouldBe("Max calls per sec rate limit reached (5/sec)");
        RpcClient.Number((await AskAsync(server, "module=proxy&action=eth_blockNumber"))["result"]).ShouldBe(Play.LastBlock);
    }

    [SkippableFact]
    public async Task Blockscout_has_row_names_and_messages_of_its_own()
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play, new ExplorerOptions { Dialect = ExplorerDialect.Blockscout });
        JsonNode paid = (await RowsAsync(server, "txlistinternal", Play.Cast.Watched)).Single()!;
        paid["hash"].ShouldBeNull();
        ((string?)paid["transactionHash"], (string?)paid["index"]).ShouldBe(($"0x{Play.Expected.Single(t => t.To == Play.Cast.Watched).Tx}", "1"));
        ((string?)(await RowsAsync(server, "tokentx", Play.Cast.Named("collector"))).Single()!["tokenID"]).ShouldBe("7");
        ((string?)(await AskAsync(server, $"module=account&action=txlistinternal&address={Play.Cast.Wallet(5)}"))["message"]).ShouldBe("No internal transactions found");
        ((string?)(await AskAsync(server, "module=proxy&action=eth_blockNumber"))["message"]).ShouldBe("Unknown module");
        using RpcClient node = new(new Uri($"{server.Endpoint}/eth-rpc"));
        RpcClient.Number(await node.CallAsync("eth_blockNumber")).ShouldBe(Play.LastBlock);
    }

    [SkippableFact]
    public async Task Faults_of_transport_can_stand_before_an_explorer_too()
    {
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play);
        await using FaultProxy proxy = new(new Uri(server.Endpoint, "/"));
        proxy.Inject(Fault.CutConnection(times: 1).On("txlist"));
        Uri question = new(proxy.Endpoint, $"v2/api?chainid=1&apikey=TESTKEY&module=account&action=txlist&address={Play.Cast.Seed}");
        using HttpClient http = new();
        await Should.ThrowAsync<HttpRequestException>(() => http.GetStringAsync(question));
        JsonNode.Parse(await http.GetStringAsync(question))!["result"]!.AsArray().ShouldNotBeEmpty();
        proxy.CallsOf("txlist").ShouldBe(2);
    }

    private static string[] Hashes(JsonArray rows) => [.. rows.Select(r => (string)r!["hash"]!)];

    private static async Task<JsonArray> RowsAsync(ExplorerServer server, string action, Address address, string more = "")
    {
        JsonNode answer = await AskAsync(server, $"module=account&action={action}&address={address}{more}");
        ((string?)answer["status"]).ShouldBe("1", answer.ToJsonString());
        return answer["result"]!.AsArray();
    }

    private static async Task<JsonNode> AskAsync(ExplorerServer server, string query)
    {
        using HttpClient http = new();
        return JsonNode.Parse(await http.GetStringAsync(new Uri($"{server.Endpoint}?chainid=1&apikey=TESTKEY&{query}")))!;
    }
}
