using ChainWatch.Lists;
using ChainWatch.Lists.Ofac;

namespace ChainWatch.Tests.Lists.Ofac;

public class OfacImportTests
{
    private const string A = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
    private const string B = "0xa0e1c89Ef1a489c9C7dE96311eD5Ce5D32c20E4B";
    private const string C = "0x3Cffd56B47B7b41c56258D9C7731ABaDc360E073";
    private const string D = "0x53b6936513e738f44FB50d2b9476730C0Ab3Bfc1";
    private static readonly DateOnly First = new(2026, 1, 10);
    private static readonly DateOnly Second = new(2026, 2, 20);
    private static readonly DateOnly Third = new(2026, 3, 30);

    [Fact]
    public void Apply_WithoutAPreviousVersion_CameOnFromThePartysDateToThePublication()
    {
        OfacImportResult result = OfacImport.Apply(null, Publication(First, Of(A, listed: new DateOnly(2019, 9, 13)), Of(B)));

        result.List.Name.ShouldBe("ofac-sdn");
        result.List.AsOf.ShouldBe(First);
        Entry(result, A).CameOn.ShouldBe(new DateBounds(new DateOnly(2019, 9, 13), First));
        Entry(result, B).CameOn.ShouldBe(new DateBounds(null, First));
        Entry(result, A).EntityListed.ShouldBe(new DateOnly(2019, 9, 13));
        Entry(result, A).Document.Seen.ShouldBe(IssuerText.Yes);
        Entry(result, A).Authority.ShouldBe(Authority.Ofac);
        Entry(result, A).MaySeed.ShouldBeTrue();
        result.CameOn.Count.ShouldBe(2);
    }

    [Fact]
    public void Apply_AddressFirstSeen_CameOnBetweenTheTwoDates()
    {
        OfacImportResult result = Over(Publication(First, Of(A)), Publication(Second, Of(A), Of(B)));

        Entry(result, B).CameOn.ShouldBe(new DateBounds(First, Second));
        Entry(result, A).CameOn.ShouldBe(new DateBounds(null, First));
        result.CameOn.Select(e => e.Address).ShouldBe([Address.Parse(B)]);
        result.WentOff.ShouldBeEmpty();
        Entry(result, B).InForceOn(First.AddDays(5)).ShouldBe(Trilean.Unknown);
        Entry(result, B).InForceOn(Second).ShouldBe(Trilean.Yes);
    }

    [Fact]
    public void Apply_AddressOfAPartyDesignatedSince_CameOnNoEarlierThanItsParty()
    {
        OfacImportResult result = Over(Publication(First, Of(A)), Publication(Second, Of(A), Of(B, listed: Second.AddDays(-3)), Of(C, listed: Second.AddDays(3))));

        Entry(result, B).CameOn.ShouldBe(new DateBounds(Second.AddDays(-3), Second));
        Entry(result, C).CameOn.ShouldBe(new DateBounds(First, Second));
    }

    [Fact]
    public void Apply_EntryKnownFromATranscription_IsThenConfirmedByTheFile()
    {
        AddressList first = OfacImport.Apply(null, Publication(First, Of(A))).List;
        Designation transcribed = (Designation)first.Entries[0] with { Document = new SourceDocument("t", First, "", IssuerText.Mirror, "a copy") };

        OfacImportResult result = OfacImport.Apply(new AddressList(first.Name, first.AsOf, [transcribed]), Publication(Second, Of(A)));

        Entry(result, A).Document.Seen.ShouldBe(IssuerText.Yes);
        Entry(result, A).Document.SeenAt.ShouldBe("OFAC SDN_ADVANCED.XML of 2026-02-20; before: a copy");
    }

    [Fact]
    public void Apply_AddressNoLongerSeen_WentOffBetweenTheTwoDatesAndStaysInTheHistory()
    {
        OfacImportResult result = Over(Publication(First, Of(A), Of(B)), Publication(Second, Of(A)));

        Entry(result, B).CameOn.ShouldBe(new DateBounds(null, First));
        Entry(result, B).WentOff.ShouldBe(new DateBounds(First, Second));
        Entry(result, B).StatusOn(Second).ShouldBe(EntryStatus.Delisted);
        Entry(result, A).WentOff.ShouldBeNull();
        result.WentOff.Select(e => e.Address).ShouldBe([Address.Parse(B)]);
    }

