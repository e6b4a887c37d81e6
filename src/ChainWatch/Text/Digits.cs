using System.Buffers.Binary;

namespace ChainWatch.Text;

/// <summary>Decimal digits of a field, eight at a time: files have three such fields a row.</summary>
internal static class Digits
{
    /// <summary>As many digits always fit into 64 bits.</summary>
    public const int CountMax = 19;

    private const int Together = 8;
    private const ulong Zeros = 0x3030303030303030;
    private const ulong UpperHalves = 0xF0F0F0F0F0F0F0F0;
    private const ulong ToTheNextHalf = 0x0606060606060606; // from 10 on a digit reaches the upper half of its byte

    /// <summary>Reads 1 to <see cref="CountMax"/> digits; false where there are fewer, more, or anything else.</summary>
    public static bool TryRead(ReadOnlySpan<byte> text, out ulong number)
    {
        number = 0;
        if (text.Length is 0 or > CountMax)
        {
            return false;
        }

        for (; text.Length >= Together; text = text[Together..])
        {
            ulong eight = BinaryPrimitives.ReadUInt64LittleEndian(text);
            if (((eight & UpperHalves) | ((eight + ToTheNextHalf) & UpperHalves) >> 4) != (Zeros | (Zeros >> 4)))
            {
                return false;
            }

            number = (number * 100_000_000) + Join(eight - Zeros);
        }

        foreach (byte character in text)
        {
            uint digit = (uint)character - '0';
            if (digit > 9)
            {
                return false;
            }

            number = (number * 10) + digit;
        }

        return true;
    }

    // Neighbours become one number of two digits, then of four, then of eight.
    private static ulong Join(ulong digits)
    {
        digits = (digits * 10) + (digits >> 8);
        return (((digits & 0x000000FF000000FF) * (100 + (1_000_000UL << 32))) + (((digits >> 16) & 0x000000FF000000FF) * (1 + (10_000UL << 32)))) >> 32;
    }
}
