using System.Buffers.Binary;

namespace ChainWatch.Encoding;

/// <summary>
/// Monero's own Base58 (CryptoNote standard CNS007): each block of 8 bytes becomes 11 digits of Bitcoin's alphabet, a
/// last block of 5 bytes 7 digits; then the first four bytes of the Keccak-256 hash of all before them.
/// </summary>
internal static class MoneroBase58
{
    /// <summary>The longest address's bytes: an integrated one, with checksum.</summary>
    public const int BytesMax = 77;

    private const int BlockLength = 8;
    private const int BlockDigits = 11;
    private const int LastLength = 5;
    private const int LastDigits = 7;
    private const int ChecksumLength = 4;

    /// <summary>Reads an address's bytes without the checksum.</summary>
    /// <param name="text">The text: blocks of 11 digits and one of 7.</param>
    /// <param name="bytes">Room for <see cref="BytesMax"/> bytes.</param>
    /// <param name="length">How many bytes, without the checksum.</param>
    public static Base58CheckResult Decode(ReadOnlySpan<char> text, Span<byte> bytes, out int length)
    {
        length = 0;
        int blocks = text.Length / BlockDigits;
        if (text.Length % BlockDigits != LastDigits || (blocks * BlockLength) + LastLength > BytesMax)
        {
            return Base58CheckResult.NotBase58;
        }

        Span<byte> word = stackalloc byte[BlockLength];
        while (!text.IsEmpty)
        {
            int digits = Math.Min(BlockDigits, text.Length);
            int size = digits == BlockDigits ? BlockLength : LastLength;
            UInt128 value = 0;
            foreach (char c in text[..digits])
            {
                int digit = Base58Alphabet.Bitcoin.ValueOf(c);
                if (digit < 0)
                {
                    return Base58CheckResult.NotBase58;
                }

                value = (value * 58) + (uint)digit;
            }

            if (value >> (8 * size) != 0)
            {
                return Base58CheckResult.WrongChecksum; // right digits, but more than the block's bytes hold
            }

            BinaryPrimitives.WriteUInt64BigEndian(word, (ulong)value);
            word[(BlockLength - size)..].CopyTo(bytes[length..]);
            length += size;
            text = text[digits..];
        }

        length -= ChecksumLength;
        Span<byte> hash = stackalloc byte[Keccak256.Length];
        Keccak256.Hash(bytes[..length], hash);
        return hash[..ChecksumLength].SequenceEqual(bytes.Slice(length, ChecksumLength))
            ? Base58CheckResult.Valid
            : Base58CheckResult.WrongChecksum;
    }

    /// <summary>Writes an address's bytes with their checksum; together they must be blocks of 8 and one of 5.</summary>
    public static string Encode(ReadOnlySpan<byte> payload)
    {
        Span<byte> bytes = stackalloc byte[payload.Length + ChecksumLength];
        Span<byte> hash = stackalloc byte[Keccak256.Length];
        payload.CopyTo(bytes);
        Keccak256.Hash(payload, hash);
        hash[..ChecksumLength].CopyTo(bytes[payload.Length..]);

        Span<char> text = stackalloc char[(bytes.Length / BlockLength * BlockDigits) + LastDigits];
        Span<byte> word = stackalloc byte[BlockLength];
        int end = 0;
        for (int start = 0; start < bytes.Length; start += BlockLength)
        {
            int size = Math.Min(BlockLength, bytes.Length - start);
            word.Clear();
            bytes.Slice(start, size).CopyTo(word[(BlockLength - size)..]);
            ulong value = BinaryPrimitives.ReadUInt64BigEndian(word);
            int digits = size == BlockLength ? BlockDigits : LastDigits;
            end += digits;
            for (int i = 1; i <= digits; i++, value /= 58)
            {
                text[end - i] = Base58Alphabet.Bitcoin[(int)(value % 58)];
            }
        }

        return new string(text);
    }
}
