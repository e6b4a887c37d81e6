using ChainWatch.Bitcoin.Decoding;

namespace ChainWatch.Bitcoin.Tests.Decoding;

public class Ripemd160Tests
{
    /// <summary>The vectors of its authors: homes.esat.kuleuven.be/~bosselae/ripemd160.html.</summary>
    [Theory]
    [InlineData("", 1, "9c1185a5c5e9fc54612808977ee8f548b2258d31")]
    [InlineData("a", 1, "0bdc9d2d256b3ee9daae347be6f4dc835a467ffe")]
    [InlineData("abc", 1, "8eb208f7e05d987a9b044a8e98c6b087f15a0bfc")]
    [InlineData("message digest", 1, "5d0689ef49d2fae572b881b123a85ffa21595f36")]
    [InlineData("abcdefghijklmnopqrstuvwxyz", 1, "f71c27109c692c1b56bbdceb5b9d2865b3708dbc")]
    [InlineData("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 1, "12a053384a9c0c88e405a06c27dcf49ada62eb2b")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789", 1, "b0e20b6e3116640286ed3a87a5713079b21f5189")]
    [InlineData("1234567890", 8, "9b752e45573d4b39f4dbd3323cab82bf63326bfb")]
    [InlineData("a", 1_000_000, "52783243c1697bdbe16d37f97f68f08325dc1528")]
    public void Hash_VectorsOfItsAuthors(string text, int times, string expected)
    {
        byte[] data = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat(text, times)));
        Written(data).ShouldBe(expected);
    }

    /// <summary>The digest of the digests of messages of 0 to 200 bytes (k * 31 + 0, 1, 2, ...), as OpenSSL computes it.</summary>
    [Fact]
    public void Hash_EveryLength_EqualsOpenSsl()
    {
        List<byte> digests = [];
        for (int length = 0; length <= 200; length++)
        {
            byte[] data = [.. Enumerable.Range(0, length).Select(i => (byte)((length * 31) + i))];
            digests.AddRange(Convert.FromHexString(Written(data)));
        }

        Written([.. digests]).ShouldBe("bca00ed1d454a82982c726655aaf701cf3e3ed4f");
    }

    private static string Written(byte[] data)
    {
        byte[] digest = new byte[Ripemd160.DigestLength];
        Ripemd160.Hash(data, digest);
        return Convert.ToHexStringLower(digest);
    }
}
