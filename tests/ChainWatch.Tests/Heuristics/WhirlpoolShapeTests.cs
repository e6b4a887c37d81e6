using ChainWatch.Heuristics;
using static ChainWatch.Tests.Heuristics.Spends;

namespace ChainWatch.Tests.Heuristics;

public class WhirlpoolShapeTests
{
    [Theory]
    [InlineData(100_000)]
    [InlineData(1_000_000)]
    [InlineData(2_500_000)]
    [InlineData(5_000_000)]
    [InlineData(25_000_000)]
    [InlineData(50_000_000)]
    public void EveryPool(ulong pool) => CoinJoins.Recognise(Mix(pool, 5, 3)).ShouldBe(CoinJoinRule.Whirlpool);

    [Theory]
    [InlineData(4, CoinJoinRule.None)]
    [InlineData(5, CoinJoinRule.Whirlpool)]
    [InlineData(10, CoinJoinRule.Whirlpool)]
    [InlineData(11, CoinJoinRule.EqualOutputs)]
    public void Size_FiveToTen(int size, CoinJoinRule expected) => CoinJoins.Recognise(Mix(5_000_000, size, 2)).ShouldBe(expected);

    [Theory]
    [InlineData(0, CoinJoinRule.EqualOutputs)]
    [InlineData(1, CoinJoinRule.Whirlpool)]
    [InlineData(4, CoinJoinRule.Whirlpool)]
    [InlineData(5, CoinJoinRule.EqualOutputs)]
    public void Remixed_AtLeastOneAndNotAll(int remixed, CoinJoinRule expected) => CoinJoins.Recognise(Mix(1_000_000, 5, remixed)).ShouldBe(expected);

    [Theory]
    [InlineData(1_110_000, CoinJoinRule.Whirlpool)]
    [InlineData(1_110_001, CoinJoinRule.EqualOutputs)]
    [InlineData(999_999, CoinJoinRule.EqualOutputs)]
    public void Premix_AtMost110000Above(ulong value, CoinJoinRule expected) =>
        CoinJoins.Recognise(Mix(1_000_000, 5, 3).WithInput(4, i => i with { Value = Amount.From(value) })).ShouldBe(expected);

    [Fact]
    public void NoPool_IsAnotherRule() => CoinJoins.Recognise(Mix(1_000_001, 5, 3)).ShouldBe(CoinJoinRule.EqualOutputs);

    [Fact]
    public void UnknownInputValue_IsNoWhirlpool() =>
        CoinJoins.Recognise(Mix(1_000_000, 5, 3).WithInput(0, i => i with { Value = Amount.Zero })).ShouldBe(CoinJoinRule.None);

    [Fact]
    public void UnknownOwner_IsAnOwnerOfItsOwn() =>
        CoinJoins.Recognise(Mix(1_000_000, 5, 3).WithInput(0, i => i with { Owner = null })).ShouldBe(CoinJoinRule.Whirlpool);

    [Fact]
    public void TwoInputsOfOneOwner_IsNone() =>
        CoinJoins.Recognise(Mix(1_000_000, 5, 3).WithInput(0, i => i with { Owner = At(1) })).ShouldBe(CoinJoinRule.None);

    [Fact]
    public void OneAddressPaidTwice_IsNone()
    {
        Movement mix = Mix(1_000_000, 5, 3);
        CoinJoins.Recognise(mix.WithOutput(0, o => mix.Outputs[1])).ShouldBe(CoinJoinRule.None);
    }

    [Fact]
    public void OtherKindOfAddress_IsAnotherRule() =>
        CoinJoins.Recognise(Mix(1_000_000, 5, 3).WithOutput(0, _ => Out(7, 1_000_000, AddressKind.P2Pkh))).ShouldBe(CoinJoinRule.EqualOutputs);

    // Transaction 5f0080e3f0acfde005b9c7149f12880be273eea01ca3a3b867f642ac9bf273cc in block 963983: a pool of Ashigaru.
    [Fact]
    public void RealMixOfAshigaru() => CoinJoins.Recognise(Of(
        [
            Real("bc1qel79xtz0rpz9yagajrt4gjaz6dlayrnl3rm8mm", 2_500_000), Real("bc1q4p28x5az2ahlwwru9mk3wemvth9d48dudynavc", 2_500_000),
            Real("bc1qaqhva465uhmkxrwud6ysgw23yec4zdhgyvrl54", 2_500_605), Real("bc1q9h0sgw9yucnjk0mfgktzcnfc0af29uwjrhm2uu", 2_500_605),
            Real("bc1q28rgwcv64nyr64kdpgk7e9l2vfdxumsg2cme5w", 2_500_000),
        ],
        new[]
        {
            "bc1qxkjxm8dhsf535dmdmxqty02cf9nh05svn97w7j", "bc1qvkd9k8lwuf7ahl6qzyweq4ydax49exye3lld8d", "bc1qdxvu5pmervxpp935jfj4pnkj92t8tzt75pagjy",
            "bc1qdcpyy2she9cdsedwf80tt2uwtjgu3s78lgcly8", "bc1q5rydvpaf3a3vchaxj76wt93elaqf8k4thd0ea2",
        }.Select(a => new MovementOutput(Address.Parse(a), Amount.From(2_500_000))))).ShouldBe(CoinJoinRule.Whirlpool);

    private static MovementInput Real(string address, ulong value) => new(Address.Parse(address), Amount.From(value));

    private static Movement Mix(ulong pool, int size, int remixed) =>
        Of(remixed.Times(pool).Concat((size - remixed).Times(pool + 605)), size.Times(pool));
}
