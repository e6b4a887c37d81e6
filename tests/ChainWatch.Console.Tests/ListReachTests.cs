namespace ChainWatch.Console.Tests;

/// <summary>A day that the lists do not reach, and data that hold nothing: an empty answer is not "nothing there".</summary>
public sealed class ListReachTests : IDisposable
{
    private const string Nobody = "0x00000000219ab540356cBB839Cbe05303d7705Fa";
    private const string Seed = "0x1111111111111111111111111111111111111111";
    private const string Wallet = "0x2222222222222222222222222222222222222222";
    private readonly Files _files = new();

    [Fact]
    public async Task Screen_AsOfAfterTheLists_IncompleteWhereNothingIsFound()
    {
        ConsoleRun late = await ConsoleRun.Of("screen", Nobody, "--as-of", "2026-08-21");
        late.Code.ShouldBe(3);
        late.Errors.ShouldContain("the lists speak only to 2026-08-20 (dprk-attributed, ofac-sdn)");
        late.Output.ShouldContain("incomplete: the lists speak only to 2026-08-20");
        (await ConsoleRun.Of("screen", Nobody, "--as-of", "2026-08-20")).Code.ShouldBe(0);
        (await ConsoleRun.Of("screen", "0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "--as-of", "2026-08-21")).Code.ShouldBe(2);
    }

    [Fact]
    public async Task TraceAndSources_AsOfAfterTheLists_IncompleteWhereNothingIsFound()
    {
        string transfers = _files.WriteTransfers("t.csv", (Seed, Wallet, 1));
        foreach (string[] question in new string[][]
        {
            ["trace", "--from", Wallet, "--to", Seed, "--complete"],
            ["trace", "--from", Wallet, "--complete"],
            ["sources", "--to", Wallet, "--complete"],
        })
        {
            string[] args = [.. question, "--hops", "2", "--transfers", transfers];
            (await ConsoleRun.Of(args)).Code.ShouldBe(0);
            ConsoleRun late = await ConsoleRun.Of([.. args, "--as-of", "2026-09-01"]);
            late.Code.ShouldBe(3);
            late.Errors.ShouldContain("the lists speak only to 2026-08-20");
            late.Output.ShouldContain("incomplete: the lists speak only to 2026-08-20");
        }
    }

    [Fact]
    public async Task HeaderAlone_NothingIsExactAndTheAnswerIsIncomplete()
    {
        string empty = _files.Write("t.csv", "chain,block,position,time,tx,from,to,asset,value");
        ConsoleRun run = await ConsoleRun.Of("trace", "--from", Seed, "--hops", "2", "--transfers", empty, "--complete");
        run.Code.ShouldBe(3);
        run.Output.ShouldNotContain("exact");
        run.Output.ShouldContain("the data hold no transfer");
    }

    [Fact]
    public async Task WalletOutsideTheData_IsToldSo()
    {
        string transfers = _files.WriteTransfers("t.csv", (Seed, Wallet, 1));
        ConsoleRun run = await ConsoleRun.Of("trace", "--from", Seed, "--to", Wallet, Nobody, "--hops", "1", "--transfers", transfers);
        run.Output.ShouldContain($"{Nobody}: the data hold no transfer of this wallet");
        run.Output.ShouldNotContain($"{Wallet}: the data hold no transfer");
    }

    [Fact]
    public async Task SeedOutsideTheData_IsExposedAtHopZero()
    {
        string transfers = _files.WriteTransfers("t.csv", (Seed, Wallet, 1));
        ConsoleRun run = await ConsoleRun.Of("trace", "--from", Nobody, "--to", Nobody, "--hops", "1", "--transfers", transfers);
        run.Code.ShouldBe(2);
        run.Output.ShouldContain("hops 0: the wallet itself");
        run.Output.ShouldContain($"{Nobody}: the data hold no transfer of this wallet");
    }

    [Fact]
    public async Task OneAddressReached_IsToldInTheSingular()
    {
        string transfers = _files.WriteTransfers("t.csv", (Seed, Wallet, 1));
        ConsoleRun run = await ConsoleRun.Of("trace", "--from", Seed, "--hops", "1", "--transfers", transfers);
        run.Output.ShouldContain("it is at the hop limit");
        run.Output.ShouldNotContain("of the 1");
    }

    [Fact]
    public async Task Sources_Stops_HaveALastDepartureAndNoArrival()
    {
        string transfers = _files.WriteTransfers("t.csv", (Seed, Wallet, 1));
        string stops = _files.Write("stops.csv", "chain,address,category,name,source", $"ethereum,{Seed},exchange,Some,test");
        ConsoleRun run = await ConsoleRun.Of("sources", "--to", Wallet, "--hops", "1", "--transfers", transfers, "--stop-at", stops);
        run.Output.ShouldContain("last departure");
        run.Output.ShouldNotContain("arrival");
    }

    [Fact]
    public async Task SeveralLists_ATableEachWithOneRowPerWallet()
    {
        string transfers = _files.WriteTransfers("t.csv", (Seed, Wallet, 1));
        ConsoleRun run = await ConsoleRun.AtWidth(80, "trace", "--from", Seed, "list:ofac-sdn/Lazarus Group", "--to", Wallet, Nobody, "--hops", "1", "--transfers", transfers);
        string[] lines = run.Output.Split('\n');
        lines.ShouldContain($"Answer for {Seed}");
        lines.ShouldContain("Answer for ofac-sdn/Lazarus Group");
        lines.Count(line => line.StartsWith("  EXPOSED ") && line.TrimEnd().EndsWith(Wallet)).ShouldBe(1);
        lines.Count(line => line.StartsWith("  INCOMPLETE ")).ShouldBe(3);
    }

    [Fact]
    public async Task WhatThisDoesNotSay_IsTwoLines()
    {
        string transfers = _files.WriteTransfers("t.csv", (Seed, Wallet, 1));
        string output = (await ConsoleRun.Of("trace", "--from", Seed, "--hops", "1", "--transfers", transfers)).Output;
        output[output.IndexOf("What this does not say", StringComparison.Ordinal)..].TrimEnd('\n').Split('\n').Length.ShouldBe(3);
    }

    [Fact]
    public async Task Markdown_NamesTheProgramThatWroteIt()
    {
        string transfers = _files.WriteTransfers("t.csv", (Seed, Wallet, 1));
        (await ConsoleRun.Of("trace", "--from", Seed, "--hops", "1", "--transfers", transfers, "--format", "markdown")).Output.ShouldContain("chainwatch 0.1.0");
    }

    public void Dispose() => _files.Dispose();
}
