using System.Numerics;
using System.Text.Json.Nodes;
using ChainWatch.Graph;
using ChainWatch.Labels;
using ChainWatch.Lists;
using ChainWatch.TestNodes;
using ChainWatch.TestNodes.Ronin;
using ChainWatch.Tracing;

namespace ChainWatch.Ethereum.Tests.Nodes;

public sealed class RoninReenactmentTests(RoninFixture fixture) : IClassFixture<RoninFixture>
{
    private RoninReenactment Play => fixture.Play;

    [SkippableFact]
    public async Task Heights_and_times_are_those_of_the_theft()
    {
        (await Play.Node.HeadAsync()).ShouldBe(Play.LastBlock);
        JsonNode block = (await Play.Node.CallAsync("eth_getBlockByNumber", RpcClient.Quantity(14_442_835), false))!;
        RpcClient.Number(block["number"]).ShouldBe(14_442_835);
        DateTimeOffset.FromUnixTimeSeconds((long)RpcClient.Number(block["timestamp"])).ToString("u").ShouldBe("2022-03-23 13:29:09Z");
        Play.Expected.Count(t => t.Position.Block == 14_442_835 && t.From == Play.Cast.Bridge && t.To == Play.Cast.Seed).ShouldBe(1);
    }

    [SkippableFact]
    public async Task Balances_are_what_was_sent()
    {
        Asset coin = Asset.Native(Play.Chain);
        Address[] everybody = [.. Play.Expected.SelectMany(t => new[] { t.From, t.To }).Concat(Play.Unreached.Keys).Distinct().Where(a => !a.IsZero)];
        everybody.Length.ShouldBeGreaterThan(60);
        foreach (Address address in everybody)
        {
            (await Play.Node.BalanceAsync(address)).ShouldBe(Play.OpeningBalances.GetValueOrDefault(address) + Sum(coin, address), address.ToString());
        }
    }

    [SkippableTheory]
    [InlineData("0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48")]
    [InlineData("0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2")]
    [InlineData("fake")]
    public async Task Token_balances_are_what_was_sent(string token)
    {
        Address contract = token == "fake" ? Play.Cast.FakeUsdc : Address.Parse(token);
        Asset asset = Asset.Token(contract);
        string balanceOf = (await TestContracts.GetAsync())["Erc20"].Selectors["balanceOf"];
        Address[] holders = [.. Play.Expected.Where(t => t.Asset == asset).SelectMany(t => new[] { t.From, t.To }).Distinct().Where(a => !a.IsZero && a != contract)];
        holders.Length.ShouldBeGreaterThan(1);
        foreach (Address holder in holders)
        {
            JsonObject call = new() { ["to"] = contract.ToCanonicalString(), ["data"] = balanceOf + holder.ToCanonicalString()[2..].PadLeft(64, '0') };
            RpcClient.Number(await Play.Node.CallAsync("eth_call", call, "latest")).ShouldBe(Sum(asset, holder), holder.ToString());
        }
    }

    [SkippableFact]
    public async Task Receipts_tell_which_transactions_failed()
    {
        List<TxId> failed = [];
        for (long block = Play.FirstBlock; block <= Play.LastBlock; block++)
        {
            JsonArray receipts = (await Play.Node.CallAsync("eth_getBlockReceipts", RpcClient.Quantity(block)))!.AsArray();
            receipts.Count.ShouldBeGreaterThan(2);
            failed.AddRange(receipts.Where(r => (string?)r!["status"] == "0x0").Select(r => TxId.Parse((string)r!["transactionHash"]!)));
        }

        failed.ShouldBe(Play.Transactions.Where(t => !t.Succeeds).Select(t => t.Hash));
        failed.Count.ShouldBe(1);
    }

    [SkippableFact]
    public async Task The_node_traces_the_internal_moves_that_were_expected()
    {
        List<(TxId, Address, BigInteger)> seen = [];
        for (long block = Play.FirstBlock; block <= Play.LastBlock; block++)
        {
            foreach (JsonNode? trace in (await Play.Node.CallAsync("trace_block", RpcClient.Quantity(block)))!.AsArray())
            {
                seen.AddRange(InternalMove(trace!));
            }
        }

        // Undone calls are traced too; the plan knows of one, and of the refused payment.
        (TxId, Address, BigInteger)[] expected = [.. Play.Expected.Where(t => t.IsInternal).Select(t => (t.Tx!.Value, t.To, t.Value.ToBigInteger()))];
        seen.OrderBy(m => m.ToString()).ShouldBe(expected.OrderBy(m => m.ToString()));
    }

