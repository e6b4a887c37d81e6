using System.Net;
using System.Text.Json.Nodes;
using ChainWatch.TestNodes;
using ChainWatch.TestNodes.Bitcoin;

namespace ChainWatch.Bitcoin.Tests.Nodes;

public sealed class BcoinTests
{
    // The example of BIP 350 for witness version 1, and its output script there.
    private const string TaprootAddress = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0";
    private const string TaprootScript = "512079be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    private const long Coin = 100_000_000;

    [SkippableFact]
    public async Task Inputs_of_every_kind_are_spent_together_in_the_order_given()
    {
        await using Bcoin bcoin = await Bcoin.StartAsync();
        TxId funds = await FundAsync(bcoin);
        TxId spent = await bcoin.SpendAsync(
            [(funds, 3), (funds, 0), (funds, 5), (funds, 1), (funds, 2), (funds, 4), (funds, 6)],
            [(TaprootAddress, 2), ("1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", 1), ("script:6a0401020304", 0), (await bcoin.AddressAsync("b", KeyKind.Nested), 3 * Coin)]);
        await bcoin.MineAsync();
        (await bcoin.TransactionsAsync(452)).Skip(1).ShouldBe([spent]);
        JsonNode transaction = (await bcoin.CallAsync("getrawtransaction", spent.ToString(), true))!;
        transaction["vin"]!.AsArray().Select(input => (int)input!["vout"]!).ShouldBe([3, 0, 5, 1, 2, 4, 6]);
        transaction["vout"]!.AsArray().Select(output => (string)output!["scriptPubKey"]!["hex"]!).ToArray()[..3].ShouldBe(
            [TaprootScript, "76a91462e907b15cbf27d5425399ebf6f0fb50ebb88f1888ac", "6a0401020304"]);
        (await bcoin.RawBlockAsync(452)).ShouldContain((string)(await bcoin.CallAsync("getrawtransaction", spent.ToString()))!);
    }

    [SkippableFact]
    public async Task A_block_holds_what_waited_in_the_order_of_sending()
    {
        await using Bcoin bcoin = await Bcoin.StartAsync();
        TxId funds = await FundAsync(bcoin);
        string to = await bcoin.AddressAsync("b");
        TxId free = await bcoin.SpendAsync([(funds, 0)], [(to, Coin)]);
        TxId dear = await bcoin.SpendAsync([(funds, 1)], [(to, Coin / 2)]);
        TxId child = await bcoin.SpendAsync([(free, 0)], [(to, 1), (to, 2)]);
        TxId grandchild = await bcoin.SpendAsync([(child, 1), (dear, 0)], [(to, 3)]);
        ((await bcoin.CallAsync("getrawmempool"))!.AsArray().Count).ShouldBe(4);
        TxId coinbase = await bcoin.MineAsync();
        (await bcoin.TransactionsAsync(452)).ShouldBe([coinbase, free, dear, child, grandchild]);
        JsonArray spent = (await bcoin.SpentOutputsAsync(452)).AsArray();
        spent.Select(inputs => inputs!.AsArray().Count).ShouldBe([1, 1, 1, 2]);
        spent[3]![0]!.ToJsonString().ShouldBe($$"""{"value":2,"scriptHex":"{{await bcoin.ScriptAsync(to)}}","height":452,"coinbase":false}""");
        ((long)spent[3]![1]!["value"]!).ShouldBe(Coin / 2);
        ((int)spent[0]![0]!["height"]!).ShouldBe(451);
    }

    [SkippableFact]
    public async Task A_reorganisation_takes_transactions_away()
    {
        await using Bcoin bcoin = await Bcoin.StartAsync();
        TxId funds = await FundAsync(bcoin);
        string kept = await bcoin.BlockHashAsync(451);
        TxId replaced = await bcoin.SpendAsync([(funds, 0)], [(await bcoin.AddressAsync("b"), Coin)]);
        await bcoin.MineAsync(3);
        string before = await bcoin.BlockHashAsync(452);
        TxId other = (await bcoin.ReorgAsync(3, [new Spend([(funds, 0)], [(await bcoin.AddressAsync("c"), Coin)])])).ShouldHaveSingleItem();
        (await bcoin.HeadAsync()).ShouldBe(455);
        (await bcoin.BlockHashAsync(451)).ShouldBe(kept);
        (await bcoin.BlockHashAsync(452)).ShouldNotBe(before);
        (await bcoin.TransactionsAsync(452)).Skip(1).ShouldBe([other]);
        (await bcoin.CallAsync("getrawmempool"))!.AsArray().ShouldBeEmpty();
        (await Should.ThrowAsync<InvalidOperationException>(() => bcoin.CallAsync("getrawtransaction", replaced.ToString()))).Message.ShouldContain("\"code\"");
        await bcoin.MineAsync();
        (await bcoin.HeadAsync()).ShouldBe(456);
    }

