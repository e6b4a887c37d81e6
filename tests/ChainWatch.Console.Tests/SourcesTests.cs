using System.Text.Json;

namespace ChainWatch.Console.Tests;

public sealed class SourcesTests
{
    private static readonly string[] Question = ["sources", "--to", "0xe75e053856692c390700cb1f09928e1a1c9e2019", "--hops", "5", "--transfers", Files.Bybit];

    [Fact]
    public async Task Csv_EverySourceWithItsListEntries()
    {
        ConsoleRun run = await ConsoleRun.Of([.. Question, "--format", "csv"]);

        run.Code.ShouldBe(2);
        IReadOnlyList<IReadOnlyDictionary<string, string>> rows = run.Rows();
        rows.Select(row => row["address"]).Distinct().Count().ShouldBe(5);
        rows.Count(row => row["attributed_by"] == "FBI" && row["status"] == "Attributed").ShouldBe(3);
        rows.Single(row => row["hops"] == "1")["address"].ShouldBe("0x327Ffe25f330D2d809106Ace581099aD1AF9bA23");
    }

    [Fact]
    public async Task Json_SaysThatTheAnswerIsIncomplete()
    {
        using JsonDocument json = JsonDocument.Parse((await ConsoleRun.Of([.. Question, "--format", "json"])).Output);

        json.RootElement.GetProperty("complete").GetBoolean().ShouldBeFalse();
        json.RootElement.GetProperty("sources").GetArrayLength().ShouldBe(5);
    }

    [Fact]
    public async Task Text_NamesTheListedSourcesWithTheirPaths()
    {
        ConsoleRun run = await ConsoleRun.Of(Question);

        run.Output.ShouldContain("Where did the funds of 0xe75E053856692C390700CB1f09928E1a1c9E2019 come from, within 5 hops?");
        run.Output.ShouldContain("At most 2 hops away: 0xF302572594a68aA8F951faE64ED3aE7DA41c72Be");
        run.Output.ShouldContain("attributed to TraderTraitor by FBI (Bybit 2025-02-21)");
    }

    [Fact]
    public async Task WalletWithoutListedSource_ZeroOrThree()
    {
        using Files files = new();
        string file = files.WriteTransfers("t.csv", ("0x1111111111111111111111111111111111111111", "0x2222222222222222222222222222222222222222", 1));
        string[] question = ["sources", "--to", "0x2222222222222222222222222222222222222222", "--hops", "1", "--transfers", file];

        (await ConsoleRun.Of(question)).Code.ShouldBe(3);
        (await ConsoleRun.Of([.. question, "--complete"])).Code.ShouldBe(0);
    }
}
