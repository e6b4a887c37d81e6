namespace ChainWatch.Tests;

public class TxIdTests
{
    private const string Digits = "a1075db55d416d3ca199f55b6084e2115b9345e16c5cf302fc80e9d5fbf5d48d";

    [Theory]
    [InlineData(Digits)]
    [InlineData("0x" + Digits)]
    [InlineData("0X" + Digits)]
    public void Parse_WithOrWithoutPrefixInEitherCase_IsTheSame(string text)
    {
        TxId id = TxId.Parse(text);
        id.ShouldBe(TxId.Parse(text.ToUpperInvariant()));
        id.GetHashCode().ShouldBe(TxId.Parse(text.ToUpperInvariant()).GetHashCode());
        id.ShouldBe(TxId.FromBytes(Convert.FromHexString(Digits)));
        id.ToString().ShouldBe(Digits);
        id.ToString(Chain.Ethereum).ShouldBe("0x" + Digits);
        id.ToString(Chain.Bitcoin).ShouldBe(Digits);
    }

    [Theory]
    [InlineData("")]
    [InlineData("0x")]
    [InlineData("a1075d")]
    [InlineData(Digits + "0")]
    [InlineData("0x0x" + Digits)]
    [InlineData("g1075db55d416d3ca199f55b6084e2115b9345e16c5cf302fc80e9d5fbf5d48d")]
    public void Parse_AnythingElse_IsAnErrorThatShowsIt(string text)
    {
        TxId.TryParse(text, out _).ShouldBeFalse();
        Should.Throw<ChainWatchException>(() => TxId.Parse(text)).Message.ShouldStartWith($"'{text}' is not a transaction hash");
    }

    [Fact]
    public void TryParse_Null_IsFalse() => TxId.TryParse((string?)null, out _).ShouldBeFalse();

    [Fact]
    public void FromBytes_NotThirtyTwo_Throws() => Should.Throw<ArgumentException>(() => TxId.FromBytes(new byte[31]));

    [Fact]
    public void CompareTo_IsTheOrderOfTheText()
    {
        Random random = new(10);
        List<TxId> ids = [];
        byte[] bytes = new byte[32];
        for (int n = 0; n < 100; n++)
        {
            random.NextBytes(bytes);
            bytes.AsSpan(0, random.Next(30)).Clear();
            ids.Add(TxId.FromBytes(bytes));
        }

        ids.Order().Select(i => i.ToString()).ShouldBe(ids.Select(i => i.ToString()).Order(StringComparer.Ordinal));
        (ids[0] == ids[1]).ShouldBeFalse();
        (ids[0] != ids[1]).ShouldBeTrue();
    }
}
