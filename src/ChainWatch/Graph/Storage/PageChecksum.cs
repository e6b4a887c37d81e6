using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace ChainWatch.Graph.Storage;

/// <summary>
/// The checksum of a page: CRC-32C (RFC 3720) of the CRC-32Cs of its four quarters, which a processor computes side by side.
/// It tells damage, and not malice.
/// </summary>
internal static class PageChecksum
{
    /// <summary>Bytes a page; the last of a part may be shorter.</summary>
    public const int PageLength = 4096;

    public static uint Of(ReadOnlySpan<byte> page)
    {
        int quarter = page.Length / 32 * 8;
        ReadOnlySpan<ulong> a = MemoryMarshal.Cast<byte, ulong>(page[..quarter]);
        ReadOnlySpan<ulong> b = MemoryMarshal.Cast<byte, ulong>(page.Slice(quarter, quarter));
        ReadOnlySpan<ulong> c = MemoryMarshal.Cast<byte, ulong>(page.Slice(2 * quarter, quarter));
        ReadOnlySpan<byte> last = page[(3 * quarter)..];
        ReadOnlySpan<ulong> d = MemoryMarshal.Cast<byte, ulong>(last[..quarter]);
        uint w = 0, x = 0, y = 0, z = 0;
        for (int i = 0; i < a.Length && i < b.Length && i < c.Length && i < d.Length; i++)
        {
            w = BitOperations.Crc32C(w, a[i]);
            x = BitOperations.Crc32C(x, b[i]);
            y = BitOperations.Crc32C(y, c[i]);
            z = BitOperations.Crc32C(z, d[i]);
        }

        foreach (byte rest in last[quarter..])
        {
            z = BitOperations.Crc32C(z, rest);
        }

        // The length counts, so that a run of zeros is not a shorter one.
        uint checksum = BitOperations.Crc32C((uint)page.Length, w);
        checksum = BitOperations.Crc32C(checksum, x);
        checksum = BitOperations.Crc32C(checksum, y);
        return BitOperations.Crc32C(checksum, z);
    }

    /// <summary>The checksum of a few bytes that are no page.</summary>
    public static uint OfRecord(ReadOnlySpan<byte> bytes)
    {
        uint checksum = uint.MaxValue;
        for (; bytes.Length >= sizeof(ulong); bytes = bytes[sizeof(ulong)..])
        {
            checksum = BitOperations.Crc32C(checksum, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
        }

        foreach (byte rest in bytes)
        {
            checksum = BitOperations.Crc32C(checksum, rest);
        }

        return checksum;
    }
}
