using System.Text.Json;
using ChainWatch.TestNodes.Explorer;
using ChainWatch.TestNodes.Faults;
using ChainWatch.TestNodes.Ronin;

namespace ChainWatch.Console.Tests.Endpoints;

/// <summary><c>trace --ethereum</c> end to end, against a real node.</summary>
public sealed class EthereumTraceTests(RoninStage stage) : IClassFixture<RoninStage>
{
    private RoninReenactment Play => stage.Play;

    [SkippableTheory]
    [InlineData("blocks")]
    [InlineData("addresses")]
    public async Task Trace_ByAPathWithInternalAndTokenHops_IsExposed(string fetch)
    {
        using Files files = new();
        ConsoleRun run = await ConsoleRun.Of(stage.Ask(files, Play.Cast.Named("sale recipient"), Play.Node.Endpoint, "--fetch", fetch));

        run.Code.ShouldBe(2, run.Errors);
        run.Output.ShouldContain("EXPOSED     4");
        run.Output.ShouldContain("5,000,000 USDC");
        run.Output.ShouldContain("conversion, internal]");
        run.Output.ShouldContain("[to a contract]");
        run.Output.ShouldContain("nothing is known to be missing");
        run.Output.ShouldContain(fetch == "blocks" ? "it was not asked about any single address" : "single addresses, and knows them now");
        run.Errors.ShouldStartWith("fetching ");
    }

    [SkippableFact]
    public async Task Trace_OfAWalletBehindAMixer_IsIncompleteAndNamesIt()
    {
        using Files files = new();
        ConsoleRun run = await ConsoleRun.Of(stage.Ask(files, Play.Cast.Watched, Play.Node.Endpoint, "--fetch", "addresses"));

        run.Code.ShouldBe(3, run.Errors);
        run.Output.ShouldContain("INCOMPLETE");
        run.Output.ShouldContain("mixer: Tornado.Cash: 100 ETH");
        run.Output.ShouldContain("went in  100 ETH");
        run.Output.ShouldContain("came out 100 ETH");
    }

    [SkippableFact]
    public async Task Trace_OfAWalletFiveHopsAway_FindsNothing() =>
        (await ConsoleRun.Of(stage.Ask(new Files(), Play.Cast.Wallet(6), Play.Node.Endpoint))).Code.ShouldBe(0);

    [SkippableTheory]
    [InlineData("blocks")]
    [InlineData("addresses")]
    public async Task SavedGraph_AnswersTheSameOffline(string fetch)
    {
        using Files files = new();
        Address wallet = Play.Cast.Named("sale recipient");
        string[] live = stage.Ask(files, wallet, Play.Node.Endpoint, "--format", "json");
        ConsoleRun online = await ConsoleRun.Of([.. live, "--fetch", fetch, "--output-graph", files["case.cwg"]]);
        ConsoleRun offline = await ConsoleRun.Of([.. live.Where(a => a != "--ethereum" && !a.StartsWith("http", StringComparison.Ordinal)), "--graph", files["case.cwg"]]);

        offline.Code.ShouldBe(2, offline.Errors);
        Body(offline).ShouldBe(Body(online));
        offline.Errors.ShouldBeEmpty();
    }

    [SkippableTheory]
    [InlineData("blocks")]
    [InlineData("addresses")]
    public async Task NodeSwitchedOff_TheStateAnswersTheSame(string fetch)
    {
        using Files files = new();
        Address wallet = Play.Cast.Named("sale recipient");
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        ConsoleRun online = await ConsoleRun.Of(stage.Ask(files, wallet, proxy.Endpoint, "--format", "json", "--fetch", fetch, "--state", files["state"]));
        int requests = proxy.Requests;
        ConsoleRun again = await ConsoleRun.Of(stage.Ask(files, wallet, proxy.Endpoint, "--format", "json", "--fetch", fetch, "--state", files["state"]));
        ConsoleRun off = await ConsoleRun.Of(stage.Ask(files, wallet, new Uri("http://127.0.0.1:1"), "--format", "json", "--fetch", fetch, "--state", files["state"]));

        again.Output.ShouldBe(online.Output);
        (proxy.Requests - requests).ShouldBeLessThan(40, "only what the node is, and its newest block");
        off.Output.ShouldBe(online.Output);
        off.Code.ShouldBe(2);
        off.Errors.ShouldStartWith("warning: http://127.0.0.1:1: eth_chainId: cannot be reached");
    }

    public static TheoryData<string> TransientFaults => new(["429", "rate limit", "cut", "invalid JSON", "wrong id", "500", "empty logs", "partial logs"]);

