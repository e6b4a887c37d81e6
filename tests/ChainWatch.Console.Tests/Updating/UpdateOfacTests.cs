using System.Text.Json;
using ChainWatch.Lists;
using ChainWatch.TestNodes.Http;

namespace ChainWatch.Console.Tests.Updating;

/// <summary><c>lists update ofac</c>: what is published becomes the next version, and every version stays.</summary>
public sealed class UpdateOfacTests : IAsyncLifetime, IDisposable
{
    private const string First = "bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq";
    private const string Second = "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa";
    private const string Third = "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy";

    private static readonly SdnEntry[] Inside = [.. ListSet.Embedded["ofac-sdn"].Entries.Cast<Designation>().Where(entry => entry.WentOff is null).Select(SdnEntry.Of)];

    private readonly Files _files = new();
    private readonly ListServer _server = new();

    [Fact]
    public async Task OverTheListInsideThisProgram_ShowsWhatChangedAndKeepsHistory()
    {
        SdnEntry gone = Inside[0];
        string redated = Inside.First(entry => entry.Uid != gone.Uid && Inside.Count(other => other.Uid == entry.Uid) == 1).Uid;
        _server.Publish(SdnEntry.File("2026-09-15", Inside.Skip(1).Select(entry => entry.Uid == redated ? entry with { Listed = "2019-01-02" } : entry).Append(SdnEntry.Bitcoin("99999", Third))));
        ConsoleRun run = await Update();

        run.Code.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("List ofac-sdn: 2026-08-20.1 (1,053 rows) -> 2026-09-15.1 (1,054 rows)");
        Unwrapped(run).ShouldContain($"from {_server.Name}: ");
        run.Output.ShouldContain("1 added, 1 removed, 1 re-dated; ");
        run.Output.ShouldContain($"+ {Third} bitcoin designated by OFAC: PARTY 99999");
        run.Output.ShouldContain($"- {gone.Address} bitcoin delisted by OFAC: {gone.Party}");
        Unwrapped(run).ShouldContain("went off 2026-08-20..2026-09-15");
        Unwrapped(run).ShouldContain("-> 2019-01-02");
        Unwrapped(run).ShouldContain("not used then: dprk-attributed");
        run.Output.ShouldNotContain("SECRET42");
        _server.UserAgent.ShouldContain("chainwatch/");

        (await ConsoleRun.Of("lists", "verify", _files["lists"])).Code.ShouldBe(0);
        ConsoleRun now = await ConsoleRun.Of("screen", Third, gone.Address, "--lists", _files["lists"], "--format", "csv");
        now.Rows().Select(row => (row["status"], row["came_on"])).First().ShouldBe(("Designated", "2026-08-20..2026-09-15"));
        now.Rows().Select(row => (row["status"], row["went_off"])).Last().ShouldBe(("Delisted", "2026-08-20..2026-09-15"));

        // What was known before.
        ConsoleRun before = await ConsoleRun.Of("screen", Third, gone.Address, "--lists", _files["lists/ofac-sdn/versions/2026-08-20.1"], "--format", "csv");
        before.Rows().Select(row => row["status"]).ShouldBe(["", "Designated"]);
    }

    [SkippableFact]
    public async Task RealListOf20August_OverTheListInside_NothingCameOrWent()
    {
        string? data = Environment.GetEnvironmentVariable("CHAINWATCH_TEST_DATA");
        Skip.If(string.IsNullOrEmpty(data), "CHAINWATCH_TEST_DATA is not set: no real data to read");
        string file = Path.Combine(data!, "lists", "ofac", "ofac_current_2026-08-20.json");
        Skip.IfNot(File.Exists(file), "CHAINWATCH_TEST_DATA has no lists/ofac/ofac_current_2026-08-20.json");
        using JsonDocument json = JsonDocument.Parse(await File.ReadAllBytesAsync(file));
        SdnEntry[] real = [.. json.RootElement.GetProperty("addresses").EnumerateArray().Select(entry => new SdnEntry(
            entry.GetProperty("entity_id").ToString(), entry.GetProperty("entity_name").GetString()!, entry.GetProperty("date_listed").GetString()!,
            Texts(entry, "programs"), Texts(entry, "ofac_tickers"), entry.GetProperty("address").GetString()!))];
        real.Length.ShouldBe(961);
        _server.Publish(SdnEntry.File("2026-08-21", real));
        ConsoleRun run = await Update();

        run.Code.ShouldBe(0, run.Errors);
        run.Output.ShouldContain("961 addresses");
        run.Output.ShouldContain("0 added, 0 removed, 0 re-dated");
        run.Output.ShouldContain("-> 2026-08-21.1 (1,053 rows)");
    }

