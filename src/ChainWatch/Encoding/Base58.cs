using System.Buffers.Binary;

namespace ChainWatch.Encoding;

/// <summary>
/// Plain Base58: bytes as one big number to the base 58, a leading zero byte as a leading zero digit. Work is quadratic
/// in the length, hence the limits.
/// </summary>
internal static class Base58
{
    /// <summary>The longest text that is read, in characters; longer ones are refused unread.</summary>
    public const int TextLengthMax = 128;

    /// <summary>Room for the bytes of any text that is read.</summary>
    public const int BytesMax = 128;

    private const int LimbsMax = BytesMax / sizeof(uint);
    private const uint ChunkScale = 58 * 58 * 58 * 58 * 58; // five digits are the most that fit into 32 bits

    /// <summary>Reads a text into at most <see cref="BytesMax"/> bytes.</summary>
    /// <returns>False where it is empty, longer than <see cref="TextLengthMax"/>, or has a character that is no digit.</returns>
    public static bool TryDecode(ReadOnlySpan<char> text, Base58Alphabet alphabet, Span<byte> destination, out int written)
    {
        written = 0;
        if (text.IsEmpty || text.Length > TextLengthMax)
        {
            return false;
        }

        Span<uint> limbs = stackalloc uint[LimbsMax]; // the number, least significant limb first
        int used = 0;
        int zeros = text.IndexOfAnyExcept(alphabet[0]);
        zeros = zeros < 0 ? text.Length : zeros;
        uint chunk = 0;
        uint scale = 1;
        foreach (char c in text[zeros..])
        {
            int digit = alphabet.ValueOf(c);
            if (digit < 0)
            {
                return false;
            }

            chunk = (chunk * 58) + (uint)digit;
            scale *= 58;
            if (scale == ChunkScale)
            {
                used = MultiplyAdd(limbs, used, scale, chunk);
                (chunk, scale) = (0, 1);
            }
        }

        used = MultiplyAdd(limbs, used, scale, chunk);
        Span<byte> bytes = stackalloc byte[BytesMax];
        for (int i = 0; i < used; i++)
        {
            BinaryPrimitives.WriteUInt32BigEndian(bytes[(sizeof(uint) * (used - 1 - i))..], limbs[i]);
        }

        bytes = bytes[..(sizeof(uint) * used)].TrimStart((byte)0);
        written = zeros + bytes.Length;
        destination[..zeros].Clear();
        bytes.CopyTo(destination[zeros..]);
        return true;
    }

    /// <summary>Writes at most 93 bytes, whose text is within <see cref="TextLengthMax"/>.</summary>
    public static string Encode(ReadOnlySpan<byte> bytes, Base58Alphabet alphabet)
    {
        ReadOnlySpan<byte> number = bytes.TrimStart((byte)0);
        int zeros = bytes.Length - number.Length;
        int used = (number.Length + 3) / sizeof(uint);
        Span<byte> padded = stackalloc byte[sizeof(uint) * used];
        padded.Clear();
        number.CopyTo(padded[(padded.Length - number.Length)..]);
        Span<uint> limbs = stackalloc uint[used]; // most significant limb first
        for (int i = 0; i < used; i++)
        {
            limbs[i] = BinaryPrimitives.ReadUInt32BigEndian(padded[(sizeof(uint) * i)..]);
        }

        Span<char> text = stackalloc char[TextLengthMax + 5]; // the last chunk may write up to four zero digits too many
        int start = text.Length;
        while (!limbs.IsEmpty)
        {
            uint chunk = DivideByChunk(limbs);
            for (int digit = 0; digit < 5; digit++, chunk /= 58)
            {
                text[--start] = alphabet[(int)(chunk % 58)];
            }

            limbs = limbs.TrimStart(0u);
        }

        ReadOnlySpan<char> digits = text[start..].TrimStart(alphabet[0]);
        return string.Concat(new string(alphabet[0], zeros), digits);
    }

    private static int MultiplyAdd(Span<uint> limbs, int used, uint factor, uint addend)
    {
        ulong carry = addend;
        for (int i = 0; i < used; i++)
        {
            carry += (ulong)limbs[i] * factor;
            limbs[i] = (uint)carry;
            carry >>= 32;
        }

        if (carry != 0)
        {
            limbs[used++] = (uint)carry;
        }

        return used;
    }

    private static uint DivideByChunk(Span<uint> limbs)
    {
        ulong remainder = 0;
        for (int i = 0; i < limbs.Length; i++)
        {
            ulong dividend = (remainder << 32) | limbs[i];
            (ulong quotient, remainder) = Math.DivRem(dividend, ChunkScale);
            limbs[i] = (uint)quotient;
        }

        return (uint)remainder;
    }
}