    [Fact]
    public void Apply_AddressThatComesBack_HasASecondInterval()
    {
        OfacImportResult gone = Over(Publication(First, Of(A), Of(B)), Publication(Second, Of(A)));
        OfacImportResult back = OfacImport.Apply(gone.List, Publication(Third, Of(A), Of(B)));

        Designation[] both = [.. back.List.Entries.Cast<Designation>().Where(e => e.Address == Address.Parse(B)).OrderBy(e => e.WentOff is null)];
        both.Select(e => e.CameOn).ShouldBe([new DateBounds(null, First), new DateBounds(Second, Third)]);
        both.Select(e => e.WentOff).ShouldBe([new DateBounds(First, Second), null]);
    }

    [Fact]
    public void Apply_AddressThatStays_KeepsItsIntervalAndTakesWhatIsNew()
    {
        OfacImportResult result = Over(
            Publication(First, Of(A, listed: new DateOnly(2019, 9, 13))),
            Publication(Second, Of(A) with { EntityName = "Renamed Group", Programs = ["CYBER2", "DPRK3"], Tickers = ["ETH", "USDT"] }));

        Designation entry = Entry(result, A);
        entry.CameOn.ShouldBe(new DateBounds(new DateOnly(2019, 9, 13), First));
        entry.WentOff.ShouldBeNull();
        entry.Entity.ShouldBe("Renamed Group");
        entry.Programs.ShouldBe(["CYBER2", "DPRK3"]);
        entry.Tickers.ShouldBe(["ETH", "USDT"]);
        entry.EntityListed.ShouldBe(new DateOnly(2019, 9, 13));
        result.CameOn.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_NameInAnotherSpelling_RenamesNobody()
    {
        OfacImportResult result = Over(
            Publication(First, Of(A) with { EntityName = "Wu Huihui" }),
            Publication(Second, Of(A) with { EntityName = "WU, Huihui" }));

        Entry(result, A).Entity.ShouldBe("Wu Huihui");
    }

    [Fact]
    public void Apply_AddressThatPassesToAnotherParty_StaysOn()
    {
        OfacImportResult result = Over(Publication(First, Of(A)), Publication(Second, Of(A) with { EntityId = "2", EntityName = "Other" }));

        Entry(result, A).Entity.ShouldBe("Other");
        Entry(result, A).EntityId.ShouldBe("2");
        Entry(result, A).CameOn.ShouldBe(new DateBounds(null, First));
        result.CameOn.ShouldBeEmpty();
        result.WentOff.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_AddressThatASecondPartyShares_HasAnEntryForEach()
    {
        OfacImportResult result = Over(Publication(First, Of(A)), Publication(Second, Of(A), Of(A) with { EntityId = "2", EntityName = "Other" }));

        Designation[] both = [.. result.List.Entries.Cast<Designation>()];
        both.Single(e => e.EntityId == "1").CameOn.ShouldBe(new DateBounds(null, First));
        both.Single(e => e.EntityId == "2").CameOn.ShouldBe(new DateBounds(First, Second));
    }

    [Fact]
    public void Apply_AddressBehindACutRemark_IsKeptAndSaidToBeUnconfirmed()
    {
        OfacPublication cut = Publication(Second, Of(A)) with { Problems = [new OfacProblem(OfacProblemKind.CutRemark, "1", "Lazarus Group", "a.k.a.")] };
        OfacImportResult result = Over(Publication(First, Of(A), Of(B)), cut);

        Entry(result, B).WentOff.ShouldBeNull();
        result.WentOff.ShouldBeEmpty();
        result.Unconfirmed.Select(e => e.Address).ShouldBe([Address.Parse(B)]);
        result.Description.Refused.ShouldContain(line => line.Contains(B, StringComparison.Ordinal));
    }

    [Fact]
    public void Apply_AddressOfAnUncutParty_GoesOffThoughAnotherRemarkIsCut()
    {
        OfacPublication cut = Publication(Second, Of(A)) with { Problems = [new OfacProblem(OfacProblemKind.CutRemark, "7", "Other", "a.k.a.")] };
        OfacImportResult result = Over(Publication(First, Of(A), Of(B)), cut);

        Entry(result, B).WentOff.ShouldBe(new DateBounds(First, Second));
    }

    [Fact]
    public void Apply_AddressThatACutRemarkMayHaveHidden_HasNoLowerBoundButItsParty()
    {
        OfacImportResult result = Over(Cut(First, Of(A), Of(B) with { EntityId = "2" }), Publication(Second, Of(A), Of(C), Of(B) with { EntityId = "2" }, Of(D) with { EntityId = "2" }));

        Entry(result, C).CameOn.ShouldBe(new DateBounds(null, Second));
        Entry(result, D).CameOn.ShouldBe(new DateBounds(First, Second));
        result.CameOn.Count.ShouldBe(2);
    }

    [Fact]
    public void Apply_HiddenAddressOfAPartyWhoseDateIsKnown_CameOnNoEarlierThanItsParty()
    {
        DateOnly listed = new(2019, 9, 13);
        OfacImportResult told = Over(Cut(First, Of(A)), Publication(Second, Of(A), Of(B, listed)));
        OfacImportResult kept = Over(Cut(First, Of(A, listed)), Publication(Second, Of(A), Of(B)));

        Entry(told, B).CameOn.ShouldBe(new DateBounds(listed, Second));
        Entry(kept, B).CameOn.ShouldBe(new DateBounds(listed, Second));
        Entry(kept, B).EntityListed.ShouldBe(listed);
    }

    [Fact]
    public void Apply_HiddenAddressThatHadGoneOff_CameBackNoEarlierThanThat()
    {
        AddressList gone = Over(Publication(First, Of(A), Of(B)), Publication(Second, Of(A))).List;
        AddressList cut = OfacImport.Apply(gone, Cut(Third, Of(A))).List;
        OfacImportResult back = OfacImport.Apply(cut, Publication(Third.AddDays(9), Of(A), Of(B)));

        back.CameOn.Single().CameOn.ShouldBe(new DateBounds(First, Third.AddDays(9)));
    }

    [Fact]
    public void Apply_OnceThePartyWasSeenWhole_TheVersionBeforeBoundsItsAddressesAgain()
    {
        AddressList whole = Over(Cut(First, Of(A)), Publication(Second, Of(A))).List;

        Entry(OfacImport.Apply(whole, Publication(Third, Of(A), Of(B))), B).CameOn.ShouldBe(new DateBounds(Second, Third));
    }

    [Fact]
    public void Write_VersionWithACutParty_IsRememberedByTheNext()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        ListManifest manifest = OfacImport.Write(folder.Path, OfacImport.Apply(null, Cut(First, Of(A))));

        manifest.Refused[^1].ShouldBe("text cut; addresses of these parties may be on the list unseen, and when one of them came on will not be known: uid 1");
        OfacImportResult next = OfacImport.Apply(ListSet.Load(folder.Path)["ofac-sdn"], Publication(Second, Of(A), Of(B)));
        Entry(next, B).CameOn.ShouldBe(new DateBounds(null, Second));
        next.Description.Refused.ShouldBeEmpty();
    }

    [Fact]
    public void Apply_TheListInHand_HasTheManifestItIsWrittenWith()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        OfacImportResult result = OfacImport.Apply(null, Cut(First, Of(A)));

        OfacImport.Write(folder.Path, result);

        ListManifest written = ListSet.Load(folder.Path)["ofac-sdn"].Manifest.ShouldNotBeNull();
        result.List.Manifest!.Sha256.ShouldBe(written.Sha256);
        result.List.Manifest.Refused.ShouldBe(written.Refused);
        result.List.Manifest.Version.ShouldBe(written.Version);
    }

