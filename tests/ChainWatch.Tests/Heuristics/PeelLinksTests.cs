using ChainWatch.Heuristics;
using static ChainWatch.Tests.Heuristics.Spends;

namespace ChainWatch.Tests.Heuristics;

public class PeelLinksTests
{
    private static readonly Movement Link = Of([In(1, 10 * Coin)], [Out(2, Coin), Out(3, 8 * Coin)]);

    [Fact]
    public void ToTheLarger() => PeelLinks.IsPeel(Link, At(1), At(3)).ShouldBeTrue();

    [Fact]
    public void ToTheLarger_InEitherOrder() => PeelLinks.IsPeel(Link with { Outputs = [.. Link.Outputs.Reverse()] }, At(1), At(3)).ShouldBeTrue();

    [Fact]
    public void ToTheSmaller_IsThePeeledPart() => PeelLinks.IsPeel(Link, At(1), At(2)).ShouldBeFalse();

    [Fact]
    public void EqualOutputs_HaveNoLarger()
    {
        Movement even = Of([In(1, 10 * Coin)], [Out(2, Coin), Out(3, Coin)]);
        PeelLinks.IsPeel(even, At(1), At(2)).ShouldBeFalse();
        PeelLinks.IsPeel(even, At(1), At(3)).ShouldBeFalse();
        PeelLinks.IsPeel(even.WithOutput(1, o => o with { Value = Amount.From(Coin + 1) }), At(1), At(3)).ShouldBeTrue();
    }

    [Fact]
    public void AnotherPayer_OrPayee()
    {
        PeelLinks.IsPeel(Link, At(9), At(3)).ShouldBeFalse();
        PeelLinks.IsPeel(Link, At(1), At(9)).ShouldBeFalse();
        PeelLinks.IsPeel(Link.WithInput(0, i => i with { Owner = null }), At(1), At(3)).ShouldBeFalse();
    }

    [Fact]
    public void Change_ToThePayer()
    {
        PeelLinks.IsPeel(Of([In(1, 10 * Coin)], [Out(2, Coin), Out(1, 8 * Coin)]), At(1), At(1)).ShouldBeFalse();
        PeelLinks.IsPeel(Of([In(1, 10 * Coin)], [Out(1, Coin), Out(3, 8 * Coin)]), At(1), At(3)).ShouldBeFalse();
    }

    [Fact]
    public void BothOutputs_ToOneAddress() => PeelLinks.IsPeel(Of([In(1, 10 * Coin)], [Out(3, Coin), Out(3, 8 * Coin)]), At(1), At(3)).ShouldBeFalse();

    [Fact]
    public void OutputWithoutAddress_OrValue()
    {
        PeelLinks.IsPeel(Link.WithOutput(0, o => o with { Owner = null }), At(1), At(3)).ShouldBeFalse();
        PeelLinks.IsPeel(Link.WithOutput(0, o => o with { Value = Amount.Zero }), At(1), At(3)).ShouldBeFalse();
    }

    [Fact]
    public void OtherCounts_OfInputsOrOutputs()
    {
        PeelLinks.IsPeel(Link with { Inputs = [In(1, Coin), In(1, 9 * Coin)] }, At(1), At(3)).ShouldBeFalse();
        PeelLinks.IsPeel(Link with { Inputs = [] }, At(1), At(3)).ShouldBeFalse();
        PeelLinks.IsPeel(Link with { Outputs = [.. Link.Outputs, Out(4, 1)] }, At(1), At(3)).ShouldBeFalse();
        PeelLinks.IsPeel(Link with { Outputs = [Out(3, Coin)] }, At(1), At(3)).ShouldBeFalse();
    }
}
