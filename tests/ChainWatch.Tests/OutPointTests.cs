namespace ChainWatch.Tests;

public class OutPointTests
{
    private const string Tx = "4a5e1e4baab89f3a32518a88c31bc87f618f76673e2cc77ab2127b7afdeda33b";

    [Fact]
    public void TryParse_TxAndIndex_RoundTrips()
    {
        OutPoint.TryParse($"{Tx}:7", out OutPoint outPoint).ShouldBeTrue();
        outPoint.ShouldBe(new OutPoint(TxId.Parse(Tx), 7));
        outPoint.ToString().ShouldBe($"{Tx}:7");
        OutPoint.TryParse($"{Tx}:2147483647", out outPoint).ShouldBeTrue();
        outPoint.Index.ShouldBe(int.MaxValue);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData(":")]
    [InlineData(Tx)]
    [InlineData(Tx + ":")]
    [InlineData(Tx + ":-1")]
    [InlineData(Tx + ":+1")]
    [InlineData(Tx + ": 1")]
    [InlineData(Tx + ":1:2")]
    [InlineData(Tx + ":4294967296")]
    [InlineData("4a5e:0")]
    public void TryParse_AnythingElse_IsFalse(string? text) => OutPoint.TryParse(text, out _).ShouldBeFalse();
}
