using System.Security.Cryptography;
using System.Text;
using ChainWatch.Encoding;

namespace ChainWatch.Tests.Encoding;

public class Keccak256Tests
{
    // The first two are the Keccak team's; those around the rate of 136 bytes were computed with an implementation in
    // another language that agrees with SHA3-256 but for the padding.
    [Theory]
    [InlineData("", 1, "c5d2460186f7233c927e7db2dcc703c0e500b653ca82273b7bfad8045d85a470")]
    [InlineData("abc", 1, "4e03657aea45a94fc7d47ba826c8d667c0d1e6e33a64a036ec44f58fa12d6c45")]
    [InlineData("a", 135, "34367dc248bbd832f4e3e69dfaac2f92638bd0bbd18f2912ba4ef454919cf446")]
    [InlineData("a", 136, "a6c4d403279fe3e0af03729caada8374b5ca54d8065329a3ebcaeb4b60aa386e")]
    [InlineData("a", 137, "d869f639c7046b4929fc92a4d988a8b22c55fbadb802c0c66ebcd484f1915f39")]
    [InlineData("a", 272, "cf7fcd4f705ee749930d19ca84561a9bf62516bd90a471545fa2f49fdc7e63c8")]
    [InlineData("a", 1000, "b6a4ac1f51884d71f30fa397a5e155de3099e11fc0edef5d08b646e621e19de9")]
    public void Hash_KnownMessages_GivesTheKnownHash(string text, int times, string expected) =>
        Keccak(System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)))).ShouldBe(expected);

    [Fact]
    public void Hash_EveryLengthUpTo300_AgreesWithItsSlowTwin()
    {
        Random random = new(1);
        for (int length = 0; length <= 300; length++)
        {
            byte[] message = new byte[length];
            random.NextBytes(message);
            Keccak(message).ShouldBe(Convert.ToHexStringLower(SlowKeccak.Hash(message, 0x01)), $"length {length}");
        }
    }

    [SkippableFact]
    public void TheSlowTwin_WithTheOtherPadding_IsThePlatformsSha3()
    {
        Skip.IfNot(SHA3_256.IsSupported, "this platform has no SHA3-256");
        Random random = new(2);
        for (int length = 0; length <= 300; length++)
        {
            byte[] message = new byte[length];
            random.NextBytes(message);
            SlowKeccak.Hash(message, 0x06).ShouldBe(SHA3_256.HashData(message), $"length {length}");
        }
    }

    private static string Keccak(byte[] message)
    {
        Span<byte> hash = stackalloc byte[Keccak256.Length];
        Keccak256.Hash(message, hash);
        return Convert.ToHexStringLower(hash);
    }
}
