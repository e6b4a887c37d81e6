using System.Security.Cryptography;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes.Esplora;

namespace ChainWatch.Bitcoin.Tests.Nodes;

public sealed class EsploraChainTests : IDisposable
{
    private readonly HttpClient _http = new();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Bytes_are_those_that_hash_to_the_name()
    {
        EsploraChain chain = EsploraChain.Load([JsonNode.Parse(Genesis)!]);
        await using EsploraServer server = new(chain);
        string txid = chain.Tip.Transactions[0].TxId;
        string header = (await _http.AskAsync(server, $"block/{chain.Tip.Hash}/header")).Body;
        DisplayedHash(Convert.FromHexString(header)).ShouldBe(chain.Tip.Hash);
        byte[] transaction = await _http.GetByteArrayAsync(new Uri(server.Endpoint, $"tx/{txid}/raw"));
        DisplayedHash(transaction).ShouldBe(txid);
        (await _http.AskAsync(server, $"tx/{txid}/hex")).Body.ShouldBe(Convert.ToHexStringLower(transaction));
        byte[] block = await _http.GetByteArrayAsync(new Uri(server.Endpoint, $"block/{chain.Tip.Hash}/raw"));
        block.ShouldBe([.. Convert.FromHexString(header), 1, .. transaction]);
    }

    [Fact]
    public async Task Decoded_blocks_become_exact_satoshis_and_previous_outputs()
    {
        JsonNode[] blocks = [.. Decoded.Select(text => JsonNode.Parse(text)!)];
        EsploraChain chain = EsploraChain.Load(blocks);
        await using EsploraServer server = new(chain);
        JsonNode coinbase = await _http.JsonAsync(server, $"tx/{new string('a', 64)}");
        coinbase["vin"]![0]!.ToJsonString().ShouldBe(
            $$"""{"txid":"{{new string('0', 64)}}","vout":4294967295,"prevout":null,"scriptsig":"51","is_coinbase":true,"sequence":4294967295}""");
        coinbase["vout"]!.AsArray().Select(o => (long)o!["value"]!).ShouldBe([2_099_999_997_690_000, 1, 30_000_000]);
        coinbase["vout"]!.AsArray().Select(o => (string)o!["scriptpubkey_type"]!).ShouldBe(["p2pkh", "p2pk", "unknown"]);
        coinbase["vout"]!.AsArray().Select(o => (string?)o!["scriptpubkey_address"]).ShouldBe(["1BgGZ9tcN4rm9KBzDn7KprQz87SZ26SAMH", null, null]);
        JsonNode spending = await _http.JsonAsync(server, $"tx/{new string('b', 64)}");
        spending["vin"]![0]!["prevout"]!.ToJsonString().ShouldBe(coinbase["vout"]![0]!.ToJsonString());
        ((long)spending["fee"]!).ShouldBe(690_000);
        (await _http.AskAsync(server, $"block/{new string('2', 64)}/header")).Body.Length.ShouldBe(160);
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

    [Fact]
    public void A_waiting_transaction_spends_from_the_chain_and_a_stated_previous_output_is_taken()
    {
        EsploraChain chain = EsploraChain.Load([JsonNode.Parse(Decoded[0])!]);
        chain = chain.WithMempool([JsonNode.Parse(Decoded[1])!["tx"]![0]!]);
        EsploraTx waiting = chain.Mempool.ShouldHaveSingleItem();
        waiting.Inputs[0].Previous.ShouldBe(chain.Blocks[0].Transactions[0].Outputs[0]);
        chain.PlaceOf(waiting.TxId).ShouldBeNull();
        chain.SpendOf(new string('a', 64), 0)!.Tx.ShouldBe(waiting);

        JsonNode orphan = JsonNode.Parse(Decoded[1])!;
        orphan["tx"]![0]!["vin"]![0]!["prevout"] = JsonNode.Parse(Decoded[0])!["tx"]![0]!["vout"]![0]!.DeepClone();
        EsploraChain.Load([orphan]).Blocks[0].Transactions[0].Inputs[0].Previous!.Value.ShouldBe(2_099_999_997_690_000);
    }

    [Fact]
    public void Blocks_that_do_not_follow_each_other_are_refused()
    {
        JsonNode other = JsonNode.Parse(Decoded[1])!;
        other["previousblockhash"] = new string('3', 64);
        Should.Throw<ArgumentException>(() => EsploraChain.Load([JsonNode.Parse(Decoded[0])!, other])).Message.ShouldContain("does not follow");
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

    // Bitcoin's first block, as any node has it.
    private const string Genesis = """
        {"hash":"000000000019d6689c085ae165831e934ff763ae46a2a6c172b3f1b60a8ce26f","height":0,"time":1231006505,"version":1,"nonce":2083236893,"bits":"1d00ffff",
         "merkleroot":"4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b","tx":[{"txid":"4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b",
         "vin":[{"coinbase":"04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73","sequence":4294967295}],
         "vout":[{"value":50.00000000,"n":0,"scriptPubKey":{"hex":"4104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac","type":"pubkey"}}],
         "hex":"01000000010000000000000000000000000000000000000000000000000000000000000000ffffffff4d04ffff001d0104455468652054696d65732030332f4a616e2f32303039204368616e63656c6c6f72206f6e206272696e6b206f66207365636f6e64206261696c6f757420666f722062616e6b73ffffffff0100f2052a01000000434104678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb649f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5fac00000000"}]}
        """;

    private static string DisplayedHash(byte[] bytes) => Convert.ToHexStringLower([.. SHA256.HashData(SHA256.HashData(bytes)).Reverse()]);
}
