using System.Buffers.Binary;

namespace ChainWatch.Bitcoin.Files;

/// <summary>Bitcoin's count of one, three, five or nine bytes.</summary>
internal static class CompactSize
{
    /// <summary>Reads a count in its shortest form; false, and nothing moved, where there is none.</summary>
    public static bool TryRead(ReadOnlySpan<byte> bytes, ref int at, out ulong value)
    {
        value = 0;
        if ((uint)at >= (uint)bytes.Length)
        {
            return false;
        }

        byte first = bytes[at];
        int length = first switch { < 0xfd => 0, 0xfd => 2, 0xfe => 4, _ => 8 };
        ReadOnlySpan<byte> rest = bytes[(at + 1)..];
        if (rest.Length < length)
        {
            return false;
        }

        (value, ulong least) = length switch
        {
            0 => (first, 0UL),
            2 => (BinaryPrimitives.ReadUInt16LittleEndian(rest), 0xfdUL),
            4 => (BinaryPrimitives.ReadUInt32LittleEndian(rest), 0x1_0000UL),
            _ => (BinaryPrimitives.ReadUInt64LittleEndian(rest), 0x1_0000_0000UL),
        };
        if (value < least)
        {
            value = 0;
            return false;
        }

        at += 1 + length;
        return true;
    }
}
