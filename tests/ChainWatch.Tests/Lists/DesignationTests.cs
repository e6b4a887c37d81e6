using ChainWatch.Lists;

namespace ChainWatch.Tests.Lists;

public sealed class DesignationTests
{
    // On between the 10th and the 20th of January, off between the 10th and the 20th of June.
    [Theory]
    [InlineData("2022-01-09", Trilean.No, null)]
    [InlineData("2022-01-10", Trilean.Unknown, EntryStatus.Designated)]
    [InlineData("2022-01-20", Trilean.Yes, EntryStatus.Designated)]
    [InlineData("2022-06-09", Trilean.Yes, EntryStatus.Designated)]
    [InlineData("2022-06-10", Trilean.Unknown, EntryStatus.Designated)]
    [InlineData("2022-06-19", Trilean.Unknown, EntryStatus.Designated)]
    [InlineData("2022-06-20", Trilean.No, EntryStatus.Delisted)]
    [InlineData("2030-01-01", Trilean.No, EntryStatus.Delisted)]
    public void StatusOn_BoundedInterval(string day, Trilean inForce, EntryStatus? status)
    {
        Designation designation = Designated(
            new DateBounds(new DateOnly(2022, 1, 10), new DateOnly(2022, 1, 20)),
            new DateBounds(new DateOnly(2022, 6, 10), new DateOnly(2022, 6, 20)));

        designation.InForceOn(DateOnly.Parse(day, null)).ShouldBe(inForce);
        designation.StatusOn(DateOnly.Parse(day, null)).ShouldBe(status);
    }

    [Fact]
    public void InForceOn_EntityDesignatedBefore_DoesNotListTheAddress()
    {
        Designation designation = Designated(DateBounds.On(new DateOnly(2022, 4, 14)), null) with { EntityListed = new DateOnly(2019, 9, 13) };

        designation.InForceOn(new DateOnly(2022, 3, 29)).ShouldBe(Trilean.No);
        designation.StatusOn(new DateOnly(2022, 3, 29)).ShouldBeNull();
        designation.InForceOn(new DateOnly(2099, 1, 1)).ShouldBe(Trilean.Yes);
    }

    [Theory]
    [InlineData("2025-02-25", null)]
    [InlineData("2025-02-26", EntryStatus.Attributed)]
    public void StatusOn_Attribution_CountsFromItsDocument(string day, EntryStatus? status)
    {
        Attribution attribution = new()
        {
            List = "l",
            Address = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96"),
            Authority = new Authority(AuthorityKind.GovernmentBody, "FBI"),
            Document = new SourceDocument("notice", new DateOnly(2025, 2, 26), "", IssuerText.Yes),
            StatedOn = new DateOnly(2025, 2, 26),
        };

        attribution.StatusOn(DateOnly.Parse(day, null)).ShouldBe(status);
        attribution.InForceOn(DateOnly.Parse(day, null)).ShouldBe(status is null ? Trilean.No : Trilean.Yes);
    }

    private static Designation Designated(DateBounds cameOn, DateBounds? wentOff) => new()
    {
        List = "l",
        Address = Address.Parse("0x098B716B8Aaf21512996dC57EB0615e2383E2f96"),
        Authority = Authority.Ofac,
        Document = new SourceDocument("", null, "", IssuerText.No),
        CameOn = cameOn,
        WentOff = wentOff,
    };
}
