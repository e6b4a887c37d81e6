using System.Buffers.Binary;
using System.Numerics;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>
/// RIPEMD-160, which .NET no longer has: half of what Bitcoin calls the hash of a public key. Source: Dobbertin, Bosselaers,
/// Preneel, "RIPEMD-160: A Strengthened Version of RIPEMD" (1996).
/// </summary>
internal static class Ripemd160
{
    /// <summary>The length of a digest in bytes.</summary>
    public const int DigestLength = 20;

    private static ReadOnlySpan<byte> LeftWord =>
    [
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15,
        7, 4, 13, 1, 10, 6, 15, 3, 12, 0, 9, 5, 2, 14, 11, 8,
        3, 10, 14, 4, 9, 15, 8, 1, 2, 7, 0, 6, 13, 11, 5, 12,
        1, 9, 11, 10, 0, 8, 12, 4, 13, 3, 7, 15, 14, 5, 6, 2,
        4, 0, 5, 9, 7, 12, 2, 10, 14, 1, 3, 8, 11, 6, 15, 13,
    ];

    private static ReadOnlySpan<byte> RightWord =>
    [
        5, 14, 7, 0, 9, 2, 11, 4, 13, 6, 15, 8, 1, 10, 3, 12,
        6, 11, 3, 7, 0, 13, 5, 10, 14, 15, 8, 12, 4, 9, 1, 2,
        15, 5, 1, 3, 7, 14, 6, 9, 11, 8, 12, 2, 10, 0, 4, 13,
        8, 6, 4, 1, 3, 11, 15, 0, 5, 12, 2, 13, 9, 7, 10, 14,
        12, 15, 10, 4, 1, 5, 8, 7, 6, 2, 13, 14, 0, 3, 9, 11,
    ];

    private static ReadOnlySpan<byte> LeftShift =>
    [
        11, 14, 15, 12, 5, 8, 7, 9, 11, 13, 14, 15, 6, 7, 9, 8,
        7, 6, 8, 13, 11, 9, 7, 15, 7, 12, 15, 9, 11, 7, 13, 12,
        11, 13, 6, 7, 14, 9, 13, 15, 14, 8, 13, 6, 5, 12, 7, 5,
        11, 12, 14, 15, 14, 15, 9, 8, 9, 14, 5, 6, 8, 6, 5, 12,
        9, 15, 5, 11, 6, 8, 13, 12, 5, 12, 13, 14, 11, 8, 5, 6,
    ];

    private static ReadOnlySpan<byte> RightShift =>
    [
        8, 9, 9, 11, 13, 15, 15, 5, 7, 7, 8, 11, 14, 14, 12, 6,
        9, 13, 15, 7, 12, 8, 9, 11, 7, 7, 12, 7, 6, 15, 13, 11,
        9, 7, 15, 11, 8, 6, 6, 14, 12, 13, 5, 14, 13, 13, 7, 5,
        15, 5, 8, 11, 14, 14, 6, 14, 6, 9, 12, 9, 12, 5, 15, 8,
        8, 5, 12, 9, 12, 5, 14, 6, 8, 13, 6, 5, 15, 13, 11, 11,
    ];

    private static ReadOnlySpan<uint> LeftConstant => [0, 0x5a827999, 0x6ed9eba1, 0x8f1bbcdc, 0xa953fd4e];

    private static ReadOnlySpan<uint> RightConstant => [0x50a28be6, 0x5c4dd124, 0x6d703ef3, 0x7a6d76e9, 0];

    /// <summary>Writes the digest of the data, 20 bytes.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        Span<uint> state = [0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476, 0xc3d2e1f0];
        int whole = data.Length / 64 * 64;
        for (int i = 0; i < whole; i += 64)
        {
            Compress(state, data.Slice(i, 64));
        }

        Span<byte> tail = stackalloc byte[128];
        tail.Clear();
        ReadOnlySpan<byte> rest = data[whole..];
        rest.CopyTo(tail);
        tail[rest.Length] = 0x80;
        int length = rest.Length < 56 ? 64 : 128;
        BinaryPrimitives.WriteUInt64LittleEndian(tail[(length - 8)..], (ulong)data.Length * 8);
        for (int i = 0; i < length; i += 64)
        {
            Compress(state, tail.Slice(i, 64));
        }

        for (int i = 0; i < 5; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(destination[(i * 4)..], state[i]);
        }
    }

    private static void Compress(Span<uint> state, ReadOnlySpan<byte> block)
    {
        Span<uint> words = stackalloc uint[16];
        for (int i = 0; i < 16; i++)
        {
            words[i] = BinaryPrimitives.ReadUInt32LittleEndian(block[(i * 4)..]);
        }

        (uint A, uint B, uint C, uint D, uint E) l = (state[0], state[1], state[2], state[3], state[4]);
        (uint A, uint B, uint C, uint D, uint E) r = l;
        for (int i = 0; i < 80; i++)
        {
            int round = i / 16;
            l = Step(l, Mix(round, l.B, l.C, l.D) + words[LeftWord[i]] + LeftConstant[round], LeftShift[i]);
            r = Step(r, Mix(4 - round, r.B, r.C, r.D) + words[RightWord[i]] + RightConstant[round], RightShift[i]);
        }

        uint first = state[1] + l.C + r.D;
        state[1] = state[2] + l.D + r.E;
        state[2] = state[3] + l.E + r.A;
        state[3] = state[4] + l.A + r.B;
        state[4] = state[0] + l.B + r.C;
        state[0] = first;
    }

    private static (uint A, uint B, uint C, uint D, uint E) Step((uint A, uint B, uint C, uint D, uint E) x, uint added, int shift) =>
        (x.E, BitOperations.RotateLeft(x.A + added, shift) + x.E, x.B, BitOperations.RotateLeft(x.C, 10), x.D);

    private static uint Mix(int function, uint x, uint y, uint z) => function switch
    {
        0 => x ^ y ^ z,
        1 => (x & y) | (~x & z),
        2 => (x | ~y) ^ z,
        3 => (x & z) | (y & ~z),
        _ => x ^ (y | ~z),
    };
}
