using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests;

public class BitcoinFormatExceptionTests
{
    [Fact]
    public void Message_NamesTheOffset() => new BitcoinFormatException(81, "a count of 3; expected 2").Message.ShouldBe("byte 81: a count of 3; expected 2");
}
