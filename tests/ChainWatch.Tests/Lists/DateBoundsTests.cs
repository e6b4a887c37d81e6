using ChainWatch.Lists;

namespace ChainWatch.Tests.Lists;

public sealed class DateBoundsTests
{
    [Theory]
    [InlineData("2022-04-14", "2022-04-14", "2022-04-13", Trilean.No)]
    [InlineData("2022-04-14", "2022-04-14", "2022-04-14", Trilean.Yes)]
    [InlineData("2022-04-14", "2022-04-16", "2022-04-13", Trilean.No)]
    [InlineData("2022-04-14", "2022-04-16", "2022-04-14", Trilean.Unknown)]
    [InlineData("2022-04-14", "2022-04-16", "2022-04-15", Trilean.Unknown)]
    [InlineData("2022-04-14", "2022-04-16", "2022-04-16", Trilean.Yes)]
    [InlineData(null, "2022-04-16", "1990-01-01", Trilean.Unknown)]
    [InlineData(null, "2022-04-16", "2022-04-16", Trilean.Yes)]
    [InlineData("2022-04-14", null, "2022-04-13", Trilean.No)]
    [InlineData("2022-04-14", null, "2099-01-01", Trilean.Unknown)]
    [InlineData(null, null, "2022-04-14", Trilean.Unknown)]
    public void HappenedBy_IsKnownOutsideTheBoundsOnly(string? notBefore, string? notAfter, string day, Trilean expected) =>
        new DateBounds(Day(notBefore), Day(notAfter)).HappenedBy(Day(day)!.Value).ShouldBe(expected);

    [Fact]
    public void ToString_ShowsADayOrBothEnds()
    {
        DateBounds.On(new DateOnly(2022, 4, 14)).ToString().ShouldBe("2022-04-14");
        new DateBounds(new DateOnly(2022, 9, 16), new DateOnly(2022, 11, 9)).ToString().ShouldBe("2022-09-16..2022-11-09");
        new DateBounds(null, new DateOnly(2022, 1, 4)).ToString().ShouldBe("..2022-01-04");
    }

    private static DateOnly? Day(string? text) => text is null ? null : DateOnly.Parse(text, null);
}