    [Fact]
    public async Task TheSamePublicationAgain_MakesNoVersionAndSaysSo()
    {
        await Start();
        _server.Publish(SdnEntry.File("2026-09-15", Entries(First, Third)));
        (await Update()).Code.ShouldBe(0);
        Dictionary<string, string> before = Contents();
        ConsoleRun again = await Update();

        again.Code.ShouldBe(0, again.Errors);
        again.Output.ShouldContain("List ofac-sdn: nothing new, version 2026-09-15.1 (3 rows) stands");
        Contents().ShouldBe(before);
        using JsonDocument json = JsonDocument.Parse((await Update("--format", "json")).Output);
        json.RootElement.GetProperty("is_new").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task ChangedPublications_OneVersionEach_AndAllAreKept()
    {
        await Start();
        _server.Publish(SdnEntry.File("2026-09-15", Entries(First, Third)));
        (await Update()).Output.ShouldContain("1 added, 1 removed, 0 re-dated");
        _server.Publish(SdnEntry.File("2026-09-15", Entries(First, Second, Third)));
        using JsonDocument json = JsonDocument.Parse((await Update("--format", "json")).Output);

        json.RootElement.GetProperty("list").GetProperty("version").GetString().ShouldBe("2026-09-15.2");
        json.RootElement.GetProperty("before").GetProperty("version").GetString().ShouldBe("2026-09-15.1");
        json.RootElement.GetProperty("added").EnumerateArray().Single().GetProperty("address").GetString()!.ShouldEndWith($":{Second}");
        json.RootElement.GetProperty("removed").GetArrayLength().ShouldBe(0);
        json.RootElement.GetProperty("publication").GetProperty("hosts").EnumerateArray().Single().GetString().ShouldBe(_server.Name);
        Directory.GetDirectories(_files["lists/ofac-sdn/versions"]).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["2026-09-01.1", "2026-09-15.1", "2026-09-15.2"]);
        (await ConsoleRun.Of("lists", "show", "ofac-sdn", "--lists", _files["lists"])).Output.ShouldContain(_files["lists/ofac-sdn/versions/2026-09-15.1"]);
        ConsoleRun diff = await ConsoleRun.Of("lists", "diff", _files["lists/ofac-sdn/versions/2026-09-01.1"], _files["lists"]);
        diff.Output.ShouldContain("ofac-sdn: 2026-09-01.1 (2 rows) -> 2026-09-15.2 (4 rows)");
    }

    [Fact]
    public async Task ImportBesideKeptVersions_IsKeptToo()
    {
        await Start();
        _server.Publish(SdnEntry.File("2026-09-15", Entries(First, Third)));
        (await Update()).Code.ShouldBe(0);
        string file = _files.Write("later.xml", SdnEntry.File("2026-09-20", Entries(First, Second)));
        (await ConsoleRun.Of("lists", "import", "ofac", file, "--output", _files["lists"])).Code.ShouldBe(0);
        Directory.GetDirectories(_files["lists/ofac-sdn/versions"]).Select(Path.GetFileName).ShouldContain("2026-09-20.1");
        (await ConsoleRun.Of("lists", "show", "--lists", _files["lists"])).Output.ShouldContain("2026-09-20.1");
    }

