using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Esplora;
using static ChainWatch.Bitcoin.Tests.Nodes.EsploraModels;

namespace ChainWatch.Bitcoin.Tests.Nodes;

public sealed class EsploraServerTests : IDisposable
{
    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(EsploraDialect.Blockstream)]
    [InlineData(EsploraDialect.MempoolSpace)]
    public async Task Pages_of_a_busy_address_are_complete_and_the_highest_block_is_first(EsploraDialect dialect)
    {
        EsploraChain chain = Busy(blocks: 17, each: 4).WithMempool(Payment("waits", Alice, 5));
        await using EsploraServer server = new(chain, new EsploraServerOptions { Dialect = dialect });
        List<JsonNode> seen = await ChainPagesAsync(server, Alice);
        seen.Count.ShouldBe(68);
        seen.Select(TxId).ShouldBe(chain.Blocks.SelectMany(b => b.Transactions).Where(t => t.Outputs.Any(o => o.Address == $"{Alice}")).Select(t => t.TxId), ignoreOrder: true);
        long[] heights = [.. seen.Select(tx => (long)tx["status"]!["block_height"]!)];
        heights.ShouldBe(heights.OrderDescending());
        server.CallsOf(EsploraKind.AddressChain).ShouldBe(3);
    }

    [Fact]
    public async Task Within_a_block_Blockstream_puts_what_spends_first_and_then_goes_by_identifier_downwards()
    {
        EsploraTx[] paid = [Payment("a", Alice, 1), Payment("b", Alice, 2), Payment("c", Alice, 3)];
        EsploraTx spends = Spending("d", paid[0], Bob, 1);
        EsploraChain chain = new(Chain.Bitcoin, [Block(0, null, [Coinbase(0), .. paid, spends])]);
        await using EsploraServer server = new(chain);
        string[] byIdentifier = [.. paid.Select(tx => tx.TxId).OrderByDescending(id => string.Concat(id.Chunk(2).Reverse().Select(pair => new string(pair))), StringComparer.Ordinal)];
        (await ChainPagesAsync(server, Alice)).Select(TxId).ShouldBe([spends.TxId, .. byIdentifier]);

        await using EsploraServer other = new(chain, new EsploraServerOptions { Dialect = EsploraDialect.MempoolSpace });
        (await ChainPagesAsync(other, Alice)).Select(TxId).ShouldBe([spends.TxId, paid[2].TxId, paid[1].TxId, paid[0].TxId]);
    }

    [Fact]
    public async Task What_waits_comes_apart_and_before_the_first_page()
    {
        EsploraChain chain = Busy(blocks: 10, each: 4);
        chain = chain.WithMempool([.. Enumerable.Range(0, 60).Select(i => Payment($"waits {i}", Alice, 7)), Payment("elsewhere", Bob, 7)]);
        await using EsploraServer server = new(chain);
        JsonArray first = await ListAsync(server, $"address/{Alice}/txs");
        first.Count.ShouldBe(75);
        first.Take(50).ShouldAllBe(tx => !(bool)tx!["status"]!["confirmed"]! && tx["status"]!["block_height"] == null);
        first.Skip(50).ShouldAllBe(tx => (bool)tx!["status"]!["confirmed"]!);
        (await ListAsync(server, $"address/{Alice}/txs/mempool")).Count.ShouldBe(50);
        JsonNode stats = await JsonAsync(server, $"address/{Alice}");
        stats["mempool_stats"]!.ToJsonString().ShouldBe("""{"tx_count":60,"funded_txo_count":60,"spent_txo_count":0,"funded_txo_sum":420,"spent_txo_sum":0}""");
        ((int)stats["chain_stats"]!["tx_count"]!).ShouldBe(40);
        ((string)stats["address"]!).ShouldBe($"{Alice}");
    }

    [Fact]
    public async Task A_transaction_that_was_never_listed_ends_the_pages_and_one_that_is_no_hash_begins_them_again()
    {
        await using EsploraServer server = new(Busy(blocks: 10, each: 4));
        (await ListAsync(server, $"address/{Alice}/txs/chain/{Hash("unheard of")}")).ShouldBeEmpty();
        (await ListAsync(server, $"address/{Alice}/txs/chain/zz")).Count.ShouldBe(25);
        (await ListAsync(server, $"address/{Alice}/txs/chain/")).Count.ShouldBe(25);
    }

    [Fact]
    public async Task After_txid_is_MempoolSpaces_and_it_tells_what_it_does_not_know()
    {
        EsploraChain chain = Busy(blocks: 20, each: 4);
        await using EsploraServer server = new(chain, new EsploraServerOptions { Dialect = EsploraDialect.MempoolSpace, BasePath = "/testnet/api" });
        JsonArray first = await ListAsync(server, $"address/{Alice}/txs");
        first.Count.ShouldBe(50);
        JsonArray second = await ListAsync(server, $"address/{Alice}/txs?after_txid={TxId(first[^1]!)}");
        first.Concat(second).Select(tx => TxId(tx!)).Distinct().Count().ShouldBe(80);
        (await AskAsync(server, $"address/{Alice}/txs?after_txid={Hash("unheard of")}")).ShouldBe((422, "after_txid not found"));

        await using EsploraServer blockstream = new(chain);
        (await ListAsync(blockstream, $"address/{Alice}/txs?after_txid={TxId(first[^1]!)}"))[0]!.ToJsonString()
            .ShouldBe((await ListAsync(blockstream, $"address/{Alice}/txs"))[0]!.ToJsonString());
    }

    [Fact]
    public async Task After_txid_finds_nothing_after_the_last_that_waits_or_after_another_addresss()
    {
        EsploraChain chain = Busy(blocks: 2, each: 1).WithMempool(Payment("first", Alice, 1), Payment("last", Alice, 1));
        await using EsploraServer server = new(chain, new EsploraServerOptions { Dialect = EsploraDialect.MempoolSpace });
        (await ListAsync(server, $"address/{Alice}/txs")).Count.ShouldBe(4);
        (await ListAsync(server, $"address/{Alice}/txs?after_txid={chain.Mempool[0].TxId}")).Count.ShouldBe(3);
        (await ListAsync(server, $"address/{Alice}/txs?after_txid={chain.Mempool[1].TxId}")).ShouldBeEmpty();
        (await ListAsync(server, $"address/{Alice}/txs?after_txid={chain.Tip.Transactions[0].TxId}")).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tips_blocks_and_statuses_are_told()
    {
        EsploraChain chain = Busy(blocks: 3, each: 40);
        await using EsploraServer server = new(chain);
        (await AskAsync(server, "blocks/tip/height")).ShouldBe((200, "2"));
        (await AskAsync(server, "blocks/tip/hash")).ShouldBe((200, chain.Tip.Hash));
        (await AskAsync(server, "block-height/1")).ShouldBe((200, chain.Blocks[1].Hash));
        JsonNode block = await JsonAsync(server, $"block/{chain.Blocks[1].Hash}");
        ((long)block["height"]!, (string?)block["previousblockhash"], (int)block["tx_count"]!).ShouldBe((1, chain.Blocks[0].Hash, 41));
        (await AskAsync(server, $"block/{chain.Blocks[1].Hash}/status")).Body.ShouldBe($$"""{"in_best_chain":true,"height":1,"next_best":"{{chain.Tip.Hash}}"}""");
        (await AskAsync(server, $"block/{Hash("gone")}/status")).Body.ShouldBe("""{"in_best_chain":false,"height":null,"next_best":null}""");
        (await ListAsync(server, $"block/{chain.Tip.Hash}/txids")).Select(id => (string)id!).ShouldBe(chain.Tip.Transactions.Select(tx => tx.TxId));
        (await ListAsync(server, $"block/{chain.Tip.Hash}/txs")).Count.ShouldBe(25);
        (await ListAsync(server, $"block/{chain.Tip.Hash}/txs/25")).Count.ShouldBe(16);
        (await AskAsync(server, $"tx/{Hash("unheard of")}/status")).ShouldBe((200, """{"confirmed":false}"""));
        server.Requests.ShouldBe(10);
    }

    [Fact]
    public async Task Errors_are_plain_text_with_electrs_words()
    {
        EsploraChain chain = Busy(blocks: 2, each: 1);
        await using EsploraServer server = new(chain);
        (await AskAsync(server, "address/nonsense")).ShouldBe((400, "Invalid Bitcoin address"));
        (await AskAsync(server, "address/tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx/txs")).ShouldBe((400, "Address on invalid network"));
        (await AskAsync(server, "block-height/99")).ShouldBe((404, "Block not found"));
        (await AskAsync(server, "block-height/x")).ShouldBe((400, "Invalid number"));
        (await AskAsync(server, $"block/{Hash("gone")}")).ShouldBe((404, "Block not found"));
        (await AskAsync(server, $"block/{chain.Tip.Hash}/txs/1")).ShouldBe((400, "start index must be a multipication of 25"));
        (await AskAsync(server, $"block/{chain.Tip.Hash}/txs/25")).ShouldBe((404, "start index out of range"));
        (await AskAsync(server, $"tx/{Hash("unheard of")}")).ShouldBe((404, "Transaction not found"));
        (await AskAsync(server, "tx/12")).ShouldBe((400, "Invalid hex string"));
        (await AskAsync(server, "nowhere")).ShouldBe((404, "endpoint does not exist \"/nowhere\""));
        using HttpResponseMessage answer = await _http.GetAsync(new Uri(server.Endpoint, "tx/12"));
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/plain");
    }

    [Fact]
    public async Task Unspent_outputs_are_told_up_to_a_limit_that_the_history_does_not_have()
    {
        EsploraChain chain = Busy(blocks: 4, each: 4);
        EsploraTx first = chain.Blocks[0].Transactions[1];
        chain = chain.WithMempool(Spending("spends", first, Bob, 1));
        await using EsploraServer server = new(chain);
        JsonArray unspent = await ListAsync(server, $"address/{Alice}/utxo");
        unspent.Count.ShouldBe(15);
        unspent.ShouldNotContain(output => (string)output!["txid"]! == first.TxId);
        (await ListAsync(server, $"tx/{first.TxId}/outspends"))[0]!["status"]!.ToJsonString().ShouldBe("""{"confirmed":false}""");

        await using EsploraServer small = new(chain, new EsploraServerOptions { UtxosMax = 15 });
        (await AskAsync(small, $"address/{Alice}/utxo")).ShouldBe((400, "Too many history entries"));
        (await ListAsync(small, $"address/{Alice}/txs")).Count.ShouldBe(17);
    }

    private static string TxId(JsonNode tx) => (string)tx["txid"]!;

    private async Task<List<JsonNode>> ChainPagesAsync(EsploraServer server, Address address)
    {
        List<JsonNode> seen = [];
        JsonArray page;
        do
        {
            page = await ListAsync(server, $"address/{address}/txs/chain{(seen.Count == 0 ? "" : "/" + TxId(seen[^1]))}");
            seen.AddRange(page.Select(tx => tx!));
        }
        while (page.Count == 25);

        return seen;
    }

    private Task<(int Status, string Body)> AskAsync(EsploraServer server, string path) => _http.AskAsync(server, path);

    private Task<JsonNode> JsonAsync(EsploraServer server, string path) => _http.JsonAsync(server, path);

    private async Task<JsonArray> ListAsync(EsploraServer server, string path) => (await JsonAsync(server, path)).AsArray();
}
