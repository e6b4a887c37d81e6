using System.Text.Json;
using ChainWatch.TestNodes;

namespace ChainWatch.Console.Tests.Endpoints;

/// <summary><c>watch</c> end to end, against a real node.</summary>
public sealed class WatchTests
{
    // Attributed to the Lazarus Group by OFAC: the Ronin address.
    private static readonly Address Listed = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96");
    private static readonly Address Between = Address.Parse("0x00000000000000000000000000000000000a11ce");
    private static readonly Address Wallet = Address.Parse("0x0000000000000000000000000000000000000b0b");

    [SkippableFact]
    public async Task Once_HopByHopThenAReorganisation_TellsEachEventOnceAndWithdrawsIt()
    {
        await using Anvil node = await Anvil.StartAsync();
        using Files files = new();
        await node.MineAsync();
        (await WatchAsync(node, files)).Code.ShouldBe(0);
        await PayAsync(node, Listed, Between);
        await PayAsync(node, Between, Wallet);
        ConsoleRun first = await WatchAsync(node, files);
        first.Code.ShouldBe(2, first.Errors);
        JsonElement alert = JsonDocument.Parse(first.Output).RootElement;
        alert.GetProperty("hops").GetInt32().ShouldBe(2);
        alert.GetProperty("state").GetString().ShouldBe("raised");
        ConsoleRun again = await WatchAsync(node, files);
        (again.Code, again.Output).ShouldBe((0, ""));

        await node.ReorgAsync(2);
        ConsoleRun after = await WatchAsync(node, files);
        after.Code.ShouldBe(0, after.Errors);
        JsonElement withdrawn = JsonDocument.Parse(after.Output).RootElement;
        withdrawn.GetProperty("state").GetString().ShouldBe("withdrawn");
        withdrawn.GetProperty("id").GetString().ShouldBe(alert.GetProperty("id").GetString());

        await PayAsync(node, Listed, Wallet, 1);
        ConsoleRun direct = await ConsoleRun.Of([.. Arguments(node, files), "--format", "text"]);
        direct.Code.ShouldBe(2, direct.Errors);
        direct.Output.ShouldStartWith("raised  ");
        direct.Output.ShouldContain("(customer 7): came within reach, received, 1 hop from ofac-sdn");
        ConsoleRun verified = await ConsoleRun.Of("verify", files["state"]);
        verified.Code.ShouldBe(0, verified.Errors);
        verified.Output.ShouldContain("1 alert standing; 2 raised and 1 withdrawn in all");
    }

    [Fact]
    public async Task NoNode_OneLine() =>
        (await ConsoleRun.Of("watch", "--from", "list:ofac-sdn", "--to", Wallet.ToString(), "--hops", "3", "--state", "unused"))
            .ShouldFailWith("no node to watch; expected --ethereum, --bitcoin or both");

    [SkippableFact]
    public async Task WebhookWithoutASecret_OneLine()
    {
        await using Anvil node = await Anvil.StartAsync();
        using Files files = new();
        (await ConsoleRun.Of([.. Arguments(node, files), "--webhook", "http://127.0.0.1:1/hook"])).ShouldFail("CHAINWATCH_WEBHOOK_SECRET", "at least 16");
    }

    private static Task<ConsoleRun> WatchAsync(Anvil node, Files files) => ConsoleRun.Of([.. Arguments(node, files), "--format", "json"]);

    private static string[] Arguments(Anvil node, Files files) =>
    [
        "watch", "--from", "list:ofac-sdn", "--to", files.Write("wallets.csv", ["address,ref", $"{Wallet},customer 7"]), "--hops", "3", "--no-default-labels",
        "--ethereum", node.Endpoint.ToString(), "--state", files["state"], "--once", "--max-list-age", "36500",
    ];

    private static async Task PayAsync(Anvil node, Address from, Address to, long wei = 1_000_000_000)
    {
        await node.SetBalanceAsync(from, System.Numerics.BigInteger.Pow(10, 19));
        await node.CallAsync("anvil_impersonateAccount", from.ToCanonicalString());
        await node.SendAsync(from, to, wei);
        await node.MineAsync();
    }
}