    [Fact]
    public void Apply_NewAddressOfAKnownParty_TakesTheSpellingOfTheOthers()
    {
        OfacImportResult result = Over(
            Publication(First, Of(A) with { EntityName = "Wu Huihui" }),
            Publication(Second, Of(A) with { EntityName = "WU, Huihui" }, Of(B) with { EntityName = "WU, Huihui" }));

        result.List.Entity("Wu Huihui").Entries.Count.ShouldBe(2);
    }

    [SkippableFact]
    public void RealCsv_WithoutAndThenWithItsComments_DatesNothingToTheDayBetween()
    {
        DateOnly day = new(2024, 5, 3);
        string sdn = TestData.Real("lists/ofac/sdn.2024-05-03.csv");
        string comments = TestData.Real("lists/ofac/watchman-sdn_comments.2025-12-24.csv");
        AddressList cut = OfacImport.Apply(null, OfacSdn.Read(sdn, new() { PublicationDate = day })).List;
        OfacImportResult whole = OfacImport.Apply(cut, OfacSdn.Read(sdn, new() { PublicationDate = day, CommentsFile = comments }));

        whole.CameOn.Count.ShouldBe(229);
        whole.CameOn.ShouldAllBe(entry => entry.CameOn == new DateBounds(null, day));
        whole.CameOn.ShouldContain(entry => entry.Address == Address.Parse("123WBUDmSJv4GctdVEz6Qq6z8nXSKrJ4KX"));
    }

