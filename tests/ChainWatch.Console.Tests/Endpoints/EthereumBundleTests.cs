using ChainWatch.Console.Tests.Bundles;
using ChainWatch.TestNodes.Explorer;
using ChainWatch.TestNodes.Faults;
using ChainWatch.TestNodes.Ronin;

namespace ChainWatch.Console.Tests.Endpoints;

/// <summary><c>bundle --ethereum</c> and <c>--etherscan</c> against a real node, verified when nobody answers any more.</summary>
public sealed class EthereumBundleTests(RoninStage stage) : IClassFixture<RoninStage>
{
    private RoninReenactment Play => stage.Play;

    [SkippableTheory]
    [InlineData("blocks")]
    [InlineData("addresses")]
    public async Task Node_GoneAfterwards_TheAnswersGiveTheTransfersAgain(string fetch)
    {
        using Files files = new();
        string zip = files["case.zip"];
        await using (FaultProxy proxy = new(Play.Node.Endpoint))
        {
            UriBuilder secret = new(proxy.Endpoint) { UserName = "someuser", Password = "topsecret", Query = "apikey=supersecretkey" };
            ConsoleRun bundle = await ConsoleRun.Of([.. Ask(files, "--ethereum", secret.Uri), "--fetch", fetch, "--output", zip]);
            bundle.Code.ShouldBe(2, bundle.Errors);
        }

        ConsoleRun verify = await ConsoleRun.Of("verify", zip);
        verify.Code.ShouldBe(0, verify.Errors);
        verify.Output.ShouldContain("they give the transfers of transfers.cwg again, byte for byte");
        BundleFiles.ShouldHoldNone(zip, "someuser", "topsecret", "supersecretkey", Convert.ToBase64String("someuser:topsecret"u8));
        BundleFiles.Text(zip, "acquisition.json").ShouldContain("\"client_version\": \"anvil/");
        BundleFiles.Text(zip, "acquisition/index.jsonl").ShouldContain("\"method\":\"eth_chainId\"");
        BundleFiles.Text(zip, "report.json").ShouldContain("\"evidence\": \"fact\"");
    }

    [SkippableFact]
    public async Task Node_AnAnswerChangedAndHashedAnew_IsFoundByTheReplay()
    {
        using Files files = new();
        string zip = files["case.zip"];
        (await ConsoleRun.Of([.. Ask(files, "--ethereum", Play.Node.Endpoint), "--fetch", "blocks", "--output", zip])).Code.ShouldBe(2);
        IReadOnlyDictionary<string, byte[]> inside = BundleFiles.Read(zip);

        // A value in a trace carries no proof of its own: only what it gives differs.
        string answer = inside.First(f => f.Key.StartsWith("acquisition/responses/", StringComparison.Ordinal) && System.Text.Encoding.UTF8.GetString(f.Value).Contains("\"value\":\"0x56bc75e2d63100000\"", StringComparison.Ordinal)).Key;
        string forged = BundleFiles.Forge(zip, answer, b => BundleFiles.Replaced(b, "\"value\":\"0x56bc75e2d63100000\"", "\"value\":\"0x56bc75e2d63100001\""));
        (await ConsoleRun.Of("verify", forged)).ShouldFail("transfers.cwg:", "is not what the answers of the endpoint give");
        string missing = BundleFiles.Forge(zip, "acquisition/index.jsonl", b => b[(b.AsSpan().IndexOf((byte)'\n') + 1)..]);
        (await ConsoleRun.Of("verify", missing)).ShouldFail("acquisition/index.jsonl: names ");
        string asked = BundleFiles.Forge(zip, "acquisition/index.jsonl", b => BundleFiles.Replaced(b, "eth_chainId", "eth_chainIt"));
        (await ConsoleRun.Of("verify", asked)).ShouldFail("acquisition/index.jsonl: the transfers cannot be taken from the answers again: ", "no answer was kept to eth_chainId []");
    }

    [SkippableTheory]
    [InlineData("429")]
    [InlineData("partial logs")]
    public async Task Node_ThatFailsNowAndThen_IsReplayedWithItsFailures(string name)
    {
        using Files files = new();
        await using FaultProxy proxy = new(Play.Node.Endpoint);
        Fault fault = proxy.Inject(name == "429" ? Fault.TooManyRequests(2) : Fault.PartialLogs(1));
        ConsoleRun bundle = await ConsoleRun.WithoutDelays([.. Ask(files, "--ethereum", proxy.Endpoint), "--fetch", "addresses", "--output", files["case.zip"]]);

        bundle.Code.ShouldBe(2, bundle.Errors);
        fault.Used.ShouldBeGreaterThan(0);
    }

    [SkippableFact]
    public async Task Node_AtALimitOfRequests_SaysThatItIsNotReplayed()
    {
        using Files files = new();
        ConsoleRun bundle = await ConsoleRun.Of([.. Ask(files, "--ethereum", Play.Node.Endpoint), "--fetch", "addresses", "--max-requests", "5", "--output", files["case.zip"]]);

        bundle.Code.ShouldBe(3, bundle.Errors);
        bundle.Output.ShouldContain("the transfers were not taken from them again: the fetching ended at a limit");
    }

    [SkippableFact]
    public async Task Explorer_GoneAfterwards_TheAnswersGiveTheTransfersAgain()
    {
        using Files files = new();
        string zip = files["case.zip"];
        await using (ExplorerServer server = await ExplorerServer.StartAsync(Play))
        {
            ConsoleRun bundle = await ConsoleRun.Of([.. Ask(files, "--etherscan", new Uri($"{server.Endpoint}?chainid=1&apikey=TESTKEY")), "--output", zip]);
            bundle.Code.ShouldBe(2, bundle.Errors);
        }

        ConsoleRun verify = await ConsoleRun.Of("verify", zip);
        verify.Code.ShouldBe(0, verify.Errors);
        verify.Output.ShouldContain("they give the transfers of transfers.cwg again, byte for byte");
        BundleFiles.ShouldHoldNone(zip, "TESTKEY", "apikey");
    }

    private string[] Ask(Files files, string source, Uri endpoint)
    {
        string[] ask = stage.Ask(files, Play.Cast.Named("sale recipient"), endpoint);
        ask[0] = "bundle";
        ask[Array.IndexOf(ask, "--ethereum")] = source;
        return ask;
    }
}
