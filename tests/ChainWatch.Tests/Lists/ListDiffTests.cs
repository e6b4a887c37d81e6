using ChainWatch.Lists;

namespace ChainWatch.Tests.Lists;

public class ListDiffTests
{
    private static readonly DateOnly Day = new(2026, 1, 1);
    private static readonly Designation One = Of("0x098B716B8Aaf21512996dC57EB0615e2383E2f96", "Lazarus Group");
    private static readonly Designation Two = Of("0xa0e1c89Ef1a489c9C7dE96311eD5Ce5D32c20E4B", "Lazarus Group");

    [Fact]
    public void Between_EqualLists_IsEmpty() =>
        ListDiff.Between(List(One, Two), List(Two with { Programs = ["DPRK3"] }, One)).IsEmpty.ShouldBeTrue();

    [Fact]
    public void Between_AddedAndRemoved_AreToldApart()
    {
        ListDiff diff = ListDiff.Between(List(One), List(Two));

        diff.Added.ShouldBe([Two]);
        diff.Removed.ShouldBe([One]);
        diff.Changed.ShouldBeEmpty();
        diff.IsEmpty.ShouldBeFalse();
    }

    [Fact]
    public void Between_DelistedAddress_IsAChangeThatSaysSo()
    {
        ListChange change = ListDiff.Between(List(One), List(One with { WentOff = DateBounds.On(Day) })).Changed.Single();

        change.WentOff.ShouldBeTrue();
        change.Fields.ShouldBe(["went_off"]);
    }

    [Fact]
    public void Between_OtherFields_AreNamed()
    {
        ListChange change = ListDiff.Between(List(One), List(One with { Entity = "Other", Programs = ["CYBER2", "DPRK3"] })).Changed.Single();

        change.Fields.ShouldBe(["entity", "programs"]);
        change.WentOff.ShouldBeFalse();
    }

    [Fact]
    public void Between_NameOfOnePartyInAnotherStyle_IsNoChange()
    {
        Designation before = One with { Entity = "Wu Huihui", EntityId = "42496" };

        ListDiff.Between(List(before), List(before with { Entity = "WU, Huihui" })).IsEmpty.ShouldBeTrue();
        ListDiff.Between(List(before), List(before with { Entity = "Wu Huihua" })).Changed.Single().Fields.ShouldBe(["entity"]);
        ListDiff.Between(List(before), List(before with { Entity = "WU, Huihui", EntityId = "7" })).Changed.Single().Fields.ShouldBe(["entity", "entity_id"]);
    }

    [Fact]
    public void Between_SecondInterval_IsAnAddedEntry()
    {
        Designation off = One with { WentOff = DateBounds.On(Day) };
        Designation back = One with { CameOn = DateBounds.On(Day.AddDays(9)) };

        ListDiff diff = ListDiff.Between(List(off), List(off, back));

        diff.Added.ShouldBe([back]);
        diff.Changed.ShouldBeEmpty();
    }

    [Fact]
    public void Between_SameAddressOnAnotherEvmChain_IsOneEntry()
    {
        Designation moved = One with { Address = One.Address.OnChain(Chain.Evm(56)) };

        ListDiff.Between(List(One), List(moved)).Changed.Single().Fields.ShouldBe(["chain"]);
    }

    [Fact]
    public void Between_TwoAuthoritiesOnOneAddress_AreNotPaired()
    {
        Attribution said = new()
        {
            List = "l",
            Address = One.Address,
            Authority = new Authority(AuthorityKind.GovernmentBody, "FBI"),
            Document = One.Document,
            StatedOn = Day,
        };

        ListDiff diff = ListDiff.Between(List(One), List(said));

        diff.Added.ShouldBe([said]);
        diff.Removed.ShouldBe([One]);
    }

    private static AddressList List(params ListEntry[] entries) => new("l", Day, entries);

    private static Designation Of(string address, string entity) => new()
    {
        List = "l",
        Address = Address.Parse(address),
        Authority = Authority.Ofac,
        Document = new SourceDocument("SDN", Day, "", IssuerText.Yes),
        Entity = entity,
        EntityId = "27307",
        Programs = ["DPRK3"],
        Tickers = ["ETH"],
        CameOn = DateBounds.On(new DateOnly(2022, 4, 14)),
    };
}
