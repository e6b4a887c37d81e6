using System.Text.Json;
using ChainWatch.TestNodes.Bitcoin;
using ChainWatch.TestNodes.Esplora;

namespace ChainWatch.Console.Tests.Endpoints;

/// <summary><c>trace --bitcoin</c>, <c>--bitcoin-blocks</c> and <c>--esplora</c> end to end, against a real node.</summary>
public sealed class BitcoinTraceTests(BitcoinStage stage) : IClassFixture<BitcoinStage>
{
    private BitcoinStory Story => stage.Story;

    [SkippableFact]
    public async Task Node_WithinFiveHops_IsExactlyWhatWasSpent()
    {
        using Files files = new();
        ConsoleRun run = await ConsoleRun.Of(stage.Ask(files, 5, "--bitcoin", stage.Url, "--format", "csv"));

        run.Code.ShouldBe(2, run.Errors);
        run.Rows().Select(r => $"{r["address"]} {r["hops"]}").Order(StringComparer.Ordinal).ShouldBe(Story.Expected(5));
        run.Rows().Where(r => r["hops"] != "0").ShouldAllBe(r => r["order"] == "proven");
    }

    [SkippableFact]
    public async Task Node_WithinFiveHops_ByCoinIsExactlyWhatWasSpent()
    {
        using Files files = new();
        ConsoleRun run = await ConsoleRun.Of(stage.Ask(files, 5, "--bitcoin", stage.Url, "--format", "json"));

        run.Code.ShouldBe(2, run.Errors);
        ByCoin(run).ShouldBe(Story.Expected(5, byCoin: true));
    }

