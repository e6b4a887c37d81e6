using System.Buffers;
using System.Runtime.Intrinsics;

namespace ChainWatch.Ethereum.Decoding;

/// <summary>Hexadecimal digits to bytes, sixteen bytes at a time where the machine has vectors.</summary>
internal static class HexDigits
{
    private const int DigitsAtOnce = 32;

    /// <summary>Decodes two digits to a byte; false where something is no digit.</summary>
    public static bool TryDecode(ReadOnlySpan<byte> digits, Span<byte> bytes)
    {
        while (Vector128.IsHardwareAccelerated && digits.Length >= DigitsAtOnce)
        {
            Vector128<byte> first = Vector128.Create(digits);
            Vector128<byte> second = Vector128.Create(digits[16..]);
            if (!AreDigits(first) || !AreDigits(second))
            {
                return false;
            }

            Vector128.Narrow(Pairs(first), Pairs(second)).CopyTo(bytes);
            digits = digits[DigitsAtOnce..];
            bytes = bytes[(DigitsAtOnce / 2)..];
        }

        return digits.IsEmpty || Convert.FromHexString(digits, bytes, out _, out _) == OperationStatus.Done;
    }

    private static bool AreDigits(Vector128<byte> digits)
    {
        // Unsigned: what is below the range wraps around to above it.
        Vector128<byte> isDecimal = Vector128.LessThan(digits - Vector128.Create((byte)'0'), Vector128.Create((byte)10));
        Vector128<byte> isLetter = Vector128.LessThan((digits | Vector128.Create((byte)0x20)) - Vector128.Create((byte)'a'), Vector128.Create((byte)6));
        return (isDecimal | isLetter) == Vector128<byte>.AllBitsSet;
    }

    // The low four bits, and nine more for letters; then two digits in each 16 bits, the first of them in the low byte.
    private static Vector128<ushort> Pairs(Vector128<byte> digits)
    {
        Vector128<byte> nibbles = (digits & Vector128.Create((byte)0x0f)) + (Vector128.ShiftRightLogical(digits, 6) * Vector128.Create((byte)9));
        Vector128<ushort> pairs = nibbles.AsUInt16();
        return Vector128.ShiftLeft(pairs & Vector128.Create((ushort)0xff), 4) | Vector128.ShiftRightLogical(pairs, 8);
    }
}
