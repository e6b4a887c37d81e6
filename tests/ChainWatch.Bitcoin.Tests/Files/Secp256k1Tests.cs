using ChainWatch.Bitcoin.Files;

namespace ChainWatch.Bitcoin.Tests.Files;

public class Secp256k1Tests
{
    // SEC 2, section 2.4.1: the base point.
    public const string X = "79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798";
    public const string EvenY = "483ada7726a3c4655da4fbfc0e1108a8fd17b448a68554199c47d08ffb10d4b8";
    public const string OddY = "b7c52588d95c3b9aa25b0403f1eef75702e84bb7597aabe663b82f6f04ef2777";

    [Theory]
    [InlineData(X, false, EvenY)]
    [InlineData(X, true, OddY)]
    [InlineData("678afdb0fe5548271967f1a67130b7105cd6a828e03909a67962e0ea1f61deb6", true, "49f6bc3f4cef38c4f35504e51ec112de5c384df7ba0b8d578a4c702b6bf11d5f")]
    public void TryGetY_OfAPoint(string x, bool isOdd, string y)
    {
        byte[] found = new byte[32];
        Secp256k1.TryGetY(Convert.FromHexString(x), isOdd, found).ShouldBeTrue();
        Convert.ToHexStringLower(found).ShouldBe(y);
    }

    [Theory]
    [InlineData("0000000000000000000000000000000000000000000000000000000000000005")]
    [InlineData("fffffffffffffffffffffffffffffffffffffffffffffffffffffffefffffc30")]
    [InlineData("ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff")]
    public void TryGetY_OfNoPoint_IsFalse(string x) => Secp256k1.TryGetY(Convert.FromHexString(x), false, new byte[32]).ShouldBeFalse();
}
