using ChainWatch.Bitcoin.Files;

namespace ChainWatch.Bitcoin.Tests.Files;

public class ObfuscationKeyTests
{
    [Fact]
    public void Apply_AtAnyOffsetAndLength_EqualsTheSlowWay()
    {
        byte[] key = [0x80, 1, 0xff, 0, 17, 0xaa, 3, 0x42];
        using CoreFolder core = new(key: key);
        ObfuscationKey read = ObfuscationKey.Load(core.Path);
        byte[] plain = [.. Enumerable.Range(0, 300).Select(i => (byte)(i * 7))];
        for (int offset = 0; offset < 17; offset++)
        {
            for (int length = 0; length <= plain.Length; length++)
            {
                byte[] bytes = plain[..length];
                read.Apply(bytes, offset + 5_000_000_000);
                bytes.ShouldBe(plain[..length].Select((b, i) => (byte)(b ^ key[(offset + i) % 8])));
            }
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(9)]
    public void Load_OfAnotherLength_IsRefused(int length)
    {
        using CoreFolder core = new(key: new byte[length]);
        Should.Throw<ChainWatchException>(() => ObfuscationKey.Load(core.Path)).Message.ShouldEndWith($"xor.dat: {length} bytes; expected the 8 bytes of a key");
    }

    [Fact]
    public void Load_OfZeros_OrNothing_IsNoKey()
    {
        using CoreFolder zeros = new(key: new byte[8]);
        using CoreFolder nothing = new();
        ObfuscationKey.Load(zeros.Path).IsNeeded.ShouldBeFalse();
        ObfuscationKey.Load(nothing.Path).IsNeeded.ShouldBeFalse();
    }
}