    [Fact]
    public async Task Json_HasThePropertiesOfTheDocument()
    {
        await Start();
        _server.Publish(SdnEntry.File("2026-09-15", Entries(First, Third).Select(entry => entry with { Listed = "2019-03-04" })));
        using JsonDocument json = JsonDocument.Parse((await Update("--format", "json")).Output);
        JsonElement root = json.RootElement;
        JsonElement redated = root.GetProperty("redated").EnumerateArray().Single();
        redated.GetProperty("dates").EnumerateArray().Select(date => date.ToString()).Single().ShouldContain("2019-03-04");
        string document = await File.ReadAllTextAsync(Path.Combine(Files.Lists, "..", "docs", "formats.md"));
        string section = document.Split("\n## Lists update JSON\n")[1].Split("\n## ")[0];
        foreach (JsonProperty property in new[] { root, root.GetProperty("list"), root.GetProperty("publication"), redated.GetProperty("dates")[0] }.SelectMany(o => o.EnumerateObject()))
        {
            section.ShouldContain($"`{property.Name}`");
        }
    }

    [Fact]
    public async Task ListAge_IsTheLists_NotTheDayOfTheUpdate()
    {
        await Start();
        _server.Publish(SdnEntry.File("2026-09-15", Entries(First, Second)));
        (await Update()).Code.ShouldBe(0);
        string[] screen = ["screen", Third, "--lists", _files["lists"], "--max-list-age"];

        (await ConsoleRun.Of([.. screen, "15"])).Code.ShouldBe(0);
        ConsoleRun old = await ConsoleRun.Of([.. screen, "14"]);
        old.Code.ShouldBe(3);
        old.Errors.ShouldContain("list ofac-sdn is of 2026-09-15, 15 days old: older than the 14 days allowed");
    }

    [Fact]
    public async Task Redirected_NamesBothHosts()
    {
        await Start();
        await using ListServer other = new();
        other.Publish(SdnEntry.File("2026-09-15", Entries(First, Second)));
        _server.Answer = LoopbackAnswer.Text("", 302) with { Headers = new Dictionary<string, string> { ["Location"] = other.Url } };
        ConsoleRun run = await Update();

        run.Code.ShouldBe(0, run.Errors);
        Unwrapped(run).ShouldContain($"from {_server.Name}, redirected to {other.Name}: ");
    }

    public static TheoryData<string, LoopbackAnswer> Refusals()
    {
        string whole = SdnEntry.File("2026-09-15", Entries(First, Third));
        return new TheoryData<string, LoopbackAnswer>
        {
            { "HTTP 403: refused, mostly by a web firewall", LoopbackAnswer.Text("<html>denied", 403) },
            { "HTTP 202 with an empty body: mostly the challenge of a web firewall", LoopbackAnswer.Text("", 202) },
            { "HTTP 404: there is no such file", LoopbackAnswer.Text("", 404) },
            { "an empty body; expected a file", LoopbackAnswer.Text("") },
            { "a web page: expected one of OFAC's SDN files", LoopbackAnswer.Text("\uFEFF<!DOCTYPE html><html><body>Request Rejected</body></html>") },
            { "is no XML; expected SDN_ADVANCED.XML, SDN.XML or SDN_ENHANCED.XML", LoopbackAnswer.Text("{\"message\":\"try later\"}") },
            { "root element 'Error': expected Sanctions, sdnList or sanctionsData", LoopbackAnswer.Text("<Error><Code>AccessDenied</Code></Error>") },
            { "cut short: ", LoopbackAnswer.Text(whole) with { CutInTheMiddle = true } },
            { "the file is cut short", LoopbackAnswer.Text(whole[..(whole.Length / 2)]) },
            { "no digital currency address in 1 parties", LoopbackAnswer.Text(SdnEntry.File("2026-09-15", [SdnEntry.Bitcoin("1", First) with { Tickers = [] }])) },
            { "a publication of 2026-08-31 is older than list 'ofac-sdn' as of 2026-09-01", LoopbackAnswer.Text(SdnEntry.File("2026-08-31", Entries(First, Second))) },
            { "which is not followed; expected one to https://", LoopbackAnswer.Text("", 302) with { Headers = new Dictionary<string, string> { ["Location"] = "http://mirror.example/x" } } },
            { "HTTP 503: the server fails; expected to be asked later", LoopbackAnswer.Text("", 503) },
        };
    }

