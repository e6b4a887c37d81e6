namespace ChainWatch.Tests;

public class ChainPositionTests
{
    [Fact]
    public void CompareTo_PositionsOfTwoChains_Throws()
    {
        ChainPosition ethereum = new(Chain.Ethereum, 1, 0);
        ChainPosition bitcoin = new(Chain.Bitcoin, 1, 0);
        Should.Throw<InvalidOperationException>(() => ethereum.CompareTo(bitcoin)).Message.ShouldContain("bitcoin");
    }

    [Theory]
    [InlineData(1, 5, 2, 0, -1)]
    [InlineData(2, 0, 1, 5, 1)]
    [InlineData(1, 0, 1, 1, -1)]
    [InlineData(1, 9, 1, 10, -1)]
    [InlineData(1, 3, 1, 3, 0)]
    [InlineData(1, null, 1, 3, 0)]
    [InlineData(1, 3, 1, null, 0)]
    [InlineData(1, null, 1, null, 0)]
    [InlineData(1, null, 2, 0, -1)]
    [InlineData(2, 0, 1, null, 1)]
    public void CompareTo_OneChain_IsByBlockThenIndexWhereBothAreKnown(long block, int? index, long otherBlock, int? otherIndex, int expected) =>
        Math.Sign(new ChainPosition(Chain.Ethereum, block, index).CompareTo(new ChainPosition(Chain.Ethereum, otherBlock, otherIndex))).ShouldBe(expected);

    [Fact]
    public void ToString_ShowsAnUnknownIndex()
    {
        new ChainPosition(Chain.Ethereum, 21895238, 3).ToString().ShouldBe("21895238/3");
        new ChainPosition(Chain.Ethereum, 21895238, null).ToString().ShouldBe("21895238/?");
    }
}