    [Fact]
    public void ShippedList_UnderNamesInTheStyleOfTheCsv_KeepsItsSelectorsAndReportsNoRenaming()
    {
        AddressList shipped = ListSet.Load(Path.Combine(TestData.Repository, "lists"))["ofac-sdn"];
        OfacAddress[] now = [.. shipped.Entries.Cast<Designation>().Where(entry => entry.WentOff is null).Select(entry => new OfacAddress
        {
            Address = entry.Address,
            ListedAs = entry.ListedAs,
            Tickers = entry.Tickers,
            EntityName = InTheStyleOfTheCsv(entry.Entity),
            EntityId = entry.EntityId,
            Programs = entry.Programs,
        })];

        OfacImportResult result = OfacImport.Apply(shipped, new OfacPublication(shipped.AsOf.AddDays(1), OfacFormat.Csv, 19_000, now, []));

        foreach (string entity in shipped.Entries.Select(entry => entry.Entity).Distinct())
        {
            result.List.Entity(entity).Entries.Count.ShouldBe(shipped.Entity(entity).Entries.Count, entity);
        }

        result.List.Entity("Wu Huihui").Entries.ShouldNotBeEmpty();
        result.List.Entity("Lazarus Group").Entries.Count.ShouldBe(8);
        ListDiff diff = ListDiff.Between(shipped, result.List);
        (diff.Added.Count, diff.Removed.Count).ShouldBe((0, 0));
        diff.Changed.ShouldAllBe(change => change.Fields.SequenceEqual(new[] { "document" }));

        static string InTheStyleOfTheCsv(string name) => name.Split(' ', 2) is [string last, string first] ? $"{last.ToUpperInvariant()}, {first}" : name.ToUpperInvariant();
    }

    [Fact]
    public void Apply_OlderPublication_IsRefused() =>
        Should.Throw<ChainWatchException>(() => Over(Publication(Second, Of(A)), Publication(First, Of(A)))).Message
            .ShouldBe("a publication of 2026-01-10 is older than list 'ofac-sdn' as of 2026-02-20: expected a newer one");

    [Fact]
    public void Apply_ListShrunkenByMoreThanHalf_IsRefused() =>
        Should.Throw<ChainWatchException>(() => Over(Publication(First, Of(A), Of(B), Of(C)), Publication(Second, Of(A)))).Message
            .ShouldBe("the publication of 2026-02-20 has 1 addresses and list 'ofac-sdn' has 3 in force: a list that shrinks by more than half is taken for a damaged file");

    [Fact]
    public void Apply_ListShrunkenByHalf_IsTaken() =>
        Over(Publication(First, Of(A), Of(B)), Publication(Second, Of(A))).WentOff.Count.ShouldBe(1);

    [Fact]
    public void Apply_UncheckedAddressWhoseAssetIsNowKnown_StaysOn()
    {
        OfacAddress before = Of(A) with { Address = Address.FromCanonicalText(Chain.Parse("ofac:arb"), A), Tickers = ["ARB"], IsUnchecked = true };
        OfacImportResult result = Over(Publication(First, before, Of(B)), Publication(Second, Of(A) with { Tickers = ["ARB"] }, Of(B)));

        Entry(result, A).CameOn.ShouldBe(new DateBounds(null, First));
        result.List.Entries.Count.ShouldBe(2);
    }

