using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Esplora;

namespace ChainWatch.Bitcoin.Tests.Nodes;

public sealed class EsploraServerTests : IDisposable
{
    private static readonly Address Alice = Wallet(1);
    private static readonly Address Bob = Wallet(2);
    private static readonly Address Miner = Wallet(3);
    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Theory]
    [InlineData(EsploraDialect.Blockstream)]
    [InlineData(EsploraDialect.MempoolSpace)]
    public async Task Pages_of_a_busy_address_are_complete_and_the_highest_block_is_first(EsploraDialect dialect)
    {
        EsploraChain chain = Busy(blocks: 17, each: 4).WithMempool(Payment("waits", Alice, 5));
        await using EsploraServer server = new(chain, new EsploraOptions { Dialect = dialect });
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

        await using EsploraServer other = new(chain, new EsploraOptions { Dialect = EsploraDialect.MempoolSpace });
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
        await using EsploraServer server = new(chain, new EsploraOptions { Dialect = EsploraDialect.MempoolSpace, BasePath = "/testnet/api" });
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

        await using EsploraServer small = new(chain, new EsploraOptions { UtxosMax = 15 });
        (await AskAsync(small, $"address/{Alice}/utxo")).ShouldBe((400, "Too many history entries"));
        (await ListAsync(small, $"address/{Alice}/txs")).Count.ShouldBe(17);
    }

    [Fact]
    public async Task Decoded_blocks_become_exact_satoshis_and_previous_outputs()
    {
        JsonNode[] blocks = [.. Decoded.Select(text => JsonNode.Parse(text)!)];
        EsploraChain chain = EsploraChain.Load(blocks);
        await using EsploraServer server = new(chain);
        JsonNode coinbase = await JsonAsync(server, $"tx/{new string('a', 64)}");
        coinbase["vin"]![0]!.ToJsonString().ShouldBe(
            $$"""{"txid":"{{new string('0', 64)}}","vout":4294967295,"prevout":null,"scriptsig":"51","is_coinbase":true,"sequence":4294967295}""");
        coinbase["vout"]!.AsArray().Select(o => (long)o!["value"]!).ShouldBe([2_099_999_997_690_000, 1, 30_000_000]);
        coinbase["vout"]!.AsArray().Select(o => (string)o!["scriptpubkey_type"]!).ShouldBe(["p2pkh", "p2pk", "unknown"]);
        coinbase["vout"]!.AsArray().Select(o => (string?)o!["scriptpubkey_address"]).ShouldBe(["1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", null, null]);
        JsonNode spending = await JsonAsync(server, $"tx/{new string('b', 64)}");
        spending["vin"]![0]!["prevout"]!.ToJsonString().ShouldBe(coinbase["vout"]![0]!.ToJsonString());
        ((long)spending["fee"]!).ShouldBe(690_000);
        (await AskAsync(server, $"block/{new string('2', 64)}/header")).Body.Length.ShouldBe(160);
    }

    [Theory]
    [InlineData("0.000000015", "is no amount of bitcoins")]
    [InlineData("-1", "is no amount of bitcoins")]
    [InlineData("21000001", "is no amount of bitcoins")]
    public void An_amount_that_is_no_whole_satoshis_is_refused(string value, string message)
    {
        JsonNode block = JsonNode.Parse(Decoded[0].Replace("20999999.97690000", value, StringComparison.Ordinal))!;
        Should.Throw<InvalidDataException>(() => EsploraChain.Load([block])).Message.ShouldContain(message);
    }

    [Fact]
    public void A_spent_output_outside_the_blocks_and_an_address_of_another_network_are_refused()
    {
        JsonNode orphan = JsonNode.Parse(Decoded[1])!;
        Should.Throw<InvalidDataException>(() => EsploraChain.Load([orphan])).Message.ShouldContain("which is not among the blocks");
        JsonNode first = JsonNode.Parse(Decoded[0])!;
        Should.Throw<InvalidDataException>(() => EsploraChain.Load([first], Chain.BitcoinRegtest)).Message.ShouldContain("bitcoin-regtest has");
    }

    private static readonly string[] Decoded =
    [
        $$$"""
        {"hash":"{{{new string('1', 64)}}}","height":0,"time":1700000000,"merkleroot":"{{{new string('c', 64)}}}","bits":"207fffff","nonce":7,"version":1,
         "tx":[{"txid":"{{{new string('a', 64)}}}","vin":[{"coinbase":"51","sequence":4294967295}],"vout":[
          {"value":20999999.97690000,"n":0,"scriptPubKey":{"hex":"76a914751e76e8199196d454941c45d1b3a323f1433bd688ac","type":"pubkeyhash","address":"1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH"}},
          {"value":1e-8,"n":1,"scriptPubKey":{"hex":"210279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798ac","type":"pubkey","addresses":["1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH"]}},
          {"value":0.3,"n":2,"scriptPubKey":{"hex":"51210279be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f8179851ae","type":"multisig","addresses":["1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH"]}}]}]}
        """,
        $$$"""
        {"hash":"{{{new string('2', 64)}}}","height":1,"time":1700000600,"previousblockhash":"{{{new string('1', 64)}}}","merkleroot":"{{{new string('d', 64)}}}",
         "tx":[{"txid":"{{{new string('b', 64)}}}","vin":[{"txid":"{{{new string('a', 64)}}}","vout":0,"scriptSig":{"hex":"00"}}],"vout":[
          {"value":20999999.97,"n":0,"scriptPubKey":{"hex":"0014751e76e8199196d454941c45d1b3a323f1433bd6","type":"witness_v0_keyhash","address":"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4"}}]}]}
        """,
    ];

    internal static Address Wallet(byte number)
    {
        byte[] payload = new byte[20];
        payload[19] = number;
        return Address.FromPayload(Chain.Bitcoin, AddressKind.P2Wpkh, payload);
    }

    private static string Hash(string label) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(label)));

    private static EsploraTx Coinbase(long height, string branch = "") =>
        new(Hash($"coinbase {height}{branch}"), [EsploraInput.Coinbase], [EsploraOutput.To(Miner, 5_000_000_000)]);

    private static EsploraTx Payment(string label, Address to, long value) =>
        new(Hash(label), [new EsploraInput(Hash($"before {label}"), 0, EsploraOutput.To(Miner, value + 10))], [EsploraOutput.To(to, value)]);

    private static EsploraTx Spending(string label, EsploraTx spent, Address to, long value) =>
        new(Hash(label), [new EsploraInput(spent.TxId, 0, spent.Outputs[0])], [EsploraOutput.To(to, value)]);

    private static EsploraBlock Block(long height, EsploraBlock? previous, IReadOnlyList<EsploraTx> transactions) =>
        new(height, Hash($"block {height} {transactions[0].TxId}"), previous?.Hash, 1_700_000_000 + (height * 600), transactions);

    // Each block pays Alice a number of times.
    internal static EsploraChain Busy(int blocks, int each, string branch = "")
    {
        List<EsploraBlock> made = [];
        for (int height = 0; height < blocks; height++)
        {
            IEnumerable<EsploraTx> paid = Enumerable.Range(0, each).Select(i => Payment(string.Create(CultureInfo.InvariantCulture, $"{height}:{i}{branch}"), Alice, 1000 + i));
            made.Add(Block(height, made.LastOrDefault(), [Coinbase(height, branch), .. paid]));
        }

        return new EsploraChain(Chain.Bitcoin, made);
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

    private async Task<(int Status, string Body)> AskAsync(EsploraServer server, string path)
    {
        using HttpResponseMessage answer = await _http.GetAsync(new Uri(server.Endpoint, path));
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private async Task<JsonNode> JsonAsync(EsploraServer server, string path)
    {
        (int status, string body) = await AskAsync(server, path);
        status.ShouldBe((int)HttpStatusCode.OK, body);
        return JsonNode.Parse(body)!;
    }

    private async Task<JsonArray> ListAsync(EsploraServer server, string path) => (await JsonAsync(server, path)).AsArray();
}
