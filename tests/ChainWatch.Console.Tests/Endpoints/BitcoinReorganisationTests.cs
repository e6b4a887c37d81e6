using ChainWatch.TestNodes;
using ChainWatch.TestNodes.Bitcoin;

namespace ChainWatch.Console.Tests.Endpoints;

/// <summary>What a reorganisation does to an answer.</summary>
public sealed class BitcoinReorganisationTests
{
    [SkippableFact]
    public async Task Reorganisation_OfDepthThree_TakesTheExposureAway()
    {
        Skip.If(NodeTools.BcoinSkipReason is not null, NodeTools.BcoinSkipReason);
        using Files files = new();
        await using Bcoin node = await Bcoin.StartAsync();
        string thief = await node.AddressAsync("thief");
        string wallet = await node.AddressAsync("wallet");
        await node.MineAsync(450);
        TxId stolen = await node.SpendAsync([((await node.TransactionsAsync(1))[0], 0)], [(thief, 50 * BitcoinStory.Coin)]);
        await node.MineAsync();
        await node.SpendAsync([(stolen, 0)], [(wallet, 50 * BitcoinStory.Coin)]);
        await node.MineAsync(3);
        string[] ask = ["trace", "--from", thief, "--to", wallet, "--hops", "3", "--bitcoin", BitcoinStage.UrlOf(node), "--state", files["state"]];

        (await ConsoleRun.Of(ask)).Code.ShouldBe(2);
        await node.ReorgAsync(3);
        ConsoleRun after = await ConsoleRun.Of(ask);

        after.Code.ShouldBe(0, after.Errors);
        after.Output.ShouldContain($"none found        {wallet}");
    }
}
