using System.Numerics;
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

    [Fact]
    public void TryGetY_OfAnyX_EqualsTheSlowWay()
    {
        BigInteger prime = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;
        Random random = new(7);
        List<BigInteger> numbers = [.. Enumerable.Range(0, 40).Select(i => (BigInteger)i), .. Enumerable.Range(1, 40).Select(i => prime - i)];
        for (int i = 0; i < 400; i++)
        {
            byte[] bytes = new byte[32];
            random.NextBytes(bytes);
            // Words of ones and of zeros: where carries run far.
            bytes.AsSpan(8 * random.Next(4), 8).Fill((byte)(i % 3 == 0 ? 0xff : i % 3 == 1 ? 0 : bytes[0]));
            numbers.Add(new BigInteger(bytes, isUnsigned: true, isBigEndian: true) % prime);
        }

        int points = 0;
        byte[] x = new byte[32];
        byte[] y = new byte[32];
        foreach (BigInteger number in numbers)
        {
            x.AsSpan().Clear();
            number.TryWriteBytes(x.AsSpan(32 - number.GetByteCount(isUnsigned: true)), out _, isUnsigned: true, isBigEndian: true).ShouldBeTrue();
            BigInteger square = (BigInteger.Pow(number, 3) + 7) % prime;
            bool isPoint = BigInteger.ModPow(square, (prime - 1) / 2, prime).IsOne;
            foreach (bool isOdd in (bool[])[false, true])
            {
                Secp256k1.TryGetY(x, isOdd, y).ShouldBe(isPoint);
                if (isPoint)
                {
                    BigInteger found = new(y, isUnsigned: true, isBigEndian: true);
                    (BigInteger.Pow(found, 2) % prime).ShouldBe(square);
                    (found < prime && found.IsEven != isOdd).ShouldBeTrue();
                    points++;
                }
            }
        }

        points.ShouldBeGreaterThan(300);
    }

    [Fact]
    public void Fields_WhoseCarriesRunFar_EqualTheSlowWay()
    {
        BigInteger prime = BigInteger.Pow(2, 256) - BigInteger.Pow(2, 32) - 977;
        ulong[] words = [0, 1, 0x1_0000_03d0, 0x1_0000_03d1, ulong.MaxValue - 0x1_0000_03d1, ulong.MaxValue - 0x1_0000_03d0, ulong.MaxValue - 1, ulong.MaxValue];
        Random random = new(11);
        for (int i = 0; i < 5_000; i++)
        {
            (BigInteger a, Secp256k1Field fieldA) = Pick();
            (BigInteger b, Secp256k1Field fieldB) = Pick();
            Value(fieldA * fieldB).ShouldBe(a * b % prime);
            Value(fieldA + fieldB).ShouldBe((a + b) % prime);
            Value(-fieldA).ShouldBe((prime - a) % prime);
        }

        (BigInteger Number, Secp256k1Field Field) Pick()
        {
            while (true)
            {
                byte[] bytes = [.. Enumerable.Range(0, 4).SelectMany(_ => BitConverter.GetBytes(words[random.Next(words.Length)]))];
                if (Secp256k1Field.TryRead(bytes.AsEnumerable().Reverse().ToArray(), out Secp256k1Field field))
                {
                    return (new BigInteger(bytes, isUnsigned: true), field);
                }
            }
        }

        static BigInteger Value(Secp256k1Field field)
        {
            byte[] bytes = new byte[32];
            field.Write(bytes);
            return new BigInteger(bytes, isUnsigned: true, isBigEndian: true);
        }
    }
}
