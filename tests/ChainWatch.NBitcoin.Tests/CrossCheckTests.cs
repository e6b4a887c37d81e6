using ChainWatch.Bitcoin.Tests.CrossCheck;

namespace ChainWatch.NBitcoin.Tests;

/// <summary>What NBitcoin says is what <c>nbitcoin.txt</c> keeps of it; the tests of ChainWatch.Bitcoin compare that with our own answers.</summary>
public class CrossCheckTests
{
    [Fact]
    public void AddressesOfScripts_AndOfTexts_AreThoseThatWereKept() =>
        CrossText.Read().ShouldStartWith(CrossText.Write(AnswersOfNBitcoin.OfScript, AnswersOfNBitcoin.OfText));

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void RealBlocks_HaveTheIdsAndSumsThatWereKept(string file) =>
        CrossText.Read().Split('\n').ShouldContain(CrossText.WriteBlocks(file, AnswersOfNBitcoin.OfBlock));

    public static TheoryData<string> Files() => [.. CrossBlocks.Files];
}
