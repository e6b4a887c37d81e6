namespace ChainWatch.Console.Tests;

public sealed class ListsTests : IDisposable
{
    private readonly Files _files = new();

    [Fact]
    public async Task Show_AllLists_VersionCountAndChecksum()
    {
        ConsoleRun run = await ConsoleRun.Of("lists", "show");

        run.Code.ShouldBe(0);
        run.Output.ShouldContain("1,053");
        run.Output.ShouldContain(Lists.ListSet.Embedded["ofac-sdn"].Manifest!.Sha256);
        run.Output.ShouldContain("stops");
    }

    [Fact]
    public async Task Show_OneList_CountsByAuthorityAndNamesWhatWasLeftOut()
    {
        ConsoleRun run = await ConsoleRun.Of("lists", "show", "dprk-attributed");

        run.Output.ShouldContain("92  FBI");
        run.Output.ShouldContain("left out: ");
        run.Output.ShouldContain("174 of them start a trace");
    }

    [Fact]
    public async Task Verify_FlippedByte_ErrorNamesTheFile()
    {
        _files.CopyList("ofac-sdn");
        (await ConsoleRun.Of("lists", "verify", _files["lists"])).Code.ShouldBe(0);
        (await ConsoleRun.Of("lists", "verify", _files["lists/ofac-sdn"])).Code.ShouldBe(0);

        string data = _files["lists/ofac-sdn/addresses.csv"];
        byte[] bytes = File.ReadAllBytes(data);
        bytes[5000] ^= 1;
        File.WriteAllBytes(data, bytes);

        (await ConsoleRun.Of("lists", "verify", _files["lists"])).ShouldFail("ofac-sdn/addresses.csv", "SHA-256");
    }

    [Fact]
    public async Task ImportCsv_ThenScreenTraceAndDiff()
    {
        string first = _files.Write("first.csv", "address,role,note", "0x1111111111111111111111111111111111111111,theft,first seen", "0x2222222222222222222222222222222222222222,broker,");
        string second = _files.Write("second.csv", "address,role,note", "0x1111111111111111111111111111111111111111,holding,first seen", "0x3333333333333333333333333333333333333333,theft,");
        ConsoleRun import = await Import(first, "old");
        import.Code.ShouldBe(0, import.Errors);
        import.Output.ShouldContain("2 addresses in force on 2026-09-30; 1 of them starts a trace");
        (await Import(second, "new")).Code.ShouldBe(0);

        ConsoleRun screen = await ConsoleRun.Of("screen", "0x1111111111111111111111111111111111111111", "--lists", _files["old"], "--format", "csv");
        screen.Code.ShouldBe(2);
        screen.Rows().Single()["attributed_by"].ShouldBe("exchange desk");
        screen.Rows().Single()["status"].ShouldBe("Attributed");

        string transfers = _files.WriteTransfers("t.csv", ("0x1111111111111111111111111111111111111111", "0x4444444444444444444444444444444444444444", 1), ("0x2222222222222222222222222222222222222222", "0x5555555555555555555555555555555555555555", 1));
        ConsoleRun trace = await ConsoleRun.Of("trace", "--lists", _files["old"], "--from", "list:case-42", "--hops", "1", "--transfers", transfers, "--format", "csv");
        trace.Rows().Select(row => row["hops"]).ShouldBe(["0", "1"]);

        ConsoleRun diff = await ConsoleRun.Of("lists", "diff", _files["old"], _files["new"]);
        diff.Code.ShouldBe(0);
        diff.Output.ShouldContain("1 added, 1 removed, 1 changed");
        diff.Output.ShouldContain("+ 0x3333333333333333333333333333333333333333");
        diff.Output.ShouldContain("- 0x2222222222222222222222222222222222222222");
    }

    [Theory]
    [InlineData("adress", "0x1111111111111111111111111111111111111111", "own.csv:1", "expected address")]
    [InlineData("address", "0x111", "own.csv:2: address", "no address")]
    [InlineData("address,role", "0x1111111111111111111111111111111111111111,thief", "own.csv:2: role", "'thief' is none of")]
    [InlineData("address,stated_on", "0x1111111111111111111111111111111111111111,1.2.2024", "own.csv:2: stated_on", "expected YYYY-MM-DD")]
    [InlineData("address,may_seed", "0x1111111111111111111111111111111111111111,maybe", "own.csv:2: may_seed", "neither yes nor no")]
    public async Task ImportCsv_BadRow_ErrorNamesFileLineAndColumn(string header, string row, string place, string expected)
    {
        (await Import(_files.Write("own.csv", header, row), "out")).ShouldFail(place, expected);
        Directory.Exists(_files["out"]).ShouldBeFalse();
    }

    public void Dispose() => _files.Dispose();

    private Task<ConsoleRun> Import(string file, string folder) => ConsoleRun.Of(
        "lists", "import", "csv", file, "--name", "case-42", "--title", "Addresses of case 42", "--output", _files[folder], "--authority", "exchange desk");
}
