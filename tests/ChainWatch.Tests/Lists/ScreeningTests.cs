using System.Text.Json;
using ChainWatch.Lists;

namespace ChainWatch.Tests.Lists;

public sealed class ScreeningTests
{
    private const string Ronin = "0x098B716B8Aaf21512996dC57EB0615e2383E2f96";
    private const string TornadoPool = "0x910Cbd523D972eb0a6f4cAe4618aD62622b39DbF";
    private const string Bybit = "0x51E9d833Ecae4E8D9D8Be17300AEE6D3398C135D";
    private const string Nobody = "0x000000000000000000000000000000000000dEaD";

    private static ListSet Lists => ListSet.Embedded;

    [Fact]
    public void Screen_RoninAddress_IsDesignatedWithItsOwnDates()
    {
        Screening screening = Lists.Screen(Ronin);

        screening.IsInForce.ShouldBeTrue();
        ScreeningMatch match = screening.Matches[0];
        (match.Status, match.InForce, match.Entry.List).ShouldBe((EntryStatus.Designated, Trilean.Yes, "ofac-sdn"));
        Designation designation = match.Entry.ShouldBeOfType<Designation>();
        designation.Entity.ShouldBe("Lazarus Group");
        designation.EntityId.ShouldBe("27307");
        designation.Programs.ShouldBe(["DPRK3"]);
        designation.CameOn.ShouldBe(DateBounds.On(new DateOnly(2022, 4, 14)));
        designation.EntityListed.ShouldBe(new DateOnly(2019, 9, 13));

        // The incident's list says of the same address who did it, on OFAC's authority.
        screening.Matches.Skip(1).ShouldHaveSingleItem().Entry.ShouldBeOfType<Attribution>().Authority.ShouldBe(Authority.Ofac);
    }

    [Fact]
    public void Screen_BeforeTheAddressWasListed_IsNoMatchThoughItsEntityWas()
    {
        Screening screening = Lists.Screen(Ronin, new DateOnly(2022, 3, 29));

        screening.Matches.ShouldBeEmpty();
        screening.IsInForce.ShouldBeFalse();
        screening.Statement.ShouldBe("no exact match in [ofac-sdn 2026-08-20, dprk-attributed 2026-08-20] as of 2022-03-29; lists are not exhaustive (OFAC FAQ 562); ownership (50 % rule) is not assessed");
    }

    [Fact]
    public void Screen_NoMatch_SaysWhatWasAskedAndWhatWasNot()
    {
        Lists.Screen(Nobody).Statement.ShouldBe("no exact match in [ofac-sdn 2026-08-20, dprk-attributed 2026-08-20]; lists are not exhaustive (OFAC FAQ 562); ownership (50 % rule) is not assessed");
    }

    [Theory]
    [InlineData("2026-08-20", "")]
    [InlineData("2026-08-21", "; the lists speak only to the dates given")]
    public void Screen_LaterThanTheLists_SaysHowFarTheySpeak(string day, string said)
    {
        const string Asked = "in [ofac-sdn 2026-08-20, dprk-attributed 2026-08-20] as of ";

        Lists.Screen(Nobody, DateOnly.Parse(day, null)).Statement.ShouldBe($"no exact match {Asked}{day}{said}; lists are not exhaustive (OFAC FAQ 562); ownership (50 % rule) is not assessed");
        Lists.Screen(Ronin, DateOnly.Parse(day, null)).Statement.ShouldStartWith($"2 entries match {Asked}{day}{said}; lists are not exhaustive");
        new ListSet([AddressList.Of("case 42", Address.Parse(Ronin))], [], []).Screen(Ronin, DateOnly.Parse(day, null)).Statement.ShouldNotContain("speak only");
    }