    [SkippableFact]
    public async Task Restarted_it_has_its_chain_and_its_keys()
    {
        string folder = Directory.CreateTempSubdirectory("chainwatch-bcoin-").FullName;
        try
        {
            await using Bcoin bcoin = await Bcoin.StartAsync(new BcoinOptions { Folder = folder });
            TxId funds = await FundAsync(bcoin);
            string head = await bcoin.BlockHashAsync(451);
            await bcoin.StopAsync();
            await Should.ThrowAsync<HttpRequestException>(() => bcoin.HeadAsync());
            await bcoin.RestartAsync();
            (await bcoin.BlockHashAsync(451)).ShouldBe(head);
            TxId spent = await bcoin.SpendAsync([(funds, 1)], [("script:51", 1)]);
            await bcoin.MineAsync();
            (await bcoin.TransactionsAsync(452)).Skip(1).ShouldBe([spent]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [SkippableFact]
    public async Task The_same_orders_give_the_same_chain()
    {
        await using Bcoin one = await Bcoin.StartAsync();
        await using Bcoin two = await Bcoin.StartAsync();
        (await FundAsync(one)).ShouldBe(await FundAsync(two));
        (await one.BlockHashAsync(451)).ShouldBe(await two.BlockHashAsync(451));
    }

    [SkippableFact]
    public async Task Odd_transactions_wait_too()
    {
        await using Bcoin bcoin = await Bcoin.StartAsync();
        TxId funds = await FundAsync(bcoin);
        string to = await bcoin.AddressAsync("b");
        List<TxId> sent = [await bcoin.SpendAsync([(funds, 1)], [.. Enumerable.Repeat((to, 0L), 3000), (to, Coin)])];
        int index = 3000;
        for (int i = 0; i < 60; i++, index = 0)
        {
            sent.Add(await bcoin.SpendAsync([(sent[^1], index)], [(to, Coin)]));
        }

        await bcoin.MineAsync();
        (await bcoin.TransactionsAsync(452)).Skip(1).ShouldBe(sent);
    }

    [SkippableFact]
    public async Task What_breaks_the_rules_is_refused_with_the_reason()
    {
        await using Bcoin bcoin = await Bcoin.StartAsync();
        TxId funds = await FundAsync(bcoin);
        string to = await bcoin.AddressAsync("b");
        (await RefusalAsync([(funds, 0)], Coin + 1)).ShouldContain("bad-txns-in-belowout");
        (await RefusalAsync([(funds, 99)], 1)).ShouldContain($"there is no output 99 of {funds}");
        await bcoin.SpendAsync([(funds, 0)], [(to, 1)]);
        (await RefusalAsync([(funds, 0)], 2)).ShouldContain("bad-txns-inputs-spent");
        (await bcoin.MineAsync()).ShouldNotBe(default);

        async Task<string> RefusalAsync(IReadOnlyList<(TxId Tx, int Index)> inputs, long satoshis) =>
            (await Should.ThrowAsync<InvalidOperationException>(() => bcoin.SpendAsync(inputs, [(to, satoshis)]))).Message;
    }

    [SkippableFact]
    public async Task A_wrong_password_is_refused()
    {
        await using Bcoin bcoin = await Bcoin.StartAsync();
        using RpcClient client = new(bcoin.Endpoint, (bcoin.User, "wrong"));
        (await Should.ThrowAsync<HttpRequestException>(() => client.CallAsync("getblockcount"))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [SkippableFact]
    public async Task Addresses_are_of_the_network_asked_for()
    {
        await using Bcoin main = await Bcoin.StartAsync();
        (await main.AddressAsync("a", KeyKind.Legacy)).ShouldStartWith("1");
        (await main.AddressAsync("a", KeyKind.Nested)).ShouldStartWith("3");
        (await main.AddressAsync("a", KeyKind.Segwit)).ShouldStartWith("bc1q");
        await using Bcoin test = await Bcoin.StartAsync(new BcoinOptions { MainnetPrefixes = false });
        (await test.AddressAsync("a", KeyKind.Segwit)).ShouldStartWith("bcrt1q");
        (await test.ScriptAsync(await test.AddressAsync("a", KeyKind.Segwit))).ShouldBe(await main.ScriptAsync(await main.AddressAsync("a", KeyKind.Segwit)));
    }

    // 450 blocks, then one with an output of a coin for each kind of key and one more, which pays a taproot address.
    private static async Task<TxId> FundAsync(Bcoin bcoin)
    {
        TxId coins = await bcoin.MineAsync(1, await bcoin.AddressAsync("miner", KeyKind.PublicKey));
        await bcoin.MineAsync(449);
        List<(string To, long Satoshis)> outputs = [];
        foreach (KeyKind kind in Enum.GetValues<KeyKind>())
        {
            outputs.Add((await bcoin.AddressAsync("a", kind), Coin));
        }

        TxId funds = await bcoin.SpendAsync([(coins, 0)], [.. outputs, (TaprootAddress, Coin)]);
        await bcoin.MineAsync();
        return funds;
    }
}