    [SkippableFact]
    public async Task A_selfdestruct_is_traced_with_its_beneficiary()
    {
        JsonObject filter = new() { ["fromBlock"] = RpcClient.Quantity(Play.FirstBlock), ["toBlock"] = RpcClient.Quantity(Play.LastBlock) };
        JsonArray traces = (await Play.Node.CallAsync("trace_filter", filter))!.AsArray();
        JsonNode suicide = traces.Single(t => (string?)t!["type"] == "suicide")!;
        Address.Parse((string)suicide["action"]!["refundAddress"]!).ShouldBe(Play.Cast.Named("beneficiary"));
        Address.Parse((string)suicide["action"]!["address"]!).ShouldBe(Play.Suicidal);
    }

    [SkippableFact]
    public async Task The_sale_pays_out_before_it_is_paid()
    {
        Transfer[] sale = [.. Play.Expected.Where(t => t.Tx == Play.Expected.Single(p => p.From == Play.Cast.Pool && p.IsInternal).Tx)];
        sale.Length.ShouldBe(2);
        JsonArray logs = (await Play.Node.CallAsync("eth_getTransactionReceipt", $"0x{sale[0].Tx}"))!["logs"]!.AsArray();
        JsonArray traces = (await Play.Node.CallAsync("trace_transaction", $"0x{sale[0].Tx}"))!.AsArray();
        logs.Count.ShouldBe(1);
        ((string?)traces[1]!["action"]!["value"]).ShouldBe(RpcClient.Quantity(sale.Single(t => t.IsInternal).Value.ToBigInteger()));
        ((string?)traces[2]!["action"]!["to"]).ShouldBe(Play.Cast.Usdc.ToCanonicalString());
    }

    [SkippableFact]
    public void The_tracer_counts_the_hops_that_were_counted_by_hand()
    {
        TraceResult result = Trace(Play);
        Dictionary<Address, int> reached = result.Exposures.ToDictionary(e => e.Address, e => e.Hops);
        reached.OrderBy(r => r.Key).ShouldBe(Play.ExpectedHops.OrderBy(r => r.Key));
        Play.Unreached.Keys.ShouldAllBe(a => !reached.ContainsKey(a));
    }

    [SkippableFact]
    public async Task Another_chain_id_tells_the_same_story()
    {
        await using RoninReenactment other = await RoninReenactment.StartAsync(chainId: 31337);
        other.Chain.ShouldBe(Chain.Evm(31337));
        ((string?)await other.Node.CallAsync("eth_chainId")).ShouldBe("0x7a69");
        other.Expected.Count.ShouldBe(fixture.Play.Expected.Count);
        Trace(other).Exposures.Count.ShouldBe(other.ExpectedHops.Count);
    }

    private static TraceResult Trace(RoninReenactment play)
    {
        TransferGraphBuilder builder = new();
        foreach (Transfer transfer in play.Expected)
        {
            builder.Add(transfer);
        }

        string stops = Path.GetTempFileName();
        File.WriteAllText(stops, play.StopsCsv);
        try
        {
            Token[] tokens = [new(play.Cast.Usdc, "USDC", 6, "USD Coin", "test"), new(play.Cast.Weth, "WETH", 18, "Wrapped Ether", "test")];
            return Tracer.Trace(builder.Build(), new TraceRequest
            {
                From = [AddressList.Of("ronin", [play.Cast.Seed])],
                MaxHops = 4,
                Tokens = new TokenList("test", tokens),
                Stops = new StopRule { Lists = [LabelFile.Read(stops)] },
            });
        }
        finally
        {
            File.Delete(stops);
        }
    }

    private BigInteger Sum(Asset asset, Address of) => Play.Expected.Where(t => t.Asset == asset)
        .Aggregate(BigInteger.Zero, (sum, t) => sum + (t.To == of ? t.Value.ToBigInteger() : 0) - (t.From == of ? t.Value.ToBigInteger() : 0));

    // A call, creation or selfdestruct with value below the root that stands.
    private IEnumerable<(TxId, Address, BigInteger)> InternalMove(JsonNode trace)
    {
        JsonNode action = trace["action"]!;
        string type = (string)trace["type"]!;
        TxId tx = TxId.Parse((string)trace["transactionHash"]!);
        bool undone = tx == Play.Transactions.Single(t => t.To == Play.Cast.Reverter).Hash;
        JsonNode? quantity = type == "suicide" ? action["balance"] : action["value"];
        if (undone || trace["traceAddress"]!.AsArray().Count == 0 || quantity is null || RpcClient.Number(quantity).IsZero)
        {
            yield break;
        }

        JsonNode to = type switch { "suicide" => action["refundAddress"]!, "create" => trace["result"]!["address"]!, _ => action["to"]! };
        yield return (tx, Address.Parse((string)to!), RpcClient.Number(quantity));
    }
}
