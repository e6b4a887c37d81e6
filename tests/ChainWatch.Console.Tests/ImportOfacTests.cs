using ChainWatch.Tests.Lists.Ofac;

namespace ChainWatch.Console.Tests;

/// <summary><c>lists import ofac</c>: OFAC's publications become versions of the list, and history is kept.</summary>
public sealed class ImportOfacTests : IDisposable
{
    private const string First = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq";
    private const string Second = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
    private const string Third = "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy";
    private readonly Files _files = new();

    [Fact]
    public async Task CsvWithoutADate_OneLineAndNothingWritten()
    {
        ConsoleRun run = await ConsoleRun.Of("lists", "import", "ofac", Sdn("sdn.csv", Second), "--output", _files["lists"]);
        run.ShouldFail("sdn.csv", "date");
        Directory.Exists(_files["lists"]).ShouldBeFalse();
    }

    [Theory]
    [InlineData("SDN_ADVANCED.XML")]
    [InlineData("SDN.XML")]
    [InlineData("SDN_ENHANCED.XML")]
    public async Task Xml_ThenScreen_TheAddressesAreDesignatedWithEntityAndProgram(string form)
    {
        string file = _files.Write(form, form switch { "SDN.XML" => SdnXml.Classic(), "SDN_ENHANCED.XML" => SdnXml.Enhanced(), _ => SdnXml.Advanced() });
        ConsoleRun import = await Import(file);
        import.Code.ShouldBe(0, import.Errors);
        import.Output.ShouldContain("publication of 2026-07-30");
        import.Output.ShouldContain("4 parties");

        ConsoleRun screen = await ConsoleRun.Of("screen", SdnXml.Ronin, SdnXml.Shared, SdnXml.Suex, Second, "--lists", _files["lists"], "--format", "csv");
        screen.Code.ShouldBe(2);
        screen.Rows().Where(row => row["status"] == "Designated").Select(row => (row["address"].ToLowerInvariant(), row["program"], row["attributed_by"])).Distinct().ShouldBe(
            [(SdnXml.Ronin.ToLowerInvariant(), "DPRK3", "OFAC"), (SdnXml.Shared, "NPWMD", "OFAC"), (SdnXml.Suex.ToLowerInvariant(), "CYBER2", "OFAC")], ignoreOrder: true);
        screen.Rows().Where(row => row["address"] == Second).Select(row => row["status"]).ShouldBe([""]);
        (await ConsoleRun.Of("lists", "verify", _files["lists"])).Code.ShouldBe(0);
    }

    [Fact]
    public async Task UnknownAsset_IsRefusedByName_AndCarriedWhereAllowed()
    {
        string file = _files.Write("sdn.xml", SdnXml.Classic(more: SdnXml.Id("QQQ", "qqq1234567890")));
        (await Import(file)).ShouldFailWith(
            $"{file}: unknown asset 'QQQ' (SUEX OTC, S.R.O. uid 33151): expected one whose address format this version knows, or permission to carry its addresses unchecked");
        Directory.Exists(_files["lists"]).ShouldBeFalse();

        (await Import(file, "--allow-unknown-asset")).Code.ShouldBe(0);
        ConsoleRun screen = await ConsoleRun.Of("screen", "qqq1234567890", "--lists", _files["lists"], "--format", "csv");
        screen.Code.ShouldBe(2);
        screen.Rows().Single()["status"].ShouldBe("Designated");
        screen.Rows().Single()["entity"].ShouldBe("SUEX OTC, S.R.O.");
    }

    [Fact]
    public async Task ShrunkenByMoreThanHalf_IsRefusedAndTheOlderVersionStays()
    {
        (await Import(Sdn("first.csv", First, Second, Third), "--date", "2024-01-01")).Code.ShouldBe(0);
        Dictionary<string, string> before = Contents();

        ConsoleRun run = await Import(Sdn("second.csv", First), "--date", "2024-02-01");

        run.ShouldFail("the publication of 2024-02-01 has 1 addresses and list 'ofac-sdn' has 3 in force", "shrinks by more than half");
        Contents().ShouldBe(before);
        (await Import(Sdn("third.csv", First, Third), "--date", "2024-02-01")).Code.ShouldBe(0);
    }

    [Fact]
    public async Task OverAnOlderVersion_CameOnAndWentOffBetweenTheTwoDates()
    {
        (await Import(Sdn("first.csv", First, Second), "--date", "2024-01-01")).Code.ShouldBe(0);
        ConsoleRun run = await Import(Sdn("second.csv", First, Third), "--date", "2024-02-01");
        run.Code.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("1 address came on");
        run.Output.ShouldContain("1 address went off");

        ConsoleRun screen = await ConsoleRun.Of("screen", First, Second, Third, "--lists", _files["lists"], "--format", "csv");
        screen.Rows().ToDictionary(row => row["address"], row => (row["status"], row["went_off"])).ShouldBe(
            new Dictionary<string, (string, string)> { [First] = ("Designated", ""), [Second] = ("Delisted", "2024-01-01..2024-02-01"), [Third] = ("Designated", "") },
            ignoreOrder: true);
        screen.Rows().Single(row => row["address"] == Third)["came_on"].ShouldBe("2024-01-01..2024-02-01");
        (await ConsoleRun.Of("screen", Second, "--as-of", "2024-01-01", "--lists", _files["lists"])).Code.ShouldBe(2);
    }

    [Theory]
    [InlineData("empty.xml", "")]
    [InlineData("cut.xml", "<?xml version=\"1.0\"?><sdnList xmlns=\"http://tempuri.org/sdnList.xsd\"><publshInformation><Publish_Date>07/30/2026</Publish_Date>")]
    public async Task EmptyOrCutFile_IsRefused(string name, string text)
    {
        await File.WriteAllTextAsync(_files[name], text);
        (await Import(_files[name])).ShouldFail(name);
        Directory.Exists(_files["lists"]).ShouldBeFalse();
    }

    public void Dispose() => _files.Dispose();

    private Task<ConsoleRun> Import(string file, params string[] options) => ConsoleRun.Of(["lists", "import", "ofac", file, "--output", _files["lists"], .. options]);

    private Dictionary<string, string> Contents() => Directory.EnumerateFiles(_files["lists"], "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText);

    // One party of SDN.CSV as OFAC writes it: twelve columns, no header, -0- for null, 0x1A at the end.
    private string Sdn(string name, params string[] addresses)
    {
        string remark = string.Join(' ', addresses.Select(a => $"Digital Currency Address - XBT {a};"));
        File.WriteAllText(_files[name], $"9999,\"DOE, John\",\"individual\",\"CYBER2\",-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,\"DOB 01 Jan 1980; {remark} Linked To: NOBODY.\"\r\n\u001a");
        return _files[name];
    }
}