    [Theory]
    [InlineData("2022-08-07", null, Trilean.No)]
    [InlineData("2023-01-01", EntryStatus.Designated, Trilean.Yes)]
    [InlineData("2025-03-20", EntryStatus.Designated, Trilean.Yes)]
    [InlineData("2025-03-21", EntryStatus.Delisted, Trilean.No)]
    [InlineData("2026-08-20", EntryStatus.Delisted, Trilean.No)]
    public void Screen_TornadoCashPool_WasDesignatedAndIsDelisted(string day, EntryStatus? status, Trilean inForce)
    {
        Screening screening = Lists.Screen(TornadoPool, DateOnly.Parse(day, null));

        screening.Matches.Select(m => (EntryStatus?)m.Status).SingleOrDefault().ShouldBe(status);
        screening.Matches.Select(m => m.InForce).SingleOrDefault(Trilean.No).ShouldBe(inForce);
        screening.IsInForce.ShouldBe(status == EntryStatus.Designated);
    }

    [Fact]
    public void Screen_TornadoCashPoolToday_IsDelistedAndNotInForce()
    {
        Screening screening = Lists.Screen(TornadoPool);

        screening.Matches.ShouldHaveSingleItem().Status.ShouldBe(EntryStatus.Delisted);
        screening.IsInForce.ShouldBeFalse();
        screening.Statement.ShouldStartWith("1 entry matches in [ofac-sdn 2026-08-20, dprk-attributed 2026-08-20], none in force; ");
    }

    [Theory]
    [InlineData("2022-12-01")]
    [InlineData("2023-05-03")]
    public void Screen_BetweenTheBoundsOfItsDelisting_IsDesignatedWithForceUnknown(string day)
    {
        ScreeningMatch match = Lists.Screen("0x905b63Fff465B9fFBF41DeA908CEb12478ec7601", DateOnly.Parse(day, null)).Matches.ShouldHaveSingleItem();

        (match.Status, match.InForce).ShouldBe((EntryStatus.Designated, Trilean.Unknown));
        match.Entry.ShouldBeOfType<Designation>().WentOff.ShouldBe(new DateBounds(new DateOnly(2022, 9, 16), new DateOnly(2023, 5, 4)));
    }

    [Fact]
    public void Screen_BybitAddress_IsAttributedByTheFbiAndNotSdnListed()
    {
        Screening screening = Lists.Screen(Bybit);

        screening.IsInForce.ShouldBeTrue();
        ScreeningMatch match = screening.Matches.ShouldHaveSingleItem();
        match.Status.ShouldBe(EntryStatus.Attributed);
        Attribution attribution = match.Entry.ShouldBeOfType<Attribution>();
        attribution.Authority.ShouldBe(new Authority(AuthorityKind.GovernmentBody, "FBI"));
        attribution.Incident.ShouldBe("Bybit 2025-02-21");
        attribution.Entity.ShouldBe("TraderTraitor");
        attribution.Document.Url.ShouldBe("https://www.ic3.gov/PSA/2025/PSA250226");
        attribution.Document.Seen.ShouldBe(IssuerText.Yes);
        Lists.Screen(Bybit, new DateOnly(2025, 2, 25)).Matches.ShouldBeEmpty();
    }

    [Fact]
    public void Screen_LowerCaseAndEip55AndOtherEvmChains_AreAlike()
    {
        Screening lower = Lists.Screen(Ronin.ToLowerInvariant());
        Screening elsewhere = Lists.Screen(Address.Parse(Ronin, Chain.Evm(42161)));

        lower.Matches.ShouldBe(Lists.Screen(Ronin).Matches);
        elsewhere.Matches.ShouldBe(Lists.Screen(Ronin).Matches);
        elsewhere.Address.Chain.ShouldBe(Chain.Evm(42161));
        elsewhere.Matches[0].Entry.Address.Chain.ShouldBe(Chain.Ethereum);
    }

    [Fact]
    public void Screen_BitcoinCashAddressInBitcoinsForm_SaysForWhichChainItWasListed()
    {
        Screening screening = Lists.Screen("18M8bJWMzWHDBMxoLqjHHAffdRy4SrzkfB");

        screening.Address.Chain.ShouldBe(Chain.Bitcoin);
        screening.Matches.ShouldHaveSingleItem().Entry.Address.Chain.ShouldBe(Chain.Parse("bitcoin-cash"));
    }

