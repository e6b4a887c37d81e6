namespace ChainWatch.Rpc.Tests;

public sealed class RpcErrorClassifierTests
{
    public static TheoryData<ProviderWording> Wordings => [.. ProviderWordings.All];

    [Theory]
    [MemberData(nameof(Wordings))]
    public void Classify_WordsOfAProvider_SaysWhatIsToBeDone(ProviderWording wording) =>
        RpcErrorClassifier.Classify(wording.Status, wording.Code, wording.Message).ShouldBe(wording.Expected, wording.ToString());

    [Fact]
    public void Classify_OtherLetters_MakeNoDifference()
    {
        foreach (ProviderWording wording in ProviderWordings.All)
        {
            RpcErrorClassifier.Classify(wording.Status, wording.Code, wording.Message?.ToUpperInvariant()).ShouldBe(wording.Expected, wording.ToString());
        }
    }

    [Fact]
    public void Wordings_CoverEveryKindThatWordsCanMean() =>
        Enum.GetValues<RpcErrorKind>().Except([RpcErrorKind.BadAnswer, RpcErrorKind.Unreachable])
            .Except(ProviderWordings.All.Select(w => w.Expected)).ShouldBeEmpty();

    [Theory]
    [InlineData(-32005, "rate limit exceeded", RpcErrorKind.RateLimited)]
    [InlineData(-32005, "query returned more than 10000 results", RpcErrorKind.RangeTooWide)]
    [InlineData(-32005, "Batch size limit exceeded", RpcErrorKind.Fatal)]
    [InlineData(-32005, null, RpcErrorKind.RateLimited)]
    public void Classify_AmbiguousCode_IsDecidedByTheWords(int code, string? message, RpcErrorKind expected) =>
        RpcErrorClassifier.Classify(null, code, message).ShouldBe(expected);
}
