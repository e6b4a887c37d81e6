using System.Text.Json.Nodes;
using ChainWatch.TestNodes;

namespace ChainWatch.Ethereum.Tests.Nodes;

public sealed class AnvilTests
{
    private static readonly Address Payer = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96");
    private static readonly Address Payee = Address.Parse("0x1A2a1c938CE3eC39b6D47113c7955bAa9DD454F2");

    [SkippableFact]
    public async Task Reorg_replaces_the_last_blocks()
    {
        await using Anvil anvil = await Anvil.StartAsync(new AnvilOptions { Number = 1000 });
        await anvil.SetBalanceAsync(Payer, 100);
        await anvil.MineAsync();
        await anvil.SendAsync(Payer, Payee, 7);
        await anvil.MineAsync();
        string before = await HashAsync(anvil, 1002);
        string kept = await HashAsync(anvil, 1001);
        await anvil.ReorgAsync(depth: 1, block: 0, Payer, Payee, 9);
        (await anvil.HeadAsync()).ShouldBe(1002);
        (await HashAsync(anvil, 1002)).ShouldNotBe(before);
        (await HashAsync(anvil, 1001)).ShouldBe(kept);
        (await anvil.BalanceAsync(Payee)).ShouldBe(9);
    }

    [SkippableFact]
    public async Task A_snapshot_brings_the_state_back()
    {
        await using Anvil anvil = await Anvil.StartAsync();
        await anvil.SetBalanceAsync(Payer, 100);
        string snapshot = await anvil.SnapshotAsync();
        await anvil.SendAsync(Payer, Payee, 7);
        await anvil.MineAsync();
        (await anvil.BalanceAsync(Payee)).ShouldBe(7);
        await anvil.RevertAsync(snapshot);
        (await anvil.BalanceAsync(Payee)).ShouldBe(0);
    }

    [SkippableFact]
    public async Task A_contract_is_deployed_with_its_value()
    {
        await using Anvil anvil = await Anvil.StartAsync();
        await anvil.SetBalanceAsync(Payer, 100);
        Address vault = await anvil.DeployAsync(Payer, (await TestContracts.GetAsync())["Vault"].Create(), 40);
        (await anvil.BalanceAsync(vault)).ShouldBe(40);
        ((string?)await anvil.CallAsync("eth_getCode", vault.ToCanonicalString(), "latest")).ShouldNotBe("0x");
    }

    [SkippableFact]
    public async Task Disposed_it_listens_no_more()
    {
        Anvil anvil = await Anvil.StartAsync();
        await anvil.DisposeAsync();
        using RpcClient client = new(anvil.Endpoint);
        await Should.ThrowAsync<HttpRequestException>(() => client.CallAsync("eth_chainId"));
    }

    private static async Task<string> HashAsync(Anvil anvil, long height)
    {
        JsonNode block = (await anvil.CallAsync("eth_getBlockByNumber", RpcClient.Quantity(height), false))!;
        return (string)block["hash"]!;
    }
}
