using ChainWatch.Lists;

namespace ChainWatch.Tests.Lists;

public sealed class AddressListTests
{
    private static AddressList Sdn => ListSet.Embedded["ofac-sdn"];

    private static AddressList Dprk => ListSet.Embedded["dprk-attributed"];

    [Theory]
    [InlineData("Lazarus Group")]
    [InlineData("LAZARUS GROUP")]
    public void Entity_AnyCase_HasItsAddresses(string name)
    {
        AddressList lazarus = Sdn.Entity(name);

        lazarus.Entries.Count.ShouldBe(8);
        lazarus.Seeds().Count.ShouldBe(8);
        lazarus.Name.ShouldBe($"ofac-sdn/{name}");
        lazarus.Manifest.ShouldBe(Sdn.Manifest);
    }

    [Fact]
    public void Entity_Mistyped_SuggestsTheNearest()
    {
        Should.Throw<ChainWatchException>(() => Sdn.Entity("Lazrus Group")).Message.ShouldBe("list 'ofac-sdn' has no entry for 'Lazrus Group'; did you mean 'Lazarus Group'?");
        Should.Throw<ChainWatchException>(() => Sdn.Entity("lazarus")).Message.ShouldContain("did you mean 'Lazarus Group'?");
        Should.Throw<ChainWatchException>(() => Sdn.Entity("")).Message.ShouldContain("has no entry for ''");
        Should.Throw<ChainWatchException>(() => ListSet.Embedded["ofac-snd"]).Message.ShouldBe("no list 'ofac-snd'; did you mean 'ofac-sdn'?");
        Should.Throw<ChainWatchException>(() => ListSet.Embedded["nosuch"]).Message.ShouldBe("no list 'nosuch'; the lists of addresses are 'dprk-attributed', 'ofac-sdn'");
        Should.Throw<ChainWatchException>(() => new ListSet([], [], [])["nosuch"]).Message.ShouldBe("no list 'nosuch'; there is no list of addresses");
    }

    [Theory]
    [InlineData("FBI", 92, 92)]
    [InlineData("fbi", 92, 92)]
    [InlineData("OFAC", 8, 8)]
    [InlineData("researcher:tayvano", 301, 74)]
    [InlineData("Bybit 2025-02-21", 201, 53)]
    [InlineData("bybit", 201, 53)]
    [InlineData("Stake.com", 38, 36)]
    [InlineData("TraderTraitor", 51, 51)]
    public void Select_AuthorityOrIncident_SeedsOnlyWhatMay(string selector, int entries, int seeds)
    {
        AddressList selected = Dprk.Select(selector);

        selected.Entries.Count.ShouldBe(entries);
        selected.Seeds().Count.ShouldBe(seeds);
        selected.Seeds().ShouldAllBe(entry => entry.Role == Role.Theft || entry.Role == Role.Holding || entry.Role == Role.Laundering);
    }

    [Fact]
    public void Select_WordsThatBeginNoOrSeveralIncidents_AreAnError()
    {
        DateOnly day = new(2024, 1, 1);
        Attribution entry = new() { List = "l", Address = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96"), Authority = Authority.User, Document = new("", null, "", IssuerText.No), StatedOn = day };
        AddressList list = new("l", day, [entry with { Incident = "Bank 2016" }, entry with { Incident = "Bank 2018" }]);

        Should.Throw<ChainWatchException>(() => list.Select("bank")).Message.ShouldBe("list 'l': 'bank' begins several incidents: expected one of 'Bank 2016', 'Bank 2018'");
        Should.Throw<ChainWatchException>(() => list.Select("Ban")).Message.ShouldStartWith("list 'l' has no entry for 'Ban'; did you mean ");
        list.Select("Bank 2018").Entries.ShouldHaveSingleItem();
    }

    [Fact]
    public void Seeds_AsOf_AreThoseInForceOnThatDay()
    {
        AddressList lazarus = Sdn.Entity("Lazarus Group");

        lazarus.Seeds(new DateOnly(2022, 4, 14)).ShouldHaveSingleItem().Address.ToString().ShouldBe("0x098B716B8Aaf21512996dC57EB0615e2383E2f96");
        lazarus.Seeds(new DateOnly(2022, 4, 22)).Count.ShouldBe(4);
        lazarus.Seeds(new DateOnly(2022, 5, 6)).Count.ShouldBe(8);
        Sdn.Seeds().Count.ShouldBe(961);
    }

    [Fact]
    public void Seeds_None_IsAnErrorThatSaysTheDay()
    {
        Should.Throw<ChainWatchException>(() => Sdn.Entity("Lazarus Group").Seeds(new DateOnly(2022, 4, 13))).Message
            .ShouldBe("list 'ofac-sdn/Lazarus Group' has no entry that may start a trace as of 2022-04-13 (8 entries in all)");
        Should.Throw<ChainWatchException>(() => Sdn.Entity("Tornado Cash").Seeds(new DateOnly(2023, 1, 1))).Message.ShouldContain("(91 entries in all)");
        Should.Throw<ChainWatchException>(() => Dprk.Select("MSMT").Seeds()).Message.ShouldContain("(148 entries in all)");
    }

    [Fact]
    public void Of_Addresses_AreSeedsOfTheUser()
    {
        Address address = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96");

        AddressList list = AddressList.Of("case 42", address, address);

        Attribution entry = list.Seeds().ShouldHaveSingleItem().ShouldBeOfType<Attribution>();
        (entry.Address, entry.Authority, entry.List).ShouldBe((address, Authority.User, "case 42"));
    }

    [Fact]
    public void Dprk_SaysFbiOnlyOfTheFbi()
    {
        Attribution[] fbi = [.. Dprk.Select("FBI").Entries.Cast<Attribution>()];

        fbi.ShouldAllBe(entry => entry.Document.Seen != IssuerText.No && entry.Document.Date != null);
        fbi.CountBy(entry => entry.Incident).Select(pair => (pair.Key, pair.Value)).Order().ShouldBe(
            [("Alphapo/CoinsPaid/Atomic 2023 (1,580 BTC)", 6), ("Bybit 2025-02-21", 51), ("Harmony Horizon 2022-06-24", 11), ("Stake.com 2023-09-04", 24)]);
        Dprk.Manifest!.Refused.ShouldHaveSingleItem().ShouldContain("bc1qr7camydm2xad9n3wtcaqtsjswwykulunt6nvgj");
        Dprk.Entries.ShouldAllBe(entry => entry is Attribution);
    }
}
