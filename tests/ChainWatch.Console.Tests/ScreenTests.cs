namespace ChainWatch.Console.Tests;

public sealed class ScreenTests
{
    private const string Lazarus = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
    private const string TornadoPool = "0x12D66f87A04A9E220743712cE6d9bB1B5616B8Fc";
    private const string BybitAddress = "0x51E9d833Ecae4E8D9D8Be17300AEE6D3398C135D";
    private const string Nobody = "0x00000000219ab540356cBB839Cbe05303d7705Fa";

    [Fact]
    public async Task Text_DesignatedAddress_SaysWhoSinceWhenAndThatTheEntityIsOlder()
    {
        ConsoleRun run = await ConsoleRun.Of("screen", Lazarus);

        run.Code.ShouldBe(2);
        run.Output.ShouldContain("DESIGNATED by OFAC: Lazarus Group");
        run.Output.ShouldContain("program DPRK3");
        run.Output.ShouldContain("this address came on 2022-04-14; the entity was designated 2019-09-13");
        run.Errors.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(Lazarus)]
    [InlineData("0x098b716b8aaf21512996dc57eb0615e2383e2f96")]
    public async Task Csv_DesignatedAddressInEitherCase_SameRow(string address)
    {
        ConsoleRun run = await ConsoleRun.Of("screen", address, "--format", "csv");

        run.Code.ShouldBe(2);
        run.Output.ShouldStartWith("address,chain,status,list,entity,program,attributed_by,document,came_on,went_off,ref\n");
        IReadOnlyDictionary<string, string> row = run.Rows().First(r => r["status"] == "Designated");
        row["address"].ShouldBe(Lazarus);
        row["list"].ShouldBe("ofac-sdn");
        row["entity"].ShouldBe("Lazarus Group");
        row["program"].ShouldBe("DPRK3");
        row["attributed_by"].ShouldBe("OFAC");
        row["came_on"].ShouldBe("2022-04-14");
        row["went_off"].ShouldBeEmpty();
    }

    [Fact]
    public async Task Csv_BeforeTheAddressCameOn_OneRowWithEmptyStatus()
    {
        ConsoleRun run = await ConsoleRun.Of("screen", Lazarus, "--as-of", "2022-03-29", "--format", "csv");

        run.Code.ShouldBe(0);
        run.Rows().Count.ShouldBe(1);
        run.Rows()[0]["status"].ShouldBeEmpty();
    }

    [Fact]
    public async Task Text_LaterThanTheLists_SaysHowFarTheySpeak()
    {
        (await ConsoleRun.AtWidth(400, "screen", Lazarus, "--as-of", "2026-08-21")).Output.ShouldContain("as of 2026-08-21; the lists speak only to the dates given");
        (await ConsoleRun.AtWidth(400, "screen", Lazarus, "--as-of", "2026-08-20")).Output.ShouldNotContain("speak only");
    }

    [Fact]
    public async Task Csv_TornadoPool_DesignatedIn2023AndDelistedSince()
    {
        ConsoleRun then = await ConsoleRun.Of("screen", TornadoPool, "--as-of", "2023-01-01", "--format", "csv");
        then.Code.ShouldBe(2);
        then.Rows().ShouldContain(row => row["status"] == "Designated");

        ConsoleRun today = await ConsoleRun.Of("screen", TornadoPool, "--format", "csv");
        today.Code.ShouldBe(0);
        today.Rows().ShouldAllBe(row => row["status"] == "Delisted");
        today.Rows()[0]["went_off"].ShouldBe("2025-03-21");
    }

    [Fact]
    public async Task BybitAddress_AttributedByTheFbiAndNotOnTheSdnList()
    {
        ConsoleRun csv = await ConsoleRun.Of("screen", BybitAddress, "--format", "csv");
        csv.Code.ShouldBe(2);
        csv.Rows().ShouldAllBe(row => row["status"] == "Attributed" && row["attributed_by"] == "FBI" && row["list"] == "dprk-attributed");

        ConsoleRun text = await ConsoleRun.Of("screen", BybitAddress);
        text.Output.ShouldContain("by FBI; not a sanctions designation");
        text.Output.ShouldNotContain("DESIGNATED");
    }

