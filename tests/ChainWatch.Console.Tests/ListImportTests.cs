namespace ChainWatch.Console.Tests;

public sealed class ListImportTests : IDisposable
{
    private readonly Files _files = new();

    [Theory]
    [InlineData("")]
    [InlineData("Case")]
    [InlineData("../case")]
    [InlineData("a/b")]
    [InlineData("case 1")]
    [InlineData("case-")]
    public async Task Name_WithOtherCharacters_IsRefused(string name)
    {
        (await Import(Own(1), name)).ShouldFail("expected lower-case letters, digits and hyphens");
        Directory.Exists(_files["lists"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("ofac-sdn", "designations by OFAC")]
    [InlineData("dprk-attributed", "attributions by")]
    [InlineData("tokens", "is no list of attributions")]
    [InlineData("stops", "is no list of attributions")]
    public async Task Name_OfAListOfThisProgram_IsRefused(string name, string expected) => (await Import(Own(1), name)).ShouldFail(name, expected);

    [Fact]
    public async Task ListOfAnotherAuthority_IsNotReplaced()
    {
        (await Import(Own(2), "case-1")).Code.ShouldBe(0);
        (await Import(Own(2), "case-1", "--authority", "a desk")).ShouldFail("case-1: the list that is there holds attributions by user", "attributions by a desk");
    }

    [Fact]
    public async Task ListShrinkingByMoreThanHalf_IsNotReplaced()
    {
        (await Import(Own(5), "case-1")).Code.ShouldBe(0);
        (await Import(Own(2), "case-1")).ShouldFail("has 5 entries", "has 2", "shrinks by more than half");
        (await Import(Own(3), "case-1")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task OlderList_DoesNotReplaceANewerOne()
    {
        (await Import(Own(2), "case-1", "--as-of", "2026-05-02")).Code.ShouldBe(0);
        (await Import(Own(2), "case-1", "--as-of", "2026-05-01")).ShouldFail("as of 2026-05-02", "as of 2026-05-01", "expected a newer one");
    }

    [Fact]
    public async Task SameDay_AnotherListIsAnotherVersion()
    {
        (await Import(Own(2), "case-1")).Output.ShouldContain("version 2026-09-30.1");
        (await Import(Own(2), "case-1")).Output.ShouldContain("version 2026-09-30.1");
        (await Import(Own(3), "case-1")).Output.ShouldContain("version 2026-09-30.2");
    }

    [Fact]
    public async Task FolderOfSomethingElse_IsNotWrittenTo()
    {
        Directory.CreateDirectory(_files["lists/case-1"]);
        _files.Write("lists/case-1/addresses.csv", "mine");
        (await Import(Own(1), "case-1")).ShouldFail("has no manifest.json");
        File.ReadAllText(_files["lists/case-1/addresses.csv"]).ShouldBe("mine\n");
    }

    [Fact]
    public async Task TheListsOwnFile_IsNotItsSource()
    {
        (await Import(Own(2), "case-1")).Code.ShouldBe(0);
        _files.Write("lists/case-1/own.csv", "address", "0x1111111111111111111111111111111111111111");
        (await Import(_files["lists/case-1/own.csv"], "case-1")).ShouldFail("own.csv");
    }

    [Theory]
    [InlineData("csv", "is a folder")]
    [InlineData("ofac", "is a folder")]
    public async Task Folder_ForAFile_IsToldInOurWords(string kind, string expected)
    {
        string[] more = kind == "csv" ? ["--name", "case-1", "--title", "T"] : [];
        ConsoleRun run = await ConsoleRun.Of(["lists", "import", kind, Path.GetDirectoryName(Own(1))!, "--output", _files["lists"], .. more]);
        run.ShouldFail(expected);
        run.Errors.ShouldNotContain("Access to the path");
    }

    [Fact]
    public async Task OutputThatIsAFile_IsToldInOurWords()
    {
        _files.Write("lists", "a file");
        (await Import(Own(1), "case-1")).ShouldFail("the list cannot be written");
    }

    [Fact]
    public async Task OwnRow_WithoutAnyDate_CountsFromTheListsAndSaysSo()
    {
        string file = _files.Write("own.csv", "address,stated_on", "0x1111111111111111111111111111111111111111,", "0x2222222222222222222222222222222222222222,2024-05-06");
        (await Import(file, "case-1")).Code.ShouldBe(0);
        string[] question = ["screen", "0x1111111111111111111111111111111111111111", "0x2222222222222222222222222222222222222222", "--lists", _files["lists"]];
        (await ConsoleRun.Of([.. question, "--format", "csv"])).Rows().Select(row => row["came_on"]).ShouldBe(["", "2024-05-06"]);
        ConsoleRun text = await ConsoleRun.Of(question);
        text.Output.ShouldContain("no date known; counted from the list's date 2026-09-30");
        text.Output.ShouldContain("stated 2024-05-06");
        (await ConsoleRun.Of([.. question, "--format", "json"])).Output.ShouldContain("\"stated_on\": null");
    }

    [Fact]
    public async Task Ofac_CutRemarks_AreToldOnStderrAndTenAreShown()
    {
        // SDN.CSV cuts remarks at 1,000 characters.
        string address = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
        string cut = $"Digital Currency Address - XBT {address}; ".PadRight(1000, 'x');
        string rows = string.Concat(Enumerable.Range(1, 12).Select(i => $"{9000 + i},\"DOE, John {i}\",\"individual\",\"CYBER2\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"{cut}\"\r\n"));
        File.WriteAllText(_files["sdn.csv"], rows + "\u001a");
        ConsoleRun run = await ConsoleRun.Of("lists", "import", "ofac", _files["sdn.csv"], "--output", _files["lists"], "--date", "2024-01-01");
        run.Code.ShouldBe(0, run.Errors);
        string[] lines = run.Errors.TrimEnd('\n').Split('\n');
        lines.Length.ShouldBe(11);
        lines.ShouldAllBe(line => line.StartsWith("warning: "));
        lines[0].ShouldContain("12 problems (12 cut-");
        lines[0].ShouldContain("manifest.json");
        lines[1].ShouldContain("DOE, John 1 (uid 9001)");
    }

    public void Dispose() => _files.Dispose();

    private string Own(int count) => _files.Write($"own{count}.csv", ["address", .. Enumerable.Range(1, count).Select(i => $"0x{i:x40}")]);

    private Task<ConsoleRun> Import(string file, string name, params string[] more) =>
        ConsoleRun.Of(["lists", "import", "csv", file, "--name", name, "--title", "Case 1", "--output", _files["lists"], .. more]);
}
