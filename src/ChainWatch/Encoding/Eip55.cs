using System.Text;

namespace ChainWatch.Encoding;

/// <summary>
/// The checksum that hides in the case of an EVM address's letters (EIP-55): a letter is upper-case where the
/// corresponding nibble of the Keccak-256 hash of the lower-case digits is 8 or more.
/// </summary>
internal static class Eip55
{
    /// <summary>Hexadecimal digits in an address, without 0x.</summary>
    public const int Digits = 40;

    /// <summary>Turns 40 lower-case digits into the checksummed form, in place.</summary>
    public static void Apply(Span<char> digits)
    {
        Span<byte> ascii = stackalloc byte[Digits];
        Span<byte> hash = stackalloc byte[Keccak256.Length];
        Ascii.FromUtf16(digits[..Digits], ascii, out _);
        Keccak256.Hash(ascii, hash);
        for (int i = 0; i < Digits; i++)
        {
            int nibble = (i & 1) == 0 ? hash[i >> 1] >> 4 : hash[i >> 1] & 0xF;
            if (digits[i] >= 'a' && nibble >= 8)
            {
                digits[i] = (char)(digits[i] - ('a' - 'A'));
            }
        }
    }

    /// <summary>
    /// Whether 40 hexadecimal digits of mixed case carry the right checksum. Digits whose letters are all of one case
    /// carry none and pass.
    /// </summary>
    public static bool IsValid(ReadOnlySpan<char> digits)
    {
        if (!digits.ContainsAnyInRange('A', 'F') || !digits.ContainsAnyInRange('a', 'f'))
        {
            return true;
        }

        Span<char> expected = stackalloc char[Digits];
        Ascii.ToLower(digits, expected, out _);
        Apply(expected);
        return digits.SequenceEqual(expected);
    }
}
