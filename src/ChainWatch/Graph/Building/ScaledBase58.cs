using System.Numerics;
using ChainWatch.Encoding;

namespace ChainWatch.Graph.Building;

/// <summary>
/// The order of Base58Check texts with a version byte of 0 and 20 bytes. Such a text is a <c>1</c> for the version, one
/// for every zero byte that follows (z), and the d digits of N = payload * 2^32 + checksum. Texts compare from the left,
/// so they are in the order of the fraction N / 58^(z + d): here N * 58^(33 - z - d), whose upper bits are the key.
/// The checksum is left out, as making it is dear; where it could matter, which is next to never, the text is asked.
/// </summary>
internal static class ScaledBase58
{
    // N is below 2^192, which has 33 digits.
    private const int DigitsMax = 33;
    private const int ChecksumBits = 32;
    private const int KeyShift = 100; // leaves less than 62 bits of the scaled payload, which is below 58^33 / 2^32

    private static readonly (UInt128 High, uint Low)[] PayloadBound = MakeBounds();
    private static readonly ulong[] Powers = MakePowers();

    /// <summary>The key from the payload's words; false where the checksum could matter.</summary>
    /// <param name="word0">The first 8 bytes.</param>
    /// <param name="word1">The next 8 bytes.</param>
    /// <param name="word2">The last 4 bytes.</param>
    /// <param name="key">Below 2^62.</param>
    /// <param name="form">Alike for texts with the same numbers of ones and digits, which are in the order of the payloads.</param>
    public static bool TryKey(ulong word0, ulong word1, uint word2, out ulong key, out int form)
    {
        key = 0;
        form = 0;
        UInt128 high = new(word0, word1);
        int bits = 160 - (int)(high != 0 ? UInt128.LeadingZeroCount(high) : 128 + (uint)BitOperations.LeadingZeroCount(word2));
        if (bits == 0)
        {
            return false;
        }

        // The number has 32 bits more than the payload: at least this many digits, and perhaps one or two more.
        int digits = 1 + (int)((bits + ChecksumBits - 1) / 5.8579809951275719);
        while (true)
        {
            (UInt128 boundHigh, uint boundLow) = PayloadBound[digits];
            if (high == boundHigh && word2 == boundLow)
            {
                return false;
            }

            if (high < boundHigh || (high == boundHigh && word2 < boundLow))
            {
                break;
            }

            digits++;
        }

        int zeros = 20 - ((bits + 7) / 8);
        form = (zeros << 8) | digits;
        ulong scale = Powers[DigitsMax - zeros - digits];
        UInt128 low = Math.BigMul(word2, scale);
        UInt128 middle = Math.BigMul(word1, scale) + (low >> 32);
        UInt128 top = Math.BigMul(word0, scale) + (middle >> 64);
        key = (ulong)(top >> (KeyShift - 96));
        // The checksum adds less than the scale, below 2^47. Could that carry into the key?
        return (top & 15) != 15 || (ulong)middle < ulong.MaxValue << 20;
    }

    /// <summary>The same key from the text itself.</summary>
    public static ulong KeyOfText(string text)
    {
        Span<byte> bytes = stackalloc byte[Base58.BytesMax];
        Base58.TryDecode(text, Base58Alphabet.Bitcoin, bytes, out int length);
        BigInteger number = new(bytes[..length], isUnsigned: true, isBigEndian: true);
        return (ulong)((number * BigInteger.Pow(58, DigitsMax - (text.Length - 1))) >> (KeyShift + ChecksumBits));
    }

    // By digits m: 58^m / 2^32, rounded down. A payload above it has more than m digits, one below has m at most.
    private static (UInt128, uint)[] MakeBounds()
    {
        (UInt128, uint)[] bounds = new (UInt128, uint)[DigitsMax + 1];
        for (int digits = 0; digits <= DigitsMax; digits++)
        {
            BigInteger bound = BigInteger.Pow(58, digits) >> ChecksumBits;
            bounds[digits] = bound >> 160 > 0 ? (UInt128.MaxValue, uint.MaxValue) : ((UInt128)(bound >> 32), (uint)(bound & uint.MaxValue));
        }

        return bounds;
    }

    private static ulong[] MakePowers()
    {
        ulong[] powers = new ulong[11];
        powers[0] = 1;
        for (int i = 1; i < powers.Length; i++)
        {
            powers[i] = 58 * powers[i - 1];
        }

        return powers;
    }
}