    [Theory]
    [MemberData(nameof(Refusals))]
    public async Task WhatIsNoWholeList_IsRefusedInOneLineAndNothingIsWritten(string expected, LoopbackAnswer answer)
    {
        await Start();
        Dictionary<string, string> before = Contents();
        _server.Answer = answer;
        ConsoleRun run = await Update();

        run.ShouldFail(expected, _server.Name);
        run.Errors.ShouldNotContain("SECRET42");
        Contents().ShouldBe(before);
    }

    [Fact]
    public async Task ShrunkenByMoreThanHalf_AgainstTheListInside_IsRefusedAndNoFolderIsMade()
    {
        _server.Publish(SdnEntry.File("2026-09-15", Inside.Take(400)));
        (await Update()).ShouldFail("addresses and list 'ofac-sdn' has 9", "a list that shrinks by more than half is taken for a damaged file");
        Directory.Exists(_files["lists"]).ShouldBeFalse();
    }

    [Fact]
    public async Task Firewall_SaysWhatElseCanBeDone()
    {
        _server.Answer = LoopbackAnswer.Text("", 403);
        (await Update()).ShouldFail($"where a browser gets the file, 'chainwatch lists import ofac FILE --output {_files["lists"]}' reads it");
    }

    [Fact]
    public async Task UnknownAsset_IsRefusedByName_AndCarriedWhereAllowed()
    {
        await Start();
        _server.Publish(SdnEntry.File("2026-09-15", Entries(First, Second).Append(SdnEntry.Bitcoin("77", "qqq1234567890") with { Tickers = ["QQQ"] })));
        (await Update()).ShouldFail("unknown asset 'QQQ'");
        ConsoleRun allowed = await Update("--allow-unknown-asset");
        allowed.Code.ShouldBe(0, allowed.Errors);
        allowed.Output.ShouldContain("+ qqq1234567890");
    }

    [Fact]
    public async Task DamagedListAtHand_IsToldBeforeAnythingIsAskedFor()
    {
        await Start();
        File.AppendAllText(_files["lists/ofac-sdn/addresses.csv"], "x");
        (await Update()).ShouldFail("addresses.csv: its SHA-256 is");
        _server.Requests.ShouldBe(0);
    }

    [Theory]
    [InlineData("--url: http://mirror.example: expected https://; plain http is taken from this machine alone", "http://me:pw@mirror.example/SECRET42")]
    [InlineData("--url: is no URL; expected http://HOST:PORT or https://HOST/…", "SECRET42")]
    public async Task BadUrl_IsOneLineWithoutSecrets(string expected, string url)
    {
        (await ConsoleRun.Of("lists", "update", "ofac", "--output", _files["lists"], "--url", url)).ShouldFailWith(expected);
        Directory.Exists(_files["lists"]).ShouldBeFalse();
    }

    [Fact]
    public async Task OutputThatIsAFile_IsToldSo()
    {
        string file = _files.Write("lists", "x");
        (await Update()).ShouldFailWith($"{file}: is a file; expected a folder of lists");
        _server.Requests.ShouldBe(0);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _files.Dispose();

    private static SdnEntry[] Entries(params string[] addresses) => [.. addresses.Select(address => SdnEntry.Bitcoin("42", address))];

    private static string Unwrapped(ConsoleRun run) => string.Join(' ', run.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string[] Texts(JsonElement entry, string property) => [.. entry.GetProperty(property).EnumerateArray().Select(text => text.GetString()!)];

    // A list newer than the one inside the program, made by hand: two addresses.
    private async Task Start()
    {
        string file = _files.Write("first.xml", SdnEntry.File("2026-09-01", Entries(First, Second)));
        (await ConsoleRun.Of("lists", "import", "ofac", file, "--output", _files["lists"])).Code.ShouldBe(0);
    }

    private Task<ConsoleRun> Update(params string[] options) => ConsoleRun.WithoutDelays(["lists", "update", "ofac", "--output", _files["lists"], "--url", _server.Url, .. options]);

    private Dictionary<string, string> Contents() => Directory.EnumerateFiles(_files["lists"], "*", SearchOption.AllDirectories).ToDictionary(file => file, File.ReadAllText);
}