    [Fact]
    public async Task Text_AddressOnNoList_SaysWhatWasAskedAndWhatThatCannotTell()
    {
        ConsoleRun run = await ConsoleRun.Of("screen", Nobody);

        run.Code.ShouldBe(0);
        run.Output.ShouldContain("no exact match in [");
        run.Output.ShouldContain("ofac-sdn 2026-08-20");
        run.Output.ReplaceLineEndings(" ").ShouldContain("lists are not exhaustive (OFAC FAQ 562); ownership (50 % rule) is not assessed");
    }

    [Fact]
    public async Task File_EveryAddressOnTheSdnList_IsDesignated()
    {
        string[] addresses = [.. Lists.ListSet.Embedded["ofac-sdn"].Entries.Where(e => e.StatusOn(new DateOnly(2026, 8, 20)) == Lists.EntryStatus.Designated).Select(e => e.Address.ToString())];
        using Files files = new();
        string file = files.Write("all.csv", ["ref,address", .. addresses.Select((address, i) => $"r{i},{address}")]);

        ConsoleRun run = await ConsoleRun.Of("screen", "--file", file, "--format", "csv");

        run.Code.ShouldBe(2, run.Errors);
        addresses.Distinct().Count().ShouldBe(961);
        ILookup<string, string> statuses = run.Rows().ToLookup(row => row["ref"], row => row["status"]);
        Enumerable.Range(0, addresses.Length).ShouldAllBe(i => statuses[$"r{i}"].Contains("Designated"));
    }

    [Fact]
    public async Task File_BadRowBehindGoodOnes_ErrorNamesItsLineAndNothingIsAnswered()
    {
        using Files files = new();
        string file = files.Write("addresses.txt", Lazarus, "# a comment", "0x098B716B8Aaf21512996dC57EB0615e2383E2F96");

        ConsoleRun run = await ConsoleRun.Of("screen", "--file", file, "--format", "csv");

        run.ShouldFail("addresses.txt:3", "checksum");
    }

    [Fact]
    public async Task Json_OneObjectWithListsAndResults()
    {
        ConsoleRun run = await ConsoleRun.Of("screen", Lazarus, Nobody, "--format", "json");

        using System.Text.Json.JsonDocument json = System.Text.Json.JsonDocument.Parse(run.Output);
        System.Text.Json.JsonElement root = json.RootElement;
        root.GetProperty("screened").GetInt32().ShouldBe(2);
        root.GetProperty("with_match_in_force").GetInt32().ShouldBe(1);
        root.GetProperty("results")[0].GetProperty("address").GetString().ShouldBe($"eip155:1:{Lazarus}");
        root.GetProperty("results")[0].GetProperty("matches")[0].GetProperty("entity_listed").GetString().ShouldBe("2019-09-13");
        root.GetProperty("results")[0].GetProperty("matches")[0].GetProperty("came_on").GetProperty("not_after").GetString().ShouldBe("2022-04-14");
        root.GetProperty("results")[1].GetProperty("matches").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task MaxListAge_ListsOlderThanThat_NothingFoundIsIncomplete()
    {
        // The lists are of 2026-08-20, the day is 2026-09-30: 41 days.
        ConsoleRun old = await ConsoleRun.Of("screen", Nobody, "--max-list-age", "40");
        old.Code.ShouldBe(3);
        old.Output.ShouldContain("incomplete: list ofac-sdn is of 2026-08-20, 41 days old");
        old.Errors.ShouldContain("warning: list ofac-sdn");

        (await ConsoleRun.Of("screen", Nobody, "--max-list-age", "41")).Code.ShouldBe(0);
        (await ConsoleRun.Of("screen", Lazarus, "--max-list-age", "1")).Code.ShouldBe(2);
    }
}
