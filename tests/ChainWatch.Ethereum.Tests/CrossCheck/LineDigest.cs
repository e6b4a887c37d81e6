using System.Security.Cryptography;

namespace ChainWatch.Ethereum.Tests.CrossCheck;

/// <summary>Many answers as one short text.</summary>
internal static class LineDigest
{
    /// <summary>SHA-256 over lines in UTF-8, each ended by a line feed: what <c>sha256sum</c> says of them as a file.</summary>
    public static string Of(IEnumerable<string> lines) => Convert.ToHexStringLower(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(string.Concat(lines.Select(l => l + "\n")))));
}
