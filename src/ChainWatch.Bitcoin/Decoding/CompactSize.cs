using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>Bitcoin's numbers of one, three, five or nine bytes: counts and lengths. Only the shortest form is valid, as in Bitcoin Core.</summary>
internal static class CompactSize
{
    /// <summary>Reads a count of things and goes on behind it. Refused where so many things cannot stand in the bytes that are left.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="offset">Where it stands; afterwards, what comes next.</param>
    /// <param name="size">The least bytes that each thing takes.</param>
    /// <param name="what">What is counted, for the message.</param>
    /// <exception cref="BitcoinFormatException">Cut off, not in its shortest form, or more than can be.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ReadCount(ReadOnlySpan<byte> data, ref int offset, int size, string what)
    {
        int start = offset;
        if ((uint)offset < (uint)data.Length && data[offset] < 0xfd)
        {
            int count = data[offset++];
            return (long)count * size <= data.Length - offset ? count : throw TooMany(start, (ulong)count, what, data.Length - offset);
        }

        return ReadLong(data, ref offset, size, what);
    }

    /// <summary>Reads a compact size of any value.</summary>
    /// <exception cref="BitcoinFormatException">Cut off, or not in its shortest form.</exception>
    public static ulong Read(ReadOnlySpan<byte> data, ref int offset, string what)
    {
        int start = offset;
        ReadOnlySpan<byte> rest = (uint)offset < (uint)data.Length ? data[offset..] : [];
        int width = rest.IsEmpty ? 1 : rest[0] switch { < 0xfd => 1, 0xfd => 3, 0xfe => 5, _ => 9 };
        if (rest.Length < width)
        {
            throw new BitcoinFormatException(start, $"the {what} is cut off");
        }

        (ulong value, ulong least) = width switch
        {
            1 => (rest[0], 0UL),
            3 => (BinaryPrimitives.ReadUInt16LittleEndian(rest[1..]), 0xfdUL),
            5 => (BinaryPrimitives.ReadUInt32LittleEndian(rest[1..]), 0x1_0000UL),
            _ => (BinaryPrimitives.ReadUInt64LittleEndian(rest[1..]), 0x1_0000_0000UL),
        };
        offset += width;
        return value >= least
            ? value
            : throw new BitcoinFormatException(start, string.Create(CultureInfo.InvariantCulture, $"the {what} {value} is written in {width} bytes; expected its shortest form"));
    }

    private static int ReadLong(ReadOnlySpan<byte> data, ref int offset, int size, string what)
    {
        int start = offset;
        ulong count = Read(data, ref offset, what);
        int left = data.Length - offset;
        return count <= (ulong)(left / size) ? (int)count : throw TooMany(start, count, what, left);
    }

    private static BitcoinFormatException TooMany(int offset, ulong count, string what, int left) =>
        new(offset, string.Create(CultureInfo.InvariantCulture, $"the {what} {count} is more than the {left} bytes that follow can hold"));
}
