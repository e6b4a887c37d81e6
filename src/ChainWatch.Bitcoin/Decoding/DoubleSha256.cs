using System.Security.Cryptography;

namespace ChainWatch.Bitcoin.Decoding;

/// <summary>SHA-256 of the SHA-256: what Bitcoin calls the hash of blocks and transactions.</summary>
internal static class DoubleSha256
{
    /// <summary>Writes 32 bytes in internal order.</summary>
    public static void Hash(ReadOnlySpan<byte> data, Span<byte> destination)
    {
        SHA256.HashData(data, destination);
        SHA256.HashData(destination[..32], destination);
    }
}
