namespace ChainWatch.Console.Tests;

public sealed class TraceExitCodeTests : IDisposable
{
    private const string Seed = "0x1111111111111111111111111111111111111111";
    private const string Middle = "0x2222222222222222222222222222222222222222";
    private const string Wallet = "0x3333333333333333333333333333333333333333";
    private const string Stranger = "0x4444444444444444444444444444444444444444";
    private readonly Files _files = new();
    private readonly string _transfers;

    public TraceExitCodeTests() => _transfers = _files.WriteTransfers("t.csv", (Seed, Middle, 5), (Middle, Wallet, 3), (Stranger, Seed, 2));

    [Fact]
    public async Task ExposedWallet_Two()
    {
        ConsoleRun run = await Trace("--to", Wallet);
        run.Code.ShouldBe(2);
        run.Output.ShouldContain("EXPOSED");
        run.Output.ShouldContain("3 ETH");
    }

    [Fact]
    public async Task NoPathInCompleteData_ZeroAndNeverAWordOfApproval()
    {
        ConsoleRun run = await Trace("--to", Stranger, "--complete");
        run.Code.ShouldBe(0);
        run.Output.ShouldContain("none found");
        foreach (string word in new[] { "clean", "safe", "cleared", "violation" })
        {
            run.Output.ShouldNotContain(word, Case.Insensitive);
        }
    }

    [Fact]
    public async Task NoPathAndNobodyVouches_Three()
    {
        ConsoleRun run = await Trace("--to", Stranger);
        run.Code.ShouldBe(3);
        run.Output.ShouldContain("INCOMPLETE");
    }

    [Fact]
    public async Task PathOnlyThroughAMixer_ThreeAndALeadWithAmounts()
    {
        string stops = _files.Write("stops.csv", "chain,address,category,name,source", $"ethereum,{Middle},mixer,Blender,test");
        ConsoleRun run = await Trace("--to", Wallet, "--complete", "--stop-at", stops);
        run.Code.ShouldBe(3);
        run.Output.ShouldContain("A lead, not a path");
        run.Output.ShouldContain("mixer: Blender");
        run.Output.ShouldContain("went in  5 ETH");
        run.Output.ShouldContain("came out 3 ETH");
    }

    [Fact]
    public async Task WithoutWallets_AnyAddressReachedIsTwo_ElseZeroOrThree()
    {
        (await Trace("--complete")).Code.ShouldBe(2);
        string[] fromWallet = ["trace", "--from", Wallet, "--hops", "3", "--transfers", _transfers];
        (await ConsoleRun.Of(fromWallet)).Code.ShouldBe(3);
        (await ConsoleRun.Of([.. fromWallet, "--complete"])).Code.ShouldBe(0);
    }

    [Fact]
    public async Task SentAndBoth_AnswerTheReversedQuestion()
    {
        (await Trace("--to", Stranger, "--complete", "--direction", "sent")).Code.ShouldBe(2);
        ConsoleRun both = await Trace("--to", Stranger, Wallet, "--complete", "--direction", "both", "--format", "csv");
        both.Rows().Select(row => (row["direction"], row["address"].ToLowerInvariant(), row["hops"])).ShouldBe([("received", Wallet, "2"), ("sent", Stranger, "1")]);
    }

    [Fact]
    public async Task FileOfWallets_ReferenceComesBack()
    {
        string wallets = _files.Write("wallets.csv", "ref,address", $"customer-7,{Wallet}", $"customer-8,{Stranger}");
        ConsoleRun run = await Trace("--to", wallets);
        run.Code.ShouldBe(2);
        run.Output.ShouldContain("customer-7");
    }

    [Fact]
    public async Task FileOfSeeds_ListIsNamedAsGiven()
    {
        string seeds = _files.Write("seeds.txt", Seed, $"{Stranger} # the second");
        ConsoleRun run = await ConsoleRun.Of("trace", "--from", seeds, "--hops", "2", "--transfers", _transfers, "--format", "csv");
        run.Rows().ShouldAllBe(row => row["list"] == seeds);
        run.Rows().Count(row => row["hops"] == "0").ShouldBe(2);
    }

    [Fact]
    public async Task MinValue_NativeAndEther_AreTheSameHere()
    {
        foreach (string asset in new[] { "native=4", "ETH=4", "eth=4.0" })
        {
            ConsoleRun run = await Trace("--min-value", asset, "--format", "csv");
            run.Rows().Select(row => row["address"].ToLowerInvariant()).ShouldBe([Seed, Middle]);
        }
    }

    [Fact]
    public async Task Csv_IncompleteAnswer_IsToldOnStderr()
    {
        ConsoleRun run = await Trace("--to", Stranger, "--format", "csv");
        run.Code.ShouldBe(3);
        run.Errors.ShouldContain("warning: incomplete: ");
    }

    [Fact]
    public async Task LongAddresses_AtEightyColumns_AreWhole()
    {
        string taproot = "bc1p5cyxnuxmeuwuvkwfem96lqzszd02n6xdcjrs20cac6yqjjwudpxqkedrcr";
        string stops = _files.Write("s.csv", "chain,address,category,name,source", $"bitcoin,{taproot},exchange,An exchange with a rather long name of its own,test");
        string file = _files.Write("b.csv", "chain,block,position,time,tx,from,to,asset,value", $"bitcoin,100,1,2024-01-01T00:00:00Z,,1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa,{taproot},native,150000000");
        ConsoleRun run = await ConsoleRun.AtWidth(80, "trace", "--from", "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa", "--hops", "2", "--transfers", file, "--stop-at", stops);
        run.Code.ShouldBe(2);
        run.Output.ShouldContain(taproot);
        run.Output.ShouldContain("1.5 BTC");
        run.Output[run.Output.IndexOf("Stops", StringComparison.Ordinal)..run.Output.IndexOf("A witness", StringComparison.Ordinal)].ShouldContain(taproot);
    }

    public void Dispose() => _files.Dispose();

    private Task<ConsoleRun> Trace(params string[] more) =>
        ConsoleRun.Of(["trace", "--from", Seed, "--hops", "3", "--transfers", _transfers, .. more]);
}