    [SkippableTheory]
    [MemberData(nameof(TransientFaults))]
    public async Task TransientFault_TheAnswerIsTheSame(string name)
    {
        using Files files = new();
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        string[] args = stage.Ask(files, Play.Cast.Named("sale recipient"), proxy.Endpoint, "--format", "json", "--fetch", "addresses");
        ConsoleRun expected = await ConsoleRun.Of(args);
        Fault fault = proxy.Inject(name switch
        {
            "429" => Fault.TooManyRequests(1),
            "rate limit" => Fault.RateLimitedUnder200(1),
            "cut" => Fault.CutConnection(1),
            "invalid JSON" => Fault.InvalidJson(1),
            "wrong id" => Fault.WrongId(1),
            "500" => Fault.ServerError(500, 1),
            "empty logs" => Fault.EmptyArray("eth_getLogs", 1),
            _ => Fault.PartialLogs(1),
        });
        ConsoleRun run = await ConsoleRun.Of(args);

        run.Code.ShouldBe(2, run.Errors);
        Body(run).ShouldBe(Body(expected));
        fault.Used.ShouldBe(1);
    }

    [SkippableFact]
    public async Task Budget_WhenReached_IsIncomplete()
    {
        using Files files = new();
        ConsoleRun run = await ConsoleRun.Of(stage.Ask(files, Play.Cast.Wallet(6), Play.Node.Endpoint, "--fetch", "addresses", "--max-addresses", "2"));

        run.Code.ShouldBe(3, run.Errors);
        run.Output.ShouldContain("fetching ended at the limit of 2 addresses");
    }

    [SkippableFact]
    public async Task NoAddressQueries_ReadsBlocks()
    {
        using Files files = new();
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        ConsoleRun run = await ConsoleRun.Of(stage.Ask(files, Play.Cast.Wallet(5), proxy.Endpoint, "--no-address-queries"));

        run.Code.ShouldBe(2, run.Errors);
        proxy.CallsOf("eth_getLogs").ShouldBe(0);
        (await ConsoleRun.Of(stage.Ask(files, Play.Cast.Wallet(5), proxy.Endpoint, "--no-address-queries", "--fetch", "addresses"))).Errors.ShouldContain("which is forbidden (--no-address-queries)");
    }

    [SkippableFact]
    public async Task Secrets_AreNowhere()
    {
        using Files files = new();
        UriBuilder secret = new(Play.Node.Endpoint) { UserName = "someuser", Password = "topsecret", Query = "apikey=supersecretkey" };
        ConsoleRun run = await ConsoleRun.Of(stage.Ask(files, Play.Cast.Wallet(5), secret.Uri, "--format", "json", "--output-graph", files["case.cwg"], "--state", files["state"]));

        run.Code.ShouldBe(2, run.Errors);
        string everything = run.Output + run.Errors + File.ReadAllText(files["case.cwg"]) + File.ReadAllText(files["state/collected.cwl"]);
        foreach (string word in new[] { "someuser", "topsecret", "supersecretkey" })
        {
            everything.ShouldNotContain(word);
        }
    }

    [SkippableFact]
    public async Task Sources_OfAWallet_FromANode()
    {
        ConsoleRun run = await ConsoleRun.Of(
            "sources", "--to", Play.Cast.Wallet(4).ToString(), "--hops", "3", "--since", "14442835", "--ethereum", Play.Node.Endpoint.ToString(), "--fetch", "addresses");

        run.Code.ShouldBe(2, run.Errors);
        run.Output.ShouldContain("0x098B716B8Aaf21512996dC57EB0615e2383E2f96");
    }

    [SkippableFact]
    public async Task Trace_FromAnExplorer_IsExposed()
    {
        using Files files = new();
        await using ExplorerServer server = await ExplorerServer.StartAsync(Play);
        string[] args = [.. stage.Ask(files, Play.Cast.Named("sale recipient"), Play.Node.Endpoint).Where(a => a != "--ethereum" && !a.StartsWith("http", StringComparison.Ordinal)), "--etherscan", $"{server.Endpoint}?chainid=1&apikey=TESTKEY"];
        ConsoleRun run = await ConsoleRun.Of(args);

        run.Code.ShouldBe(2, run.Errors);
        run.Output.ShouldContain("EXPOSED     4");
        run.Output.ShouldContain("transfers are as the explorer tells them, and were not checked against blocks");
        (run.Output + run.Errors).ShouldNotContain("TESTKEY");
        (await ConsoleRun.Of([.. args[..^1], server.Endpoint.ToString()])).Errors.ShouldContain("in the variable CHAINWATCH_ETHERSCAN_KEY");
    }

    private static string Body(ConsoleRun run) => JsonDocument.Parse(run.Output).RootElement.GetProperty("body").GetRawText();
}
