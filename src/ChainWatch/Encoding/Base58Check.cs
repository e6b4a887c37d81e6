using System.Security.Cryptography;

namespace ChainWatch.Encoding;

/// <summary>Base58 of version bytes, payload and the first four bytes of their double SHA-256 (Bitcoin's address format of 2009).</summary>
internal static class Base58Check
{
    private const int ChecksumLength = 4;

    /// <summary>Reads the version bytes and payload, without the checksum.</summary>
    /// <param name="text">At most <see cref="Base58.TextLengthMax"/> characters.</param>
    /// <param name="alphabet">The Base58 dialect.</param>
    /// <param name="destination">Room for <see cref="Base58.BytesMax"/> bytes.</param>
    /// <param name="written">How many bytes version and payload have; with a wrong checksum: would have.</param>
    public static Base58CheckResult Decode(ReadOnlySpan<char> text, Base58Alphabet alphabet, Span<byte> destination, out int written)
    {
        if (!Base58.TryDecode(text, alphabet, destination, out written) || written <= ChecksumLength)
        {
            written = 0;
            return Base58CheckResult.NotBase58;
        }

        written -= ChecksumLength;
        Span<byte> checksum = stackalloc byte[SHA256.HashSizeInBytes];
        Checksum(destination[..written], checksum);
        return checksum[..ChecksumLength].SequenceEqual(destination.Slice(written, ChecksumLength))
            ? Base58CheckResult.Valid
            : Base58CheckResult.WrongChecksum;
    }

    /// <summary>Writes version bytes and payload, of together at most 89 bytes, with their checksum.</summary>
    public static string Encode(ReadOnlySpan<byte> versionAndPayload, Base58Alphabet alphabet)
    {
        Span<byte> checksum = stackalloc byte[SHA256.HashSizeInBytes];
        Checksum(versionAndPayload, checksum);
        Span<byte> bytes = stackalloc byte[versionAndPayload.Length + ChecksumLength];
        versionAndPayload.CopyTo(bytes);
        checksum[..ChecksumLength].CopyTo(bytes[versionAndPayload.Length..]);
        return Base58.Encode(bytes, alphabet);
    }

    private static void Checksum(ReadOnlySpan<byte> bytes, Span<byte> destination)
    {
        SHA256.HashData(bytes, destination);
        SHA256.HashData(destination, destination);
    }
}

/// <summary>What reading a Base58Check text came to.</summary>
internal enum Base58CheckResult
{
    /// <summary>The checksum fits.</summary>
    Valid,

    /// <summary>A character is no Base58 digit, or the text is too short or too long.</summary>
    NotBase58,

    /// <summary>The digits are Base58, the checksum is another.</summary>
    WrongChecksum,
}
