using System.Buffers.Binary;
using System.Numerics;

namespace ChainWatch.Tests.Encoding;

/// <summary>
/// The slow, obvious twin of Keccak256: lanes in a table, offsets and constants computed as FIPS 202 defines them. With
/// the padding byte 0x06 it is SHA3-256, which the platform can check.
/// </summary>
internal static class SlowKeccak
{
    private const int Rate = 136;

    public static byte[] Hash(ReadOnlySpan<byte> message, byte padding)
    {
        byte[] padded = new byte[((message.Length / Rate) + 1) * Rate];
        message.CopyTo(padded);
        padded[message.Length] = padding;
        padded[^1] |= 0x80;

        ulong[,] a = new ulong[5, 5];
        for (int block = 0; block < padded.Length; block += Rate)
        {
            for (int lane = 0; lane < Rate / 8; lane++)
            {
                a[lane % 5, lane / 5] ^= BinaryPrimitives.ReadUInt64LittleEndian(padded.AsSpan(block + (8 * lane)));
            }

            Permute(a);
        }

        byte[] hash = new byte[32];
        for (int lane = 0; lane < 4; lane++)
        {
            BinaryPrimitives.WriteUInt64LittleEndian(hash.AsSpan(8 * lane), a[lane, 0]);
        }

        return hash;
    }

    private static void Permute(ulong[,] a)
    {
        int register = 1;
        for (int round = 0; round < 24; round++)
        {
            ulong[] column = new ulong[5];
            for (int x = 0; x < 5; x++)
            {
                column[x] = a[x, 0] ^ a[x, 1] ^ a[x, 2] ^ a[x, 3] ^ a[x, 4];
            }

            for (int x = 0; x < 5; x++)
            {
                for (int y = 0; y < 5; y++)
                {
                    a[x, y] ^= column[(x + 4) % 5] ^ BitOperations.RotateLeft(column[(x + 1) % 5], 1);
                }
            }

            (int px, int py) = (1, 0);
            ulong current = a[1, 0];
            for (int t = 0; t < 24; t++)
            {
                (px, py) = (py, ((2 * px) + (3 * py)) % 5);
                (current, a[px, py]) = (a[px, py], BitOperations.RotateLeft(current, (t + 1) * (t + 2) / 2));
            }

            for (int y = 0; y < 5; y++)
            {
                ulong[] row = [a[0, y], a[1, y], a[2, y], a[3, y], a[4, y]];
                for (int x = 0; x < 5; x++)
                {
                    a[x, y] = row[x] ^ (~row[(x + 1) % 5] & row[(x + 2) % 5]);
                }
            }

            for (int j = 0; j < 7; j++)
            {
                register = ((register << 1) ^ ((register >> 7) * 0x71)) & 0xFF;
                if ((register & 2) != 0)
                {
                    a[0, 0] ^= 1UL << ((1 << j) - 1);
                }
            }
        }
    }
}