    [Fact]
    public void Apply_OverAListOfAttributions_IsRefused() =>
        Should.Throw<ChainWatchException>(() => OfacImport.Apply(AddressList.Of("case 42", Address.Parse(A)), Publication(Second, Of(A)))).Message
            .ShouldContain("expected designations only");

    [Fact]
    public void Write_SameFileTwice_ChangesNoByte()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        using Stream once = SdnXml.Stream(SdnXml.Advanced());
        using Stream twice = SdnXml.Stream(SdnXml.Advanced());

        OfacImport.Write(folder.Path, OfacImport.Apply(null, OfacSdn.Read(once, "sdn")));
        byte[][] before = Files(folder);
        OfacImportResult again = OfacImport.Apply(ListSet.Load(folder.Path)["ofac-sdn"], OfacSdn.Read(twice, "sdn"));
        OfacImport.Write(folder.Path, again);

        again.CameOn.ShouldBeEmpty();
        again.WentOff.ShouldBeEmpty();
        Files(folder).ShouldBe(before);
        ListSet.Load(folder.Path)["ofac-sdn"].Entity("Lazarus Group").Entries.Count.ShouldBe(1);
    }

    [Fact]
    public void Write_UncheckedAddresses_AreReadBack()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        using Stream stream = SdnXml.Stream(SdnXml.Classic(more: SdnXml.Id("NEWCOIN", "abCd1") + SdnXml.Id("XBT", SdnXml.Suex[..^1] + "W")));
        OfacPublication sdn = OfacSdn.Read(stream, "sdn", new() { AllowUnknownAsset = true, AllowFailedCheck = true });

        OfacImport.Write(folder.Path, OfacImport.Apply(null, sdn));

        ListSet.Load(folder.Path)["ofac-sdn"].Entries.Select(e => e.Address).ShouldBe(sdn.Addresses.Select(a => a.Address), ignoreOrder: true);
    }

    [Fact]
    public void Write_AnotherListOfTheSameDay_HasTheNextVersion()
    {
        using TemporaryFolder folder = TestData.NewFolder();
        ListManifest first = OfacImport.Write(folder.Path, OfacImport.Apply(null, Publication(First, Of(A))));
        ListManifest second = OfacImport.Write(folder.Path, OfacImport.Apply(ListSet.Load(folder.Path)["ofac-sdn"], Publication(First, Of(A), Of(B))));

        first.Version.ShouldBe("2026-01-10.1");
        second.Version.ShouldBe("2026-01-10.2");
    }

    [SkippableFact]
    public void RealCsv_OverItself_ChangesNothing()
    {
        OfacReadOptions options = new() { PublicationDate = new DateOnly(2024, 5, 3) };
        OfacPublication sdn = OfacSdn.Read(TestData.Real("lists/ofac/sdn.2024-05-03.csv"), options);
        OfacImportResult first = OfacImport.Apply(null, sdn);
        OfacImportResult second = OfacImport.Apply(first.List, sdn);

        first.List.Entries.Count.ShouldBe(281);
        ListDiff.Between(first.List, second.List).IsEmpty.ShouldBeTrue();
        second.List.Entries.ShouldBe(first.List.Entries);
    }

    private static byte[][] Files(TemporaryFolder folder) =>
        [.. Directory.GetFiles(folder.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Select(File.ReadAllBytes)];

    private static OfacImportResult Over(OfacPublication before, OfacPublication now) => OfacImport.Apply(OfacImport.Apply(null, before).List, now);

    private static Designation Entry(OfacImportResult result, string address) => result.List.Entries.Cast<Designation>().Single(e => e.Address == Address.Parse(address));

    private static OfacPublication Publication(DateOnly date, params OfacAddress[] addresses) => new(date, OfacFormat.Advanced, 100, addresses, []);

    private static OfacPublication Cut(DateOnly date, params OfacAddress[] addresses) =>
        Publication(date, addresses) with { Problems = [new OfacProblem(OfacProblemKind.CutAddress, "1", "Lazarus Group", "XBT 1")] };

    private static OfacAddress Of(string address, DateOnly? listed = null) => new()
    {
        Address = Address.Parse(address),
        Tickers = ["ETH"],
        EntityName = "Lazarus Group",
        EntityId = "1",
        EntityListed = listed,
        Programs = ["DPRK3"],
        PartyType = OfacPartyType.Entity,
    };
}
