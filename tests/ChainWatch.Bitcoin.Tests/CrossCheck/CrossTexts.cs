using System.Numerics;
using System.Security.Cryptography;
using ChainWatch.Bitcoin.Decoding;
using ChainWatch.Bitcoin.Tests.Decoding;

namespace ChainWatch.Bitcoin.Tests.CrossCheck;

/// <summary>Addresses, such as are none in spite of a right checksum, and damaged ones, on which other programs are asked for their opinion.</summary>
internal static class CrossTexts
{
    public const int Count = 10_000;
    private const ulong Seed = 9;
    private const string Base58Digits = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private const string Bech32Digits = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private const string AnyCharacters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_:!";

    public static IEnumerable<(Chain Chain, string Text)> All()
    {
        SplitMix random = new(Seed);
        for (int i = 0; i < Count; i++)
        {
            Chain chain = random.Of<Chain>(CrossScripts.Chains);
            string text = random.Below(4) switch
            {
                0 => Base58(random),
                1 => Bech32(random),
                _ => OfScript(random, random.Below(8) == 0 ? random.Of<Chain>(CrossScripts.Chains) : chain),
            };
            yield return (chain, random.Below(2) == 0 ? text : Damage(random, text));
        }
    }

    private static string OfScript(SplitMix random, Chain chain)
    {
        Address address;
        while (!OutputScript.TryGetAddress(chain, RandomScripts.Next(random), out _, out address))
        {
        }

        return address.ToString();
    }

    private static string Damage(SplitMix random, string text)
    {
        int at = random.Below(text.Length);
        char other = AnyCharacters[random.Below(AnyCharacters.Length)];
        return random.Below(9) switch
        {
            0 => $"{text[..at]}{other}{text[(at + 1)..]}",
            1 => $"{text[..at]}{text[(at + 1)..]}",
            2 => $"{text[..at]}{other}{text[at..]}",
            3 => at == 0 ? text : $"{text[..(at - 1)]}{text[at]}{text[at - 1]}{text[(at + 1)..]}",
            4 => text.ToUpperInvariant(),
            5 => text.ToLowerInvariant(),
            6 => $"{text[..at]}{(char.IsUpper(text[at]) ? char.ToLowerInvariant(text[at]) : char.ToUpperInvariant(text[at]))}{text[(at + 1)..]}",
            7 => text[..at],
            _ => random.Of<string>([$" {text}", $"{text}\n", $"1{text}", $"{text}q", $"{text[..at]} {text[at..]}", ""]),
        };
    }

    // Versions of addresses of this and other coins and of private keys, payloads of the right length and of others.
    private static string Base58(SplitMix random)
    {
        byte[] bytes = [random.Of<byte>([0, 5, 111, 196, 128, 239, 48, 30, (byte)random.Next()]), .. random.Bytes(random.Of<int>([20, 20, 20, 20, 19, 21, 32, 33, 0, random.Below(60)]))];
        byte[] whole = [.. bytes, .. SHA256.HashData(SHA256.HashData(bytes))[..4]];
        BigInteger number = new(whole, isUnsigned: true, isBigEndian: true);
        string text = "";
        for (; !number.IsZero; number /= 58)
        {
            text = Base58Digits[(int)(number % 58)] + text;
        }

        return new string('1', whole.TakeWhile(b => b == 0).Count()) + text;
    }

    // Any version and length, either checksum, any bits behind the program. Source: BIP 173, BIP 350.
    private static string Bech32(SplitMix random)
    {
        string prefix = random.Of<string>(["bc", "tb", "bcrt", "ltc"]);
        int version = random.Of<int>([0, 0, 1, 1, 2, 16, 17, 31]);
        byte[] program = random.Bytes(random.Of<int>([20, 20, 32, 32, 2, 40, 1, 41, 0, random.Below(44)]));
        List<int> digits = [version];
        int bits = 0, held = 0;
        foreach (byte b in program)
        {
            (held, bits) = ((held << 8) | b, bits + 8);
            for (; bits >= 5; bits -= 5, held &= (1 << bits) - 1)
            {
                digits.Add(held >> (bits - 5));
            }
        }

        if (bits > 0)
        {
            digits.Add((held << (5 - bits)) | (random.Below(8) == 0 ? 1 : 0));
        }

        uint sum = Checksum([.. prefix.Select(c => c >> 5), 0, .. prefix.Select(c => c & 31), .. digits, 0, 0, 0, 0, 0, 0]) ^ (random.Below(8) == 0 != (version == 0) ? 1u : 0x2bc830a3u);
        IEnumerable<int> check = Enumerable.Range(0, 6).Select(i => (int)(sum >> (5 * (5 - i))) & 31);
        return $"{prefix}1{string.Concat(digits.Concat(check).Select(d => Bech32Digits[d]))}";
    }

    private static uint Checksum(int[] digits)
    {
        uint sum = 1;
        foreach (int digit in digits)
        {
            uint top = sum >> 25;
            sum = ((sum & 0x1ffffff) << 5) ^ (uint)digit;
            ReadOnlySpan<uint> generator = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
            for (int i = 0; i < generator.Length; i++)
            {
                sum ^= ((top >> i) & 1) != 0 ? generator[i] : 0;
            }
        }

        return sum;
    }
}