    [SkippableTheory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public async Task BlockFiles_AnswerAsTheNodeDoes(bool withUndo, bool withKey)
    {
        using Files files = new();
        using CoreFolder folder = await Story.WriteFilesAsync(withUndo, withKey ? [7, 1, 200, 33, 4, 99, 250, 18] : null);
        string[] ask = stage.Ask(files, 5, "--format", "csv");
        ConsoleRun node = await ConsoleRun.Of([.. ask, "--bitcoin", stage.Url]);
        ConsoleRun read = await ConsoleRun.Of([.. ask, "--bitcoin-blocks", folder.Path, "--as-chain", "bitcoin"]);

        read.Code.ShouldBe(2, read.Errors);
        read.Output.ShouldBe(node.Output);
    }

    [SkippableFact]
    public async Task GraphOfBlockFiles_AnswersWithoutThem()
    {
        using Files files = new();
        using CoreFolder folder = await Story.WriteFilesAsync();
        ConsoleRun built = await ConsoleRun.Of("graph", "build", "--bitcoin-blocks", folder.Path, "--as-chain", "bitcoin", "--output", files["chain.cwg"]);
        built.Code.ShouldBe(0, built.Errors);
        built.Output.ShouldContain("nothing is known to be missing");
        built.Output.ShouldContain("counted: ");
        built.Output.ShouldContain(" OP_RETURN outputs");

        string[] ask = stage.Ask(files, 5, "--format", "csv");
        ConsoleRun run = await ConsoleRun.Of([.. ask, "--graph", files["chain.cwg"]]);

        run.Code.ShouldBe(2, run.Errors);
        run.Output.ShouldBe((await ConsoleRun.Of([.. ask, "--bitcoin", stage.Url])).Output);
    }

    [SkippableFact]
    public async Task Esplora_ByAddressHistory_AnswersAsTheNodeDoes()
    {
        using Files files = new();
        await using EsploraServer server = new(await Story.EsploraAsync());
        string[] ask = stage.Ask(files, 5);
        ConsoleRun node = await ConsoleRun.Of([.. ask, "--format", "csv", "--bitcoin", stage.Url]);
        ConsoleRun asked = await ConsoleRun.Of([.. ask, "--format", "csv", "--esplora", server.Endpoint.ToString()]);

        asked.Code.ShouldBe(2, asked.Errors);
        asked.Output.ShouldBe(node.Output);
        ByCoin(await ConsoleRun.Of([.. ask, "--format", "json", "--esplora", server.Endpoint.ToString()])).ShouldBe(Story.Expected(5, byCoin: true));
    }

    [SkippableTheory]
    [InlineData("--bitcoin")]
    [InlineData("--esplora")]
    public async Task Wallet_BehindACoinJoin_IsALead(string source)
    {
        using Files files = new();
        await using EsploraServer? server = source == "--esplora" ? new(await Story.EsploraAsync()) : null;
        string url = server?.Endpoint.ToString() ?? stage.Url;
        string[] ask = stage.Ask(files, 5, "--to", Story["behind the CoinJoin"], source, url);
        ConsoleRun closed = await ConsoleRun.Of(ask);
        ConsoleRun through = await ConsoleRun.Of([.. ask, "--through-coinjoin"]);

        closed.Code.ShouldBe(3, closed.Errors);
        closed.Output.ShouldContain("A lead, not a path");
        closed.Output.ShouldContain($"  {Story.CoinJoin}  a CoinJoin by its shape\n  (JoinMarket)\n");
        closed.Output.ShouldContain("went in  6 BTC");
        closed.Output.ShouldContain("came out 5 BTC");
        through.Code.ShouldBe(2, through.Errors);
        through.Output.ShouldContain("EXPOSED     4");
        through.Output.ShouldContain("A COINJOIN BY ITS SHAPE:\n");
    }

    [SkippableFact]
    public async Task PeelChain_IsOneLineBesideTheHops()
    {
        using Files files = new();
        ConsoleRun run = await ConsoleRun.Of(stage.Ask(files, 40, "--to", Story[$"rest {BitcoinStory.PeelLength}"], "--bitcoin", stage.Url));

        run.Code.ShouldBe(2, run.Errors);
        run.Output.ShouldContain("EXPOSED    30");
        run.Output.ShouldContain("a peel chain of 30 transactions, steps 1 to 30");
        run.Output.ShouldContain("by coin: yes, 30 hops, by this very path");
    }

    [SkippableFact]
    public async Task Wallet_ReachedByAddressAlone_IsSaidToBe()
    {
        using Files files = new();
        ConsoleRun run = await ConsoleRun.Of(stage.Ask(files, 5, "--to", Story["payee 7"], "--bitcoin", stage.Url));

        run.Code.ShouldBe(2, run.Errors);
        run.Output.ShouldContain("by coin: no");
        run.Output.ShouldContain("a batch of payouts to 25 addresses");
    }

    [SkippableFact]
    public async Task Change_ToTheSameAddress_IsNoHopByCoin()
    {
        using Files files = new();
        ConsoleRun run = await ConsoleRun.Of(stage.Ask(files, 5, "--to", Story["j"], "--bitcoin", stage.Url));

        run.Output.ShouldContain("EXPOSED     2");
        run.Output.ShouldContain("by coin: yes, 2 hops, by this path:");
        run.Output.ShouldContain("change to itself, no hop");
    }

    [SkippableFact]
    public async Task SpendingTogether_WithAListedAddress_IsItsOwnFinding()
    {
        using Files files = new();
        ConsoleRun run = await ConsoleRun.Of(stage.Ask(files, 5, "--bitcoin", stage.Url));

        run.Output.ShouldContain("Spent together with a listed address");
        run.Output.ShouldContain($"with {Story["old thief"]}");
        run.Output.ShouldContain(Story["together"]);
        run.Output.ShouldContain("by coin");
    }

    [SkippableTheory]
    [InlineData("--bitcoin")]
    [InlineData("--esplora")]
    public async Task Sent_ToAddressesOnARealList_FindsWhoPaidThem(string source)
    {
        await using EsploraServer? server = source == "--esplora" ? new(await Story.EsploraAsync()) : null;
        ConsoleRun run = await ConsoleRun.Of(
            "trace", "--from", "list:dprk-attributed/Lazarus Group", "--hops", "1", "--direction", "sent", "--format", "csv", source, server?.Endpoint.ToString() ?? stage.Url);

        run.Code.ShouldBe(2, run.Errors);
        IReadOnlyDictionary<string, string> payer = run.Rows().Where(r => r["hops"] == "1").ShouldHaveSingleItem();
        payer["address"].ShouldBe(Story["payer"]);
        payer["arrival_tx"].ShouldBe(Story.PaymentToListed.ToString());
        run.Rows().Where(r => r["hops"] == "0").Select(r => r["address"]).Order(StringComparer.Ordinal).ShouldBe(BitcoinStage.Listed.Order(StringComparer.Ordinal));
    }

    [SkippableFact]
    public async Task WrongPassword_IsToldSo()
    {
        using Files files = new();
        string url = new UriBuilder(Story.Node.Endpoint) { UserName = "x", Password = "wrong" }.Uri.ToString();
        ConsoleRun run = await ConsoleRun.Of(stage.Ask(files, 2, "--bitcoin", url));

        run.ShouldFail("401");
        run.Errors.ShouldNotContain("wrong");
    }

    private static IEnumerable<string> ByCoin(ConsoleRun run)
    {
        run.Code.ShouldBe(2, run.Errors);
        using JsonDocument report = JsonDocument.Parse(run.Output);
        return [.. report.RootElement.GetProperty("body").GetProperty("exposures").EnumerateArray()
            .Where(e => e.GetProperty("hops").GetInt32() == 0 || e.GetProperty("by_coin").ValueKind != JsonValueKind.Null)
            .Select(e => $"{e.GetProperty("address").GetString()!.Split(':')[^1]} {(e.GetProperty("hops").GetInt32() == 0 ? 0 : e.GetProperty("by_coin").GetProperty("hops").GetInt32())}")
            .Order(StringComparer.Ordinal)];
    }
}
