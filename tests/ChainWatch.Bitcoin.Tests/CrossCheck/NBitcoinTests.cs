namespace ChainWatch.Bitcoin.Tests.CrossCheck;

/// <summary>
/// What NBitcoin says of 10,000 scripts, 10,000 texts and the real blocks, kept in <c>nbitcoin.txt</c>: our answers are the same but for the
/// differences that <see cref="NBitcoinRules"/> names. The tests of ChainWatch.NBitcoin ask NBitcoin itself.
/// </summary>
public class NBitcoinTests
{
    [Fact]
    public void AddressesOfScripts_AndOfTexts_AreThoseOfNBitcoin_ButForTheDifferencesNamed() =>
        CrossText.Read().ShouldStartWith(CrossText.Write(NBitcoinRules.OfScript, NBitcoinRules.OfText));

    [SkippableTheory]
    [MemberData(nameof(Files))]
    public void RealBlocks_HaveTheIdsAndSumsOfNBitcoin(string file) =>
        CrossText.Read().Split('\n').ShouldContain(CrossText.WriteBlocks(file, NBitcoinRules.OfBlock));

    public static TheoryData<string> Files() => [.. CrossBlocks.Files];
}
