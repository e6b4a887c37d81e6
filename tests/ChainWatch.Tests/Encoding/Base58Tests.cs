using System.Numerics;
using System.Text;
using ChainWatch.Encoding;

namespace ChainWatch.Tests.Encoding;

public class Base58Tests
{
    // draft-msporny-base58-03, section 5.
    [Theory]
    [InlineData("48656c6c6f20576f726c6421", "2NEpo7TZRRrLZSi2U")]
    [InlineData("54686520717569636b2062726f776e20666f78206a756d7073206f76657220746865206c617a7920646f672e", "USm3fpXnKG5EUBx2ndxBDMPVciP5hGey2Jh4NDv6gmeo1LkMeiKrLJUUBk6Z")]
    [InlineData("0000287fb4cd", "11233QC4")]
    [InlineData("", "")]
    [InlineData("00", "1")]
    [InlineData("0000", "11")]
    public void Encode_KnownBytes_GivesTheKnownText(string hex, string text) =>
        Base58.Encode(Convert.FromHexString(hex), Base58Alphabet.Bitcoin).ShouldBe(text);

    [Fact]
    public void RoundTrip_RandomBytes_AgreesWithBigIntegers()
    {
        Random random = new(3);
        byte[] decoded = new byte[Base58.BytesMax];
        for (int n = 0; n < 3000; n++)
        {
            byte[] bytes = new byte[random.Next(1, 94)];
            random.NextBytes(bytes);
            bytes.AsSpan(0, random.Next(0, Math.Min(5, bytes.Length) + 1)).Clear();
            foreach (Base58Alphabet alphabet in new[] { Base58Alphabet.Bitcoin, Base58Alphabet.Xrp })
            {
                string text = Base58.Encode(bytes, alphabet);
                text.ShouldBe(Slow(bytes, alphabet));
                Base58.TryDecode(text, alphabet, decoded, out int written).ShouldBeTrue(text);
                decoded.AsSpan(0, written).ToArray().ShouldBe(bytes);
            }
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("0")]
    [InlineData("1O1")]
    [InlineData("1I1")]
    [InlineData("1l1")]
    [InlineData("1é1")]
    [InlineData("1 1")]
    public void TryDecode_ACharacterThatIsNoDigit_Refuses(string text) =>
        Base58.TryDecode(text, Base58Alphabet.Bitcoin, new byte[Base58.BytesMax], out _).ShouldBeFalse();

    [Fact]
    public void TryDecode_AtTheLimit_ReadsAndBeyondRefuses()
    {
        byte[] bytes = new byte[Base58.BytesMax];
        Base58.TryDecode(new string('z', 128), Base58Alphabet.Bitcoin, bytes, out int written).ShouldBeTrue();
        written.ShouldBe(94);
        Base58.TryDecode(new string('1', 128), Base58Alphabet.Bitcoin, bytes, out written).ShouldBeTrue();
        written.ShouldBe(128);
        Base58.TryDecode(new string('1', 129), Base58Alphabet.Bitcoin, bytes, out _).ShouldBeFalse();
        Base58.TryDecode(new string('z', 10_000_000), Base58Alphabet.Bitcoin, bytes, out _).ShouldBeFalse();
    }

    [Fact]
    public void Base58Check_WithAVersionOfAnyLength_RoundTripsAndNoticesAnyOtherByte()
    {
        Random random = new(4);
        byte[] decoded = new byte[Base58.BytesMax];
        foreach (int versionLength in new[] { 1, 2, 3, 4 })
        {
            byte[] bytes = new byte[versionLength + 20];
            random.NextBytes(bytes);
            string text = Base58Check.Encode(bytes, Base58Alphabet.Bitcoin);
            Base58Check.Decode(text, Base58Alphabet.Bitcoin, decoded, out int length).ShouldBe(Base58CheckResult.Valid);
            decoded.AsSpan(0, length).ToArray().ShouldBe(bytes);

            byte[] raw = new byte[Base58.BytesMax];
            Base58.TryDecode(text, Base58Alphabet.Bitcoin, raw, out int rawLength).ShouldBeTrue();
            for (int i = 0; i < rawLength; i++)
            {
                raw[i] ^= 1;
                Base58Check.Decode(Base58.Encode(raw.AsSpan(0, rawLength), Base58Alphabet.Bitcoin), Base58Alphabet.Bitcoin, decoded, out _)
                    .ShouldBe(Base58CheckResult.WrongChecksum, $"byte {i}");
                raw[i] ^= 1;
            }
        }
    }

    private static string Slow(byte[] bytes, Base58Alphabet alphabet)
    {
        BigInteger number = new(bytes, isUnsigned: true, isBigEndian: true);
        StringBuilder text = new();
        for (; !number.IsZero; number /= 58)
        {
            text.Insert(0, alphabet[(int)(number % 58)]);
        }

        return new string(alphabet[0], bytes.TakeWhile(b => b == 0).Count()) + text;
    }
}