    [Fact]
    public void Screen_TextThatOfacListsButIsNoAddress_Matches()
    {
        const string Slip = "5be5543ff73456ab9f2d207887e2af87322c651ea1a873c5b25b7ffae456c320";

        Lists.Screen(Slip).Matches.ShouldHaveSingleItem().Entry.Entity.ShouldBe("KARASAVIDI Dmitrii");
        Should.Throw<ChainWatchException>(() => Lists.Screen(Slip[..^1] + "1"));
        Should.Throw<ChainWatchException>(() => Lists.Screen("0x098B716B8Aaf21512996dC57EB0615e2383E2F96"));
    }

    [Fact]
    public void Screen_EveryEntry_IsFoundByItsAddress()
    {
        foreach (AddressList list in Lists.AddressLists)
        {
            foreach (ListEntry entry in list.Entries)
            {
                Lists.Screen(entry.Address).Matches.Select(m => m.Entry).ShouldContain(entry);
            }
        }
    }

    [SkippableFact]
    public void Screen_All961SdnAddressesAsOfacWritesThem_AreDesignated()
    {
        using JsonDocument current = JsonDocument.Parse(File.ReadAllBytes(TestData.Real("lists/ofac/ofac_current_2026-08-20.json")));
        string[] addresses = [.. current.RootElement.GetProperty("addresses").EnumerateArray().Select(a => a.GetProperty("address").GetString()!)];

        addresses.Length.ShouldBe(961);
        foreach (string address in addresses)
        {
            Lists.Screen(address).Matches.ShouldContain(m => m.Status == EntryStatus.Designated && m.Entry.List == "ofac-sdn", address);
        }
    }

    [Fact]
    public void Screen_SelectionOfAList_AnswersForTheSelectionAlone()
    {
        ListSet selection = new([Lists["ofac-sdn"].Entity("Lazarus Group")], [], []);

        selection.Screen(Ronin).Statement.ShouldStartWith("1 entry matches in [ofac-sdn/Lazarus Group 2026-08-20]; ");
        selection.Screen(TornadoPool).Matches.ShouldBeEmpty();
    }

    [Fact]
    public void Screen_TwoListsOfOneName_CannotBeTold()
    {
        AddressList list = AddressList.Of("case 42", Address.Parse(Ronin));

        Should.Throw<ChainWatchException>(() => new ListSet([list, AddressList.Of("Case 42", Address.Parse(Bybit))], [], [])).Message
            .ShouldBe("two lists of addresses have the name 'case 42': expected different names");
        new ListSet([list], [], []).Screen(Ronin).IsInForce.ShouldBeTrue();
    }

    [Fact]
    public void Screen_SeveralMatches_AreOrderedDesignationsFirstThenByListAndEntity()
    {
        Address address = Address.Parse(Ronin);
        SourceDocument document = new("", null, "", IssuerText.No);
        DateOnly day = new(2024, 1, 1);
        Attribution Says(string list, string entity) => new() { List = list, Address = address, Authority = Authority.User, Document = document, Entity = entity, StatedOn = day };
        Designation Lists(string entity) => new() { List = "z", Address = address.OnChain(Chain.Evm(56)), Authority = Authority.Ofac, Document = document, Entity = entity, CameOn = DateBounds.On(day) };
        AddressList[] lists =
        [
            new("b", day, [Says("b", "2"), Says("b", "1")]),
            new("a", day, [Says("a", "3")]),
            new("z", day, [Lists("5"), Lists("4")]),
        ];

        foreach (AddressList[] order in new[] { lists, [lists[2], lists[1], lists[0]] })
        {
            Screening screening = new ListSet(order, [], []).Screen(address);
            screening.Matches.Select(m => m.Entry.List + m.Entry.Entity).ShouldBe(["z4", "z5", "a3", "b1", "b2"]);
            screening.Statement.ShouldStartWith("5 entries match in [z 2024-01-01, a 2024-01-01, b 2024-01-01]; ");
        }
    }
}
