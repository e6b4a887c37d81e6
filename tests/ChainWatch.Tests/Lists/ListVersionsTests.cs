using ChainWatch.Lists;

namespace ChainWatch.Tests.Lists;

public sealed class ListVersionsTests : IDisposable
{
    private static readonly Address Alice = Address.Parse("0xdAC17F958D2ee523a2206206994597C13D831ec7");
    private static readonly Address Bob = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96");
    private static readonly Address Carol = Address.Parse("0x1111111111111111111111111111111111111111");

    private readonly TemporaryFolder _folder = TestData.NewFolder();
    private readonly AddressList _first;
    private readonly AddressList _second;
    private readonly AddressList _third;

    public ListVersionsTests()
    {
        _first = Version("2024-01-01.1", Alice);
        _second = Version("2024-02-01.1", Alice, Bob);
        _third = Version("2024-02-01.10", Alice, Bob, Carol);
    }

    private string Lists => Path.Combine(_folder.Path, "lists");

    private ListVersions Versions => new(Lists, "mine");

    [Fact]
    public void Add_ThreeVersions_TheLastIsTheListAndAllAreKept()
    {
        Versions.LoadNewest().ShouldBeNull();
        foreach (AddressList list in new[] { _first, _second, _third })
        {
            Versions.Add(list);
            Addresses(ListSet.Load(Lists)["mine"]).ShouldBe(Addresses(list));
        }

        Versions.Kept.Select(m => m.Version).ShouldBe(["2024-01-01.1", "2024-02-01.1", "2024-02-01.10"]);
        Addresses(Versions.LoadNewest()!).ShouldBe(Addresses(_third));
        foreach (AddressList list in new[] { _first, _second, _third })
        {
            AddressList kept = ListSet.Load(Versions.FolderOf(list.Manifest!.Version))["mine"];
            Addresses(kept).ShouldBe(Addresses(list));
            kept.Manifest!.Sha256.ShouldBe(list.Manifest.Sha256);
        }
    }

    [Fact]
    public void Add_TheSameAgain_ChangesNoFile()
    {
        Versions.Add(_first);
        Dictionary<string, DateTime> before = Files();
        Versions.Add(_first);
        Files().ShouldBe(before);
    }

    // Whoever opened the manifest before finds the data that it names.
    [Fact]
    public void Add_DataOfTheVersionBefore_StaysForItsReadersAndGoesWithTheNext()
    {
        Versions.Add(_first);
        Versions.Add(_second);
        OwnFiles().ShouldBe(["addresses-2024-01-01.1.csv", "addresses-2024-02-01.1.csv", "manifest.json"]);
        Versions.Add(_third);
        OwnFiles().ShouldBe(["addresses-2024-02-01.1.csv", "addresses-2024-02-01.10.csv", "manifest.json"]);
    }

    [Fact]
    public void Add_OverAListThatWasWrittenWithoutVersions_KeepsItByteForByte()
    {
        ListFolder.Write(Path.Combine(Lists, "mine"), Description("2024-01-01.1"), _first.Entries);
        byte[] manifest = File.ReadAllBytes(Path.Combine(Lists, "mine", "manifest.json"));
        Versions.Add(_second);
        Versions.Kept.Select(m => m.Version).ShouldBe(["2024-01-01.1", "2024-02-01.1"]);
        File.ReadAllBytes(Path.Combine(Versions.FolderOf("2024-01-01.1"), "mine", "manifest.json")).ShouldBe(manifest);
    }

    // A kill after the version is kept, and before the list's own manifest is renamed.
    [Fact]
    public void LoadNewest_KeptAndNotYetTheList_IsTheKeptOne_AndAddMakesItTheList()
    {
        Versions.Add(_first);
        Versions.Keep(_second);
        File.WriteAllText(Path.Combine(Lists, "mine", "addresses-2024-02-01.1.csv"), "half of");
        Addresses(ListSet.Load(Lists)["mine"]).ShouldBe(Addresses(_first));

        AddressList newest = Versions.LoadNewest()!;
        Addresses(newest).ShouldBe(Addresses(_second));
        Versions.Add(newest);
        Addresses(ListSet.Load(Lists)["mine"]).ShouldBe(Addresses(_second));
    }

    // A kill while the version's folder is written.
    [Fact]
    public void Add_AfterAKillThatLeftHalfAFolder_WritesItAnew()
    {
        Versions.Add(_first);
        string unfinished = Path.Combine(Lists, "mine", "versions", ".2024-02-01.1.tmp", "mine");
        Directory.CreateDirectory(unfinished);
        File.WriteAllText(Path.Combine(unfinished, "addresses.csv"), "half of");
        Versions.Kept.Select(m => m.Version).ShouldBe(["2024-01-01.1"]);

        Versions.Add(_second);
        Versions.Kept.Select(m => m.Version).ShouldBe(["2024-01-01.1", "2024-02-01.1"]);
        Directory.Exists(unfinished).ShouldBeFalse();
    }

    [Fact]
    public void Keep_AnotherListUnderThatVersion_IsRefused()
    {
        Versions.Add(_second);
        Should.Throw<ChainWatchException>(() => Versions.Keep(Version("2024-02-01.1", Carol))).Message.ShouldContain("holds another list (SHA-256");
        Addresses(ListSet.Load(Lists)["mine"]).ShouldBe(Addresses(_second));
    }

    [Theory]
    [InlineData("../../elsewhere")]
    [InlineData(".hidden")]
    [InlineData("")]
    public void Add_VersionThatNamesNoFolder_IsRefused(string version)
    {
        Should.Throw<ChainWatchException>(() => Versions.Add(Version(version, Alice))).Message.ShouldContain("expected letters, digits");
        Directory.Exists(Lists).ShouldBeFalse();
    }

    [Fact]
    public void Kept_FolderThatIsNoVersion_IsAnError()
    {
        Versions.Add(_first);
        Directory.CreateDirectory(Path.Combine(Lists, "mine", "versions", "mine too"));
        Should.Throw<ChainWatchException>(() => Versions.Kept).Message.ShouldContain("mine too: has no mine/manifest.json");
    }

    public void Dispose() => _folder.Dispose();

    private static Address[] Addresses(AddressList list) => [.. list.Entries.Select(entry => entry.Address)];

    private string[] OwnFiles() => [.. Directory.GetFiles(Path.Combine(Lists, "mine")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    private Dictionary<string, DateTime> Files() => Directory.EnumerateFiles(Lists, "*", SearchOption.AllDirectories).ToDictionary(file => file, File.GetLastWriteTimeUtc);

    private AddressList Version(string version, params Address[] addresses)
    {
        string folder = Path.Combine(_folder.Path, Path.GetRandomFileName(), "mine");
        ListFolder.Write(folder, Description(version), [.. addresses.Select(address => new Designation
        {
            List = "mine",
            Address = address,
            Authority = Authority.Ofac,
            Document = new SourceDocument("", null, "", IssuerText.Yes),
            CameOn = DateBounds.On(new DateOnly(2024, 1, 1)),
        })]);
        return ListSet.LoadList(folder)["mine"];
    }

    private static ListDescription Description(string version) => new()
    {
        Name = "mine",
        Title = "a test",
        Version = version,
        AsOf = DateOnly.TryParseExact(version.Split('.')[0], "yyyy-MM-dd", out DateOnly day) ? day : new DateOnly(2024, 1, 1),
        Sources = ["one"],
        HowMade = "by hand",
        Refused = ["row 7: no address"],
    };
}
