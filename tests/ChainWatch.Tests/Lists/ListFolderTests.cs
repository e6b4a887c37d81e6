using ChainWatch.Labels;
using ChainWatch.Lists;

namespace ChainWatch.Tests.Lists;

public sealed class ListFolderTests
{
    private static readonly Address Alice = Address.Parse("0xdAC17F958D2ee523a2206206994597C13D831ec7");
    private static readonly Address Bob = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96", Chain.Evm(56));

    private static readonly Designation Full = new()
    {
        List = "mine",
        Address = Address.Parse("18M8bJWMzWHDBMxoLqjHHAffdRy4SrzkfB", Chain.Parse("bitcoin-cash")),
        ListedAs = "18M8bJWMzWHDBMxoLqjHHAffdRy4SrzkfB",
        Authority = Authority.Ofac,
        Document = new SourceDocument("A \"title\", with a comma", new DateOnly(2022, 4, 14), "https://example.org/a?b=c", IssuerText.Mirror, "seen\nthere"),
        Entity = "Büro №39",
        Role = Role.ServiceDeposit,
        MaySeed = true,
        Note = "=not a formula",
        EntityId = "27307",
        EntityListed = new DateOnly(2019, 9, 13),
        Programs = ["DPRK3", "CYBER2"],
        Tickers = ["XBT"],
        CameOn = new DateBounds(null, new DateOnly(2022, 4, 14)),
        WentOff = new DateBounds(null, null),
    };

    [Fact]
    public void Write_Designation_EveryPropertySurvives()
    {
        Designation bare = new() { List = "mine", Address = Alice, Authority = Authority.Ofac, Document = new SourceDocument("", null, "", IssuerText.No), CameOn = DateBounds.On(new DateOnly(2020, 1, 2)) };

        IReadOnlyList<ListEntry> read = RoundTrip([Full, bare]);

        read.Select(entry => entry.Address).ShouldBe([Full.Address, Alice]);
        ShouldBeEqual((Designation)read[0], Full);
        ShouldBeEqual((Designation)read[1], bare);
    }

    [Fact]
    public void Write_Attribution_EveryPropertySurvives()
    {
        Attribution full = new()
        {
            List = "mine",
            Address = Bob,
            Authority = new Authority(AuthorityKind.Court, "a court"),
            Document = new SourceDocument("judgment", null, "", IssuerText.Yes),
            Entity = "somebody",
            Role = Role.Victim,
            Incident = "an incident",
            StatedOn = new DateOnly(2023, 1, 1),
            Note = "a note",
        };

        RoundTrip([full]).ShouldHaveSingleItem().ShouldBe(full);
    }

    [Fact]
    public void Write_AddressThatIsNone_IsKeptAsListed()
    {
        Address slip = Address.FromCanonicalText(Chain.Parse("monero"), "5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320");

        RoundTrip([Full with { Address = slip, ListedAs = "" }]).ShouldHaveSingleItem().Address.ShouldBe(slip);
    }

    [Fact]
    public void Write_AnyOrder_GivesTheSameBytes()
    {
        ListEntry[] entries = [Full, Full with { Address = Alice, ListedAs = "" }, Full with { Address = Bob, ListedAs = "" }, Full with { Address = Bob, ListedAs = "", Entity = "Another" }];

        string[] written = [.. new[] { entries, entries.Reverse().ToArray() }.Select(order =>
        {
            using TemporaryFolder folder = TestData.NewFolder();
            string list = Path.Combine(folder.Path, "mine");
            ListFolder.Write(list, Description(), order);
            Directory.GetFiles(list).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(["addresses.csv", "manifest.json"]);
            return File.ReadAllText(Path.Combine(list, "addresses.csv")) + File.ReadAllText(Path.Combine(list, "manifest.json"));
        })];

        written[1].ShouldBe(written[0]);
        written[0].ShouldNotContain("\r");
    }

    [Fact]
    public void Write_StopsAndTokens_Survive()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        StopLabel stop = new(Bob, StopCategory.Coinjoin, "a name", "a source");
        Token token = new(Alice, "USDT", 6, "Tether", "a source");
        ListFolder.Write(Path.Combine(folder.Path, "mine"), Description(), [stop]);
        ListFolder.Write(Path.Combine(folder.Path, "tokens"), Description() with { Name = "tokens" }, [token]);

        ListSet read = ListSet.Load(folder.Path);

        read.StopLists.ShouldHaveSingleItem().Labels.ShouldBe([stop]);
        read.TokenLists.ShouldHaveSingleItem().Tokens.ShouldBe([token]);
        read.TokenLists[0].Manifest!.Refused.ShouldBe(["row 7: no address"]);
    }

    [Fact]
    public void Write_NothingOrTwiceOrMixed_IsAnErrorAndWritesNothing()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string list = Path.Combine(folder.Path, "mine");
        Attribution attribution = new() { List = "mine", Address = Alice, Authority = Authority.User, Document = Full.Document, StatedOn = default };

        Should.Throw<ChainWatchException>(() => ListFolder.Write(list, Description(), Array.Empty<ListEntry>())).Message.ShouldContain("the list would be empty");
        Should.Throw<ChainWatchException>(() => ListFolder.Write(list, Description(), [Full, Full])).Message.ShouldContain("stands twice on the list");
        Should.Throw<ChainWatchException>(() => ListFolder.Write(list, Description(), [Full, attribution])).Message.ShouldContain("expected only Designations of 'mine'");
        Should.Throw<ChainWatchException>(() => ListFolder.Write(list, Description(), [Full with { Programs = ["A|B"] }])).Message.ShouldContain("'A|B' cannot be one of several texts");
        Should.Throw<ChainWatchException>(() => ListFolder.Write(list + "x", Description(), [Full])).Message.ShouldContain("expected 'minex'");

        Directory.GetFileSystemEntries(folder.Path).ShouldBeEmpty();
    }

    private static ListDescription Description() => new()
    {
        Name = "mine",
        Title = "a test",
        Version = "1",
        AsOf = new DateOnly(2024, 1, 1),
        Sources = ["one", "two"],
        HowMade = "by hand",
        Refused = ["row 7: no address"],
    };

    private static IReadOnlyList<ListEntry> RoundTrip(IReadOnlyList<ListEntry> entries)
    {
        using TemporaryFolder folder = TestData.NewFolder();
        string list = Path.Combine(folder.Path, "mine");
        ListManifest manifest = ListFolder.Write(list, Description(), entries);
        byte[] bytes = File.ReadAllBytes(Path.Combine(list, manifest.File));
        System.Text.Encoding.UTF8.GetString(bytes).ShouldEndWith("\n");

        AddressList read = ListSet.Load(folder.Path)["MINE"];
        read.AsOf.ShouldBe(new DateOnly(2024, 1, 1));
        read.Manifest!.Count.ShouldBe(entries.Count);
        return read.Entries;
    }

    // Lists inside a record are compared by reference: they are compared apart.
    private static void ShouldBeEqual(Designation actual, Designation expected)
    {
        actual.Programs.ShouldBe(expected.Programs);
        actual.Tickers.ShouldBe(expected.Tickers);
        (actual with { Programs = [], Tickers = [] }).ShouldBe(expected with { Programs = [], Tickers = [] });
    }
}
