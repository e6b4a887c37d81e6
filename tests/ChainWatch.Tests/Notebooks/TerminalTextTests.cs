using ChainWatch.Notebooks;

namespace ChainWatch.Tests.Notebooks;

public class TerminalTextTests
{
    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("東京", 4)]
    [InlineData("e\u0301", 1)]
    [InlineData("👍", 2)]
    [InlineData("👩‍👩‍👧‍👦", 2)]
    [InlineData("0x4766…86E2", 11)]
    [InlineData("█▌", 2)]
    public void Width_CountsColumns(string text, int columns) => TerminalText.WidthOf(text).ShouldBe(columns);

    [Theory]
    [InlineData("abcdef", 6, "abcdef")]
    [InlineData("abcdef", 5, "abcd…")]
    [InlineData("東京都", 5, "東京…")]
    [InlineData("東京都", 4, "東…")]
    [InlineData("e\u0301e\u0301e\u0301", 2, "e\u0301…")]
    [InlineData("👩‍👩‍👧‍👦👩‍👩‍👧‍👦", 3, "👩‍👩‍👧‍👦…")]
    [InlineData("abc", 1, "…")]
    [InlineData("abc", 0, "")]
    public void Cut_NeverThroughACharacter(string text, int columns, string cut) => TerminalText.Cut(text, columns).ShouldBe(cut);

    [Fact]
    public void OneLine_LeavesNothingThatSteersATerminal()
    {
        TerminalText.OneLine("a\r\nb\tc").ShouldBe("a  b c");
        TerminalText.OneLine("\u001b[31mred\u009b2J\u202Eabc\u2028").ShouldBe("\uFFFD[31mred\uFFFD2J\uFFFDabc\uFFFD");
        TerminalText.OneLine("ok 👍 東京").ShouldBe("ok 👍 東京");
        TerminalText.OneLine("\uD83D half").ShouldBe("\uFFFD half");
    }
}
